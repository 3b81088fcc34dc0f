import type { StateReader } from "../kernel/state.ts";
import type { Operation } from "../operation/state.ts";
import type { CheckIn } from "./state.ts";

/** Between arrival and the end; a pause on the way there is not on scene. */
const ON_SCENE: ReadonlySet<string> = new Set(["ON_SCENE", "EXECUTING", "CLOSING"]);

export function isOnScene({ state, pausedFrom }: Operation): boolean {
  return ON_SCENE.has(state === "PAUSED" ? (pausedFrom ?? state) : state);
}

/**
 * Is he known to be back? He, or the scene commander, said so after the execution or the waiting
 * began. That somebody ended the operation says nothing about a person.
 */
export function isKnownSafe(
  { operationId, officerId, createdAt }: CheckIn,
  state: StateReader,
): boolean {
  const operation = state.get("operation", operationId);
  const since = Math.min(createdAt, operation?.started?.at ?? createdAt);
  return (
    operation?.facts.safe.some((safe) => safe.officerId === officerId && safe.at >= since) ?? false
  );
}

export const onSceneById = (state: StateReader, operationId: string): boolean => {
  const operation = state.get("operation", operationId);
  return operation !== undefined && isOnScene(operation);
};
