/** State at an instant: what the log held then, told to whom may see it now. */
import { describe, expect, it } from "vitest";
import type { ViewKey } from "../../shared/domain/authority/audience.ts";
import type { PutRecord } from "../../shared/wire/live.ts";
import { type PastWindow, pastWindow } from "../../shared/wire/past-window.ts";
import { createMemoryStateCache, keepNow } from "../support/kernel/kept-states.ts";
import {
  MONDAY_9_00,
  newMedia,
  type TestKernel,
  testKernel,
} from "../support/kernel/test-kernel.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DUTY = "jiangan.duty";

async function told(k: TestKernel, court: string, at: number): Promise<PastWindow> {
  const view: ViewKey = `console:${court}`;
  const bytes = await k.kernel.past.window(view, at);
  return pastWindow.parse(JSON.parse(Buffer.from(bytes).toString()));
}

/** The state of one record at each moment at which it is told. */
const statesOf = ({ put, changes, from }: PastWindow, id: string) => [
  ...put.filter((one) => one.id === id).map(({ dto }) => [from, dto.state]),
  ...changes.flatMap((change) => [
    ...change.put.filter((one) => one.id === id).map(({ dto }) => [change.at, dto.state]),
    ...change.del.filter((one) => one.id === id).map(() => [change.at, "gone"]),
  ]),
];

const report = (k: TestKernel, id: string, by = DUTY) =>
  k.accepted(by, "incident.report", "incident", id, {
    kind: "SIEGE",
    level: "LARGER",
    place: { lat: 30.6, lng: 114.3 },
    detail: "围堵",
  });

const COURTS = ["jiangan", "wuhan", "high", "huangpi", "fancheng"];
const LENT = "huangpi.police";

/** 黄陂 sends one of its police to 江岸. */
async function lend(k: TestKernel): Promise<void> {
  const order = (by: string, verb: string, payload: object = {}) =>
    k.accepted(by, `order.${verb}`, "order", "o1", payload);
  const payload = { toCourtId: "huangpi", forCourtId: "jiangan", urgency: "P2", body: "派一名" };
  await order("wuhan.director", "resource", payload);
  await order("huangpi.duty", "sign");
  await order("huangpi.director", "feedback", { text: "已派", officerIds: [LENT] });
  await order("wuhan.director", "accept");
}

const KINDS = new Set(["court", "unit", "officer", "operation", "detention", "police", "incident"]);

/** Records by name, without what a replay leaves out; officers whose past is another's are not in it. */
function comparable(puts: readonly PutRecord[], own: (courtId: string) => boolean): string {
  const shown = puts.filter(({ type, dto }) => type !== "officer" || own(String(dto.courtId)));
  const lines = shown
    .filter(({ type }) => KINDS.has(type))
    .map(({ type, id, rev, dto: { acts: _a, parts: _p, stateRev: _s, ...dto } }) => {
      const words = (_key: string, value: unknown) =>
        typeof value === "object" && value !== null && "text" in value ? undefined : value;
      return `${type} ${id} ${rev} ${JSON.stringify(dto, words)}`;
    });
  return lines.sort().join("\n");
}

const below = (k: TestKernel, court: string) => (id: string) =>
  k.kernel.app.world.get("court", id)?.tierPath.includes(court) === true;

const liveOf = async (k: TestKernel, court: string): Promise<string> =>
  comparable(await k.kernel.views.project(`console:${court}`), below(k, court));

async function pastOf(k: TestKernel, court: string, at: number): Promise<string> {
  const { put, changes } = await told(k, court, at);
  const held = new Map(put.map((one) => [`${one.type}:${one.id}`, one]));
  for (const change of changes.filter((one) => one.at <= at)) {
    for (const one of change.put) held.set(`${one.type}:${one.id}`, one);
    for (const { type, id } of change.del) held.delete(`${type}:${id}`);
  }
  return comparable([...held.values()], below(k, court));
}

