import type { StateReader } from "../kernel/state.ts";
import { shortNameOf } from "../officer/short-name.ts";
import type { Holdable } from "./state.ts";

/** By surname and title: a lower court's screen holds no record of the people above it. */
export function holdLogOf({ holdLog }: Holdable, state: StateReader) {
  if (!holdLog) return {};
  return {
    holdLog: holdLog.map((step) => {
      const name = shortNameOf(state, step.byOfficerId);
      return { ...step, ...(name ? { name } : {}) };
    }),
  };
}
