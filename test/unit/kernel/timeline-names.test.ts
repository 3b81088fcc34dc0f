import { describe, expect, it } from "vitest";
import type { ViewKey } from "../../../shared/domain/authority/audience.ts";
import { type TestKernel, testKernel } from "../../support/kernel/test-kernel.ts";

const REQUEST = { type: "police", id: "p1" } as const;

/** A request that the desk sent, and that somebody of the station signed for. */
async function answered(): Promise<TestKernel> {
  const k = await testKernel();
  const person = { type: "officer" as const, id: "station.user" };
  const commands = [
    {
      kind: "unit.register",
      ref: { type: "unit" as const, id: "station" },
      payload: { courtId: "jiangan", kind: "POLICE", name: "派出所" },
    },
    {
      kind: "officer.register",
      ref: person,
      payload: {
        ...{ courtId: "jiangan", unitId: "station", name: "李民安", title: "民警" },
        ...{ badgeNo: "U-1", gender: "F" },
      },
    },
    { kind: "officer.grant", ref: person, payload: { role: "LIAISON_USER" } },
  ];
  for (const [i, command] of commands.entries()) {
    const answer = await k.kernel.app.systemCommand({ id: `sys:test:names:${i}`, ...command });
    expect(answer.outcome).toBe("ACCEPTED");
  }
  await k.accepted("jiangan.police", "police.send", "police", REQUEST.id, {
    ...{ kind: "SCENE_SUPPORT", urgency: "P2", unitId: "station", detail: "有人围堵" },
  });
  await k.accepted("station.user", "police.respond", "police", REQUEST.id, { state: "ACKED" });
  return k;
}

describe("names in a timeline", () => {
  it("VIEW-18 are surname and title on a wall, and none of a linked unit there or on a phone", async () => {
    const k = await answered();
    const namesFor = async (view: ViewKey) =>
      (await k.kernel.app.timeline(view, REQUEST))?.map(({ by }) => by);

    expect(await namesFor("console:jiangan")).toEqual(["王示police 警官", "李民安 民警"]);
    expect(await namesFor("wall:jiangan")).toEqual(["王警官", undefined]);
    expect(await namesFor("field:jiangan.police")).toEqual(["王示police 警官", undefined]);
    expect(await namesFor("partner:station")).toEqual([]);
  });
});
