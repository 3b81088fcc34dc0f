import { expect, test } from "vitest";
import { BOARDS, boardNamed, nextBoard } from "../../client/faces/console/boards/boards.ts";
import { ordersBoard } from "../../client/faces/console/boards/orders/orders-board.ts";
import { boards as en } from "../../client/i18n/en/boards.ts";
import { boards as zh } from "../../client/i18n/zh/boards.ts";
import { createRecordsStore, withPatch } from "../../client/store/records.ts";
import type { PutRecord } from "../../shared/wire/live.ts";
import { helloOf, patchOf } from "./link-fakes.ts";

const T0 = 1_000_000;

const order = (id: string, issuer: string, recipient: string, dueAt: number): PutRecord => ({
  type: "order",
  id,
  rev: 1,
  dto: {
    courtId: issuer,
    kind: "TASK",
    urgency: "P2",
    issuedAt: T0,
    receipts: [
      { courtId: recipient, state: "ISSUED", steps: [{ state: "ISSUED", at: T0 }], dueAt },
    ],
  },
});

const mapsOf = (put: PutRecord[]) =>
  withPatch(createRecordsStore().getState(), patchOf(0, 1, { put })).maps;

test("CON-15 given the map, when B is pressed again and again, then each board comes once and then the map", () => {
  const seen: (string | null)[] = [];
  for (let open = nextBoard(null); open !== null; open = nextBoard(open)) seen.push(open);
  expect(seen).toEqual(BOARDS.map(({ name }) => name));
  expect(boardNamed("orders")).toBe(ordersBoard);
  expect(boardNamed("no such board")).toBeUndefined();
});

test("CON-15 every board is named in both languages", () => {
  const names = BOARDS.map(({ name }) => name).sort();
  expect(Object.keys(zh.name).sort()).toEqual(names);
  expect(Object.keys(en.name).sort()).toEqual(names);
});

test("CON-16 given orders owed and overdue, when the menu counts, then only what this court has to move counts", () => {
  const maps = mapsOf([
    order("o1", "wuhan", "jiangan", T0 + 1_000),
    order("o2", "wuhan", "jiangan", T0 + 60_000),
    // It is the recipient's move, not ours.
    order("o3", "jiangan", "other", T0 + 1_000),
  ]);
  const hello = helloOf({ courtId: "jiangan" });
  expect(ordersBoard.count?.({ maps, hello, now: T0 + 5_000 })).toEqual({ open: 2, act: 1 });
});
