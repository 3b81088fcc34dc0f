import type { DecideContext } from "../kernel/command.ts";
import type { StateReader } from "../kernel/state.ts";

interface Writer {
  readonly unitId: string;
  /** Name of the person at the unit's desk (official data). */
  readonly saidBy: string;
}

/** Who of a linked unit writes this; nobody when it is a court or the server. */
export function writerOf({
  actor,
  state,
}: Pick<DecideContext, "actor"> & { readonly state: StateReader }): Writer | undefined {
  if (actor.kind !== "person" || actor.unitId === undefined) return undefined;
  const { unitId, officerId } = actor;
  return { unitId, saidBy: state.get("officer", officerId)?.name ?? officerId };
}
