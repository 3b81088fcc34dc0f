import type { Operation } from "./state.ts";

/** Everybody named in the operation: commanders and members, each once. */
export const rosterOf = (operation: Operation): string[] => [
  ...new Set([operation.chiefCommanderId, operation.sceneCommanderId, ...operation.memberIds]),
];
