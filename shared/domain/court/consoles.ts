import { type AudienceEntry, seatOf, tierViews } from "../authority/audience.ts";
import type { StateReader } from "../kernel/state.ts";

/** Consoles of the own court and of those above it; no wall, no phone. */
export const consolesUpward = (state: StateReader, courtId: string): AudienceEntry[] =>
  tierViews(state, courtId).filter((entry) => seatOf(entry.audience) === "console");
