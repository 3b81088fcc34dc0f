import { describe, expect, it } from "vitest";
import { holderOf } from "../../shared/domain/hold/holder.ts";
import { dueNotifications } from "../../shared/domain/notify/due.ts";
import { province } from "../support/domain/province.ts";
import { Story } from "../support/domain/story.ts";

const SECOND = 1_000;
const INCIDENT = { type: "incident", id: "i1" } as const;

const sos = (s: Story, id: string) =>
  s.accepted({ by: "jiangan.police", kind: "incident.sos", ref: { ...INCIDENT, id } });
const by = (s: Story, officerId: string, verb: string) =>
  s.accepted({ by: officerId, kind: `incident.${verb}`, ref: INCIDENT });
const desk = (s: Story) => {
  const { courtId, officerId } = holderOf(s.the("incident", "i1"), s.state);
  return [courtId, officerId];
};
const due = (s: Story) => dueNotifications(INCIDENT, s.state).map(({ key }) => key);

/** Nobody answers for a minute; then the High Court does as told, and a minute later he calls again. */
function ringsAnew(verb: "acknowledge" | "take") {
  const s = new Story([...province()]);
  sos(s, "i1");
  s.passRaising(61 * SECOND);
  const first = due(s);
  by(s, "high.duty", verb);
  const answered = due(s);
  s.passRaising(60 * SECOND);
  sos(s, "i2");
  return { s, first, answered };
}

describe("an SOS that rings anew between courts", () => {
  it("HOLD-3 INC-16 begins at the own desk again where somebody had only acknowledged it", () => {
    const { s } = ringsAnew("acknowledge");
    expect(desk(s)).toEqual(["jiangan", undefined]);
    s.passRaising(30 * SECOND);
    expect(desk(s)).toEqual(["wuhan", undefined]);
  });

  it("HOLD-3 INC-16 stays with the hand that took it up, and climbs and rings all the same", () => {
    const { s } = ringsAnew("take");
    expect(desk(s)).toEqual(["high", "high.duty"]);
    expect(s.the("incident", "i1").acknowledged).toBeUndefined();
    const raised = s.passRaising(61 * SECOND).filter(({ ref }) => ref.type === "incident");
    expect(raised).toHaveLength(3);
    expect(desk(s)).toEqual(["high", "high.duty"]);
  });

  it.each(["acknowledge", "take"] as const)(
    "NOTI-1 INC-16 calls everybody outside again, under keys of its own: after %s",
    (verb) => {
      const { s, first, answered } = ringsAnew(verb);
      expect(first).toHaveLength(4);
      expect(answered).toEqual([]);
      s.passRaising(61 * SECOND);
      const again = due(s);
      expect(again).toHaveLength(4);
      expect(again.filter((key) => first.includes(key))).toEqual([]);
    },
  );
});
