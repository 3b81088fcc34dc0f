import { expect, test } from "vitest";
import { createDeskStore } from "../../client/faces/console/desk/desk-store.ts";
import { sayRefused, sendByKey } from "../../client/faces/console/desk/send-by-key.ts";
import type { Delivery } from "../../client/link/roads.ts";

const REQUEST = { kind: "order.sign", ref: { type: "order", id: "or-1" }, rev: 3 } as const;
const accepted: Delivery = {
  kind: "answer",
  answer: { id: "c-1", outcome: "ACCEPTED", seq: 4, hash8: "00000004", at: 0 },
};
const stale: Delivery = {
  kind: "answer",
  answer: { id: "c-1", outcome: "REFUSED", seq: 4, hash8: "00000004", refusal: { code: "STALE" } },
};
const unheard: Delivery = { kind: "none", failure: { status: 0, code: "OFFLINE" } };

test("CON-14 a key's command that is refused or unheard is said on the desk, an accepted one not", async () => {
  const desk = createDeskStore();
  const said = async (delivery: Delivery) => {
    const commands = { send: () => ({ id: "c-1", done: Promise.resolve(delivery) }) };
    await sendByKey(desk, commands, REQUEST);
    return desk.getState().keyOutcome;
  };
  expect(await said(stale)).toEqual({ kind: "order.sign", delivery: stale });
  expect(await said(accepted)).toBeNull();
  expect(await said(unheard)).toEqual({ kind: "order.sign", delivery: unheard });
});

test("CON-14 given a key whose button would refuse, when it is pressed, then the law's refusal is said", () => {
  const desk = createDeskStore();
  const refusal = { code: "ROLE_REQUIRED", params: { roles: "DIRECTOR" } };
  expect(sayRefused(desk, "order.task", refusal)).toBe(true);
  expect(desk.getState().keyOutcome).toEqual({ kind: "order.task", refusal });
});
