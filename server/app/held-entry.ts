import type { PreparedCommand } from "./pending.ts";

/** A command that the emergency journal took, and when: the time at which it is decided for good. */
export interface HeldEntry {
  readonly at: number;
  readonly prepared: PreparedCommand;
}

/** Grows when the shape changes; an entry of a newer program is not read. */
const VERSION = 1;

export const encodeHeld = ({ at, prepared }: HeldEntry): string =>
  JSON.stringify({ v: VERSION, at, prepared });

/**
 * Reads what this program wrote: the journal vouches for the bytes, so only the version is asked.
 * Undefined for what it cannot read; that stays in its file for a person to look at.
 */
export function decodeHeld(line: string): HeldEntry | undefined {
  try {
    const { v, at, prepared } = JSON.parse(line) as HeldEntry & { readonly v: unknown };
    return v === VERSION ? { at, prepared } : undefined;
  } catch {
    return undefined; // not JSON: no entry of ours
  }
}
