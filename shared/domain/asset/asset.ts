import { belongsTo } from "../court/belongs.ts";
import { consolesUpward } from "../court/consoles.ts";
import { type CommandSpecs, command, type DecideInput } from "../kernel/command.ts";
import type { DomainEvent, EventMeta } from "../kernel/event.ts";
import type { EntityModule } from "../kernel/module.ts";
import { type Belongs, newRecord } from "../kernel/new-record.ts";
import { accept, type Decision, refuse } from "../kernel/refusal.ts";
import type { Asset } from "./state.ts";

interface RegisterAsset {
  readonly courtId: string;
  readonly kind: Asset["kind"];
  readonly plateOrSn: string;
}

type AssetRegistered = DomainEvent<
  "AssetRegistered",
  { readonly belongs: Belongs; readonly kind: Asset["kind"]; readonly plateOrSn: string }
>;

function register({
  id,
  payload: { courtId, ...content },
  state,
}: DecideInput<Asset, RegisterAsset>): Decision<DomainEvent> {
  if (!state.get("court", courtId)) return refuse("NO_SUCH_COURT");
  return accept({
    type: "AssetRegistered",
    ref: { type: "asset", id },
    data: { belongs: belongsTo(state, courtId), ...content },
  } satisfies AssetRegistered);
}

const ASSET_COMMANDS: CommandSpecs<Asset> = {
  "asset.register": command<Asset, RegisterAsset>({
    nature: "REQUEST",
    target: "NEW",
    bySystem: true,
    courtOf: (payload) => payload.courtId,
    decide: register,
  }),
};

function evolve(_asset: Asset | undefined, raw: DomainEvent, meta: EventMeta): Asset {
  const { ref, data } = raw as AssetRegistered;
  const { belongs, ...content } = data;
  return { ...newRecord("asset", ref.id, belongs, meta), ...content, status: "READY" };
}

export const assetModule: EntityModule<"asset"> = {
  type: "asset",
  eventTypes: ["AssetRegistered"],
  commands: ASSET_COMMANDS,
  refusals: {},
  evolve,
  standing: (asset) => asset.status,
  parts: () => ({}),
  links: (asset) => [`court:${asset.courtId}`],
  live: () => true,
  dependents: () => [],
  deadlines: () => [],
  audiences: (asset, state) => consolesUpward(state, asset.courtId),
  project: ({ courtId, kind, plateOrSn, status }) => ({ courtId, kind, plateOrSn, status }),
  line: () => undefined,
};
