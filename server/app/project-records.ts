import type { ViewKey } from "../../shared/domain/authority/audience.ts";
import type { Ref } from "../../shared/domain/kernel/ref.ts";
import { type AnyRecord, getRef } from "../../shared/domain/kernel/state.ts";
import { ENTITY_TYPES } from "../../shared/domain/modules.ts";
import type { Projection } from "./build-patch.ts";
import { audienceFor, audiencesOf, isLive, type Projector } from "./projector.ts";
import type { Replica } from "./replica.ts";

interface From {
  readonly replica: Replica;
  readonly projector: Projector;
}

/** Everything live that the view may see now. */
export function projectAll(from: From, view: ViewKey): Projection[] {
  const { world } = from.replica;
  return ENTITY_TYPES.flatMap((type) =>
    [...world.all(type)].filter(isLive).flatMap((record) => projectFor(from, view, record)),
  );
}

/** Of these records, live or ended, those that the view may see now. */
export const projectRefs = (from: From, view: ViewKey, refs: readonly Ref[]): Projection[] =>
  refs.flatMap((ref) => {
    const record = getRef(from.replica.world, ref);
    return record ? projectFor(from, view, record) : [];
  });

function projectFor({ replica, projector }: From, view: ViewKey, record: AnyRecord): Projection[] {
  const audience = audienceFor(view, audiencesOf(record, replica.world));
  return audience ? [{ record, audience, dto: projector.project(record, audience) }] : [];
}
