import type { Operation } from "./state.ts";

/** Everybody named in the operation: commanders and members, each once. */
export const rosterOf = (operation: Operation): string[] => [
  ...new Set([
    operation.chiefCommanderId,
    ...(operation.commandFromAbove ? [operation.commandFromAbove.ownChiefId] : []),
    operation.sceneCommanderId,
    ...operation.memberIds,
  ]),
];

/** Everybody whose roles its guards ask for: the roster, and who discussed it. */
export const namedIn = (operation: Operation): string[] => [
  ...new Set([...rosterOf(operation), ...(operation.plan?.discussion?.officerIds ?? [])]),
];