describe("the past", () => {
  it("RPL-1 given a matter that was reported, taken and ended, then each instant tells how it stood", async () => {
    const k = await testKernel();
    const { clock } = k;
    clock.pass(HOUR);
    await report(k, "i1");
    const reportedAt = clock.at;
    clock.pass(2 * MINUTE);
    await k.accepted(DUTY, "incident.confirm", "incident", "i1");
    const confirmedAt = clock.at;
    clock.pass(3 * HOUR);
    await k.accepted(DUTY, "incident.respond", "incident", "i1");
    await k.accepted(DUTY, "incident.falseAlarm", "incident", "i1", { reason: "误报情况" });
    const endedAt = clock.at;
    clock.pass(HOUR);

    const first = await told(k, "jiangan", reportedAt);
    expect([first.from, first.to]).toEqual([MONDAY_9_00 + HOUR, MONDAY_9_00 + HOUR + 10 * MINUTE]);
    expect(statesOf(first, "i1")).toEqual([
      [reportedAt, "REPORTED"],
      [confirmedAt, "CONFIRMED"],
    ]);
    const later = await told(k, "jiangan", confirmedAt + 2 * HOUR);
    expect(statesOf(later, "i1")).toEqual([[later.from, "CONFIRMED"]]);
    const before = await told(k, "jiangan", MONDAY_9_00 + 30 * MINUTE);
    expect(statesOf(before, "i1")).toEqual([]);
    const end = await told(k, "jiangan", endedAt);
    expect(statesOf(end, "i1").at(-1)).toEqual([endedAt, "gone"]);
    const after = await told(k, "jiangan", endedAt + 50 * MINUTE);
    expect(statesOf(after, "i1")).toEqual([]);
  });

  it("RPL-1 given instants asked in any order, after a restart too, then they are told the same", async () => {
    const k = await testKernel();
    const { clock } = k;
    const moments: number[] = [];
    for (let n = 0; n < 12; n++) {
      clock.pass(17 * MINUTE);
      await report(k, `i${n}`);
      clock.pass(20_000);
      if (n % 3 === 0) await k.accepted(DUTY, "incident.confirm", "incident", `i${n}`);
      moments.push(clock.at);
    }
    clock.pass(HOUR);
    const onward = [];
    for (const at of moments) onward.push(await told(k, "wuhan", at));
    const backward = [];
    for (const at of moments.toReversed()) backward.push(await told(k, "wuhan", at));
    expect(backward.toReversed()).toEqual(onward);
    const again = await k.reopened();
    expect(await told(again, "wuhan", moments[5] ?? 0)).toEqual(onward[5]);
    expect(onward.map(({ put }) => put.filter(({ type }) => type === "incident").length)).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
    ]);
  });

  it("RPL-1 given a start from a kept state, when an instant before it is asked for, then it is told as before the start, and so is what came after", async () => {
    const media = newMedia();
    const k = await testKernel({ media });
    const { clock } = k;
    const moments: number[] = [];
    const next = async (by: TestKernel, id: string) => {
      clock.pass(17 * MINUTE);
      await report(by, id);
      moments.push(clock.at);
    };
    for (let n = 0; n < 4; n++) await next(k, `i${n}`);
    await keepNow(k.kernel, k.log, media.state);
    // In the same hour, so that its beginning lies before the kept state and its end behind it.
    await k.accepted(DUTY, "incident.confirm", "incident", "i3");
    const again = await testKernel({ media, clock });
    expect(again.keptSaid[0]?.kind).toBe("USED");
    for (let n = 4; n < 6; n++) await next(again, `i${n}`);
    clock.pass(HOUR);
    const whole = await testKernel({ media: { ...media, state: createMemoryStateCache() }, clock });
    // The latest first: it must not need what lies before the kept state.
    for (const at of moments.toReversed())
      for (const court of ["jiangan", "wuhan"]) {
        expect(again.kernel.past.refuses(at)).toBeUndefined();
        expect(await pastOf(again, court, at)).toEqual(await pastOf(whole, court, at));
      }
    const [first = 0] = moments;
    expect(await told(again, "wuhan", first)).toEqual(await told(whole, "wuhan", first));
    expect(again.kernel.past.refuses(MONDAY_9_00 - HOUR)).toBeUndefined();
  });

  it("RPL-3 given a start from a kept state and no commit since, then a day back can be asked for, and no more", async () => {
    const media = newMedia();
    const k = await testKernel({ media });
    const { clock } = k;
    await report(k, "i1");
    const at = clock.at;
    clock.pass(2 * HOUR);
    await keepNow(k.kernel, k.log, media.state);
    const again = await testKernel({ media, clock });
    expect(again.kernel.past.refuses(at + HOUR)).toBeUndefined();
    expect(statesOf(await told(again, "jiangan", at + HOUR), "i1").at(-1)?.[1]).toBe("REPORTED");
    clock.pass(30 * HOUR);
    await report(again, "i2");
    expect(again.kernel.past.refuses(at)).toBe("TOO_FAR");
    expect(again.kernel.past.refuses(clock.at - 24 * HOUR)).toBeUndefined();
  });

  it("RPL-3 given a start from a kept state of long ago, then what is further back than a day is refused before the log is asked", async () => {
    const media = newMedia();
    const k = await testKernel({ media });
    const { clock } = k;
    clock.pass(30 * HOUR);
    await report(k, "i1");
    await keepNow(k.kernel, k.log, media.state);
    const again = await testKernel({ media, clock });
    expect(again.kernel.past.refuses(clock.at - 27 * HOUR)).toBe("TOO_FAR");
    expect(again.kernel.past.refuses(clock.at - 24 * HOUR)).toBeUndefined();
    expect(statesOf(await told(again, "jiangan", clock.at - 24 * HOUR), "i1")).toEqual([]);
  });

  it("RPL-1 given commits while the past is made, then they are not in it", async () => {
    let during: () => Promise<unknown> = async () => undefined;
    const k = await testKernel({
      yieldTurn: async () => {
        const work = during;
        during = async () => undefined;
        await work();
      },
    });
    k.clock.pass(HOUR);
    await report(k, "i1");
    const at = k.clock.at;
    k.clock.pass(2 * HOUR);
    during = async () => {
      await k.accepted(DUTY, "incident.confirm", "incident", "i1");
      await report(k, "i2");
    };
    const window = await told(k, "jiangan", at + HOUR);
    expect(statesOf(window, "i1")).toEqual([[window.from, "REPORTED"]]);
    expect(statesOf(window, "i2")).toEqual([]);
  });

  it("RPL-2 a court above is told what its courts did, a sibling nothing, and nobody acts or words", async () => {
    const k = await testKernel();
    k.clock.pass(HOUR);
    await report(k, "i1");
    const at = k.clock.at;
    k.clock.pass(HOUR);
    for (const court of ["jiangan", "wuhan"]) {
      const window = await told(k, court, at);
      expect(statesOf(window, "i1")).toEqual([[at, "REPORTED"]]);
      const text = JSON.stringify(window);
      expect(text).not.toContain("围堵");
      expect(text).not.toMatch(/"acts"|"parts"|"txt:/u);
    }
    // It is of a level that climbs one tier.
    expect(statesOf(await told(k, "high", at), "i1")).toEqual([]);
    for (const court of ["huangpi", "fancheng"]) {
      const window = await told(k, court, at);
      expect(statesOf(window, "i1")).toEqual([]);
      const officers = window.put.filter(({ type }) => type === "officer");
      expect(officers.map(({ dto }) => dto.courtId).filter((id) => id !== court)).toEqual([]);
      expect(officers.length).toBeGreaterThan(0);
    }
  });

  it("RPL-2 given what each console is shown live, then that moment is told as just that, without acts and words", async () => {
    const k = await testKernel();
    const { clock } = k;
    await lend(k);
    await k.accepted("jiangan.judge", "detention.propose", "detention", "d1", {
      ...{ caseNo: "(2026)鄂0102执1号", actId: "act1", days: 10, escortIds: ["jiangan.police"] },
      ...{ hostCourtId: "huangpi" },
      basisArticles: ["民事诉讼法114(1)(6)", "民事诉讼法118", "民事诉讼法119"],
      subject: { id: "s1", label: "张**", sex: "M", ageBand: "18_69", flags: [] },
    });
    await report(k, "i1");
    const at = clock.at;
    const live = new Map<string, string>();
    for (const court of COURTS) live.set(court, await liveOf(k, court));
    clock.pass(HOUR);
    await report(k, "i2");
    for (const court of COURTS)
      expect([court, await pastOf(k, court, at)]).toEqual([court, live.get(court)]);
    expect(live.get("huangpi")).toContain("d1");
    expect(live.get("huangpi")).not.toContain("鄂0102执1号");
  });

  it("RPL-2 of an officer who was lent nothing of before is told, and nothing once he is home", async () => {
    const k = await testKernel();
    const { clock } = k;
    clock.pass(30 * MINUTE);
    const before = clock.at - 20 * MINUTE;
    await lend(k);
    const lentAt = clock.at;
    clock.pass(HOUR);
    const toldOf = async (at: number) =>
      JSON.stringify(await told(k, "jiangan", at)).includes(LENT);
    expect([
      await toldOf(before),
      await toldOf(lentAt),
      await toldOf(lentAt + 30 * MINUTE),
    ]).toEqual([false, true, true]);
    await k.accepted("wuhan.director", "order.recall", "order", "o1", {});
    expect(await toldOf(lentAt + 30 * MINUTE)).toBe(false);
  });

  it("RPL-3 the past begins a day ago and ends ten seconds ago", async () => {
    const k = await testKernel();
    const { clock, kernel } = k;
    clock.pass(HOUR);
    expect(kernel.past.refuses(clock.at - 10_000)).toBeUndefined();
    expect(kernel.past.refuses(clock.at - 9_999)).toBe("TOO_NEAR");
    clock.pass(30 * HOUR);
    await report(k, "i1");
    expect(kernel.past.refuses(clock.at - 24 * HOUR)).toBeUndefined();
    expect(kernel.past.refuses(MONDAY_9_00)).toBe("TOO_FAR");
  });
});
