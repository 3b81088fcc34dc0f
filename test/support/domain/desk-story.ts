import { officer, operation, province } from "./province.ts";
import { MONDAY_9_00, Story, type When } from "./story.ts";

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
/** Tuesday 08:30 in Shanghai. */
export const TUESDAY_CHECK = MONDAY_9_00 + DAY_MS - HOUR_MS / 2;
export const text = (id: string) => ({ id, hash: "h" });

export const shift = (by: string, verb: string, id: string, payload = {}): When => ({
  by,
  kind: `shift.${verb}`,
  ref: { type: "shift", id },
  payload,
});
export const plan = (
  id: string,
  officerId: string,
  from: number,
  to: number,
  by = "jiangan.chief",
) => shift(by, "schedule", id, { officerId, from, to, mode: "ON_SITE" });

const people = [officer("jiangan.duty2", "jiangan", "DUTY_OFFICER")];
/** 江岸's desk: `duty` planned today, `duty2` from tomorrow's check. */
export function planned() {
  const s = new Story([...province(), ...people, operation({ state: "EXECUTING" })]);
  s.accepted(plan("a", "jiangan.duty", MONDAY_9_00, TUESDAY_CHECK));
  s.accepted(plan("b", "jiangan.duty2", TUESDAY_CHECK, TUESDAY_CHECK + DAY_MS));
  return s;
}
export function on() {
  const s = planned();
  s.accepted(shift("jiangan.duty", "sign", "a"));
  return s;
}
export const keys = (s: Story) =>
  s.the("shift", "a").list?.items.map((i) => `${i.ref.type}:${i.ref.id}`);
export const markAll = (s: Story, done = true) =>
  s.accepted(shift("jiangan.duty", "mark", "a", { keys: keys(s), done }));
export function offered() {
  const s = on();
  s.accepted(shift("jiangan.duty", "prepare", "a"));
  markAll(s);
  s.accepted(shift("jiangan.duty", "offer", "a", { toShiftId: "b" }));
  return s;
}
export const incident = (id: string): When => ({
  by: "jiangan.police",
  kind: "incident.report",
  ref: { type: "incident", id },
  payload: { kind: "SIEGE", level: "GENERAL" },
});
