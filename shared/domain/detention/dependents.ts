import type { Ref } from "../kernel/ref.ts";
import type { StateReader } from "../kernel/state.ts";
import { isTerminal } from "./milestones.ts";
import { hostOf } from "./project.ts";
import type { Detention } from "./state.ts";

/**
 * Escorts are seen by the court of the place while the detention lives; incidents and police
 * requests hang on it; the closing of its operation waits for it.
 */
export function detentionDependents(
  before: Detention | undefined,
  after: Detention,
  state: StateReader,
): readonly Ref[] {
  const reach = !before || reachOf(before, state) !== reachOf(after, state);
  if (!reach && before.state === after.state) return [];
  const operations = operationsOf(before, after);
  return reach ? [...operations, ...escortsOf(before, after), ...linked(after, state)] : operations;
}

/** Who can see it, as one string. */
const reachOf = (detention: Detention, state: StateReader): string =>
  [isTerminal(detention), hostOf(detention, state) ?? "", ...detention.escortIds].join("|");

function operationsOf(before: Detention | undefined, after: Detention): Ref[] {
  const ids = new Set([before?.operationId, after.operationId]);
  return [...ids].flatMap((id): Ref[] => (id === undefined ? [] : [{ type: "operation", id }]));
}

const escortsOf = (before: Detention | undefined, after: Detention): Ref[] =>
  [...new Set([...(before?.escortIds ?? []), ...after.escortIds])].map((id) => ({
    type: "officer",
    id,
  }));

const linked = ({ id }: Detention, state: StateReader): Ref[] => [
  ...state
    .linked("incident", `detention:${id}`)
    .map((incident): Ref => ({ type: "incident", id: incident.id })),
  ...state
    .linked("police", `detention:${id}`)
    .map((request): Ref => ({ type: "police", id: request.id })),
];
