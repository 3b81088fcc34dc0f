import { belongsTo } from "../court/belongs.ts";
import { consolesUpward } from "../court/consoles.ts";
import { type CommandSpecs, command, type DecideInput } from "../kernel/command.ts";
import type { DomainEvent, EventMeta } from "../kernel/event.ts";
import type { EntityModule } from "../kernel/module.ts";
import { type Belongs, newRecord } from "../kernel/new-record.ts";
import type { LatLng } from "../kernel/record.ts";
import { accept, type Decision, refuse } from "../kernel/refusal.ts";
import type { LinkedUnit } from "./state.ts";

interface RegisterUnit {
  readonly courtId: string;
  readonly kind: LinkedUnit["kind"];
  readonly name: string;
  readonly dutyPhone?: string;
  readonly seat?: LatLng;
}

type UnitRegistered = DomainEvent<
  "UnitRegistered",
  Omit<RegisterUnit, "courtId"> & { readonly belongs: Belongs }
>;

function register({
  id,
  payload: { courtId, ...content },
  state,
}: DecideInput<LinkedUnit, RegisterUnit>): Decision<DomainEvent> {
  if (!state.get("court", courtId)) return refuse("NO_SUCH_COURT");
  return accept({
    type: "UnitRegistered",
    ref: { type: "unit", id },
    data: { belongs: belongsTo(state, courtId), ...content },
  } satisfies UnitRegistered);
}

const UNIT_COMMANDS: CommandSpecs<LinkedUnit> = {
  "unit.register": command<LinkedUnit, RegisterUnit>({
    nature: "REQUEST",
    target: "NEW",
    bySystem: true,
    courtOf: (payload) => payload.courtId,
    decide: register,
  }),
};

function evolve(_unit: LinkedUnit | undefined, raw: DomainEvent, meta: EventMeta): LinkedUnit {
  const { ref, data } = raw as UnitRegistered;
  const { belongs, ...content } = data;
  return { ...newRecord("unit", ref.id, belongs, meta), ...content };
}

export const unitModule: EntityModule<"unit"> = {
  type: "unit",
  eventTypes: ["UnitRegistered"],
  commands: UNIT_COMMANDS,
  refusals: {},
  evolve,
  standing: () => "REGISTERED",
  parts: () => ({}),
  links: (unit) => [`court:${unit.courtId}`],
  live: () => true,
  dependents: () => [],
  deadlines: () => [],
  audiences: (unit, state) => consolesUpward(state, unit.courtId),
  project: ({ courtId, kind, name, dutyPhone, seat }) => ({
    courtId,
    kind,
    name,
    ...(dutyPhone ? { dutyPhone } : {}),
    ...(seat ? { seat } : {}),
  }),
  line: () => undefined,
};
