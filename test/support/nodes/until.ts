import { expect } from "vitest";
import { eventually } from "../server/eventually.ts";

/** Waits until it holds; fails when the time is over. */
export const until = (holds: () => boolean, withinMs = 5_000): Promise<void> =>
  eventually(() => expect(holds()).toBe(true), withinMs);
