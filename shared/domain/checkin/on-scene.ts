import type { StateReader } from "../kernel/state.ts";
import type { Operation } from "../operation/state.ts";

/** Between arrival and the end; a pause on the way there is not on scene. */
const ON_SCENE: ReadonlySet<string> = new Set(["ON_SCENE", "EXECUTING", "CLOSING"]);

export function isOnScene({ state, pausedFrom }: Operation): boolean {
  return ON_SCENE.has(state === "PAUSED" ? (pausedFrom ?? state) : state);
}

export const onSceneById = (state: StateReader, operationId: string): boolean => {
  const operation = state.get("operation", operationId);
  return operation !== undefined && isOnScene(operation);
};
