import { expect, test } from "vitest";
import { KnownCommands } from "../../../server/app/known-commands.ts";

const at = (seq: number) => ({ seq, hash8: "", at: 0, payloadHash: "", actor: "" });

test("EXE-2 given more commands than memory holds, then the oldest are forgotten in their order, and it says from where on it answers", () => {
  const known = new KnownCommands(3);
  for (const seq of [1, 2, 3]) known.add(`c${seq}`, at(seq));
  known.add("c3", at(3));
  expect(known.covers(0, 3)).toBe(true);
  known.add("c4", at(4));
  expect(["c1", "c2", "c3", "c4"].map((id) => known.get(id)?.seq)).toEqual([undefined, 2, 3, 4]);
  expect([known.covers(0, 4), known.covers(1, 4)]).toEqual([false, true]);
  known.add("c5", at(5));
  expect([known.get("c2"), known.covers(1, 5), known.covers(2, 5)]).toEqual([
    undefined,
    false,
    true,
  ]);
});

test("EXE-2 given memory that begins behind a commit, then what came up to it is the store's to say", () => {
  const known = new KnownCommands(3);
  known.startAfter(7);
  known.add("c8", at(8));
  expect([known.covers(0, 8), known.covers(6, 8), known.covers(7, 8)]).toEqual([
    false,
    false,
    true,
  ]);
});
