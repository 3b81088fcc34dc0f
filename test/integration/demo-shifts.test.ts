import { describe, expect, it } from "vitest";
import { createMemoryAccountStore } from "../../server/accounts/account-store-memory.ts";
import { bootstrapDemo } from "../../server/demo/bootstrap.ts";
import { shiftOn } from "../../shared/domain/shift/desk.ts";
import { testKernel } from "../support/kernel/test-kernel.ts";
import { demoPeople } from "../support/server/demo-people.ts";

const DAY_MS = 86_400_000;
const DESKS = ["gaoyuan", "wuhan", "jiangan"];

async function demonstration() {
  const t = await testKernel({ province: [] });
  const accounts = createMemoryAccountStore();
  const start = () =>
    bootstrapDemo(
      t.kernel.app,
      accounts,
      (what) => what,
      () => t.clock.now(),
    );
  const handout = await start();
  return { t, start, handout, people: await demoPeople() };
}

describe("the desks of a demonstration", () => {
  it("SHF-15 given a first start, then each desk of the line is held and has a next shift, and can be handed over", async () => {
    const { t, people } = await demonstration();
    const { world } = t.kernel.replica;
    for (const desk of DESKS) {
      const { courtId, id: duty } = people.of(`${desk}.duty`);
      const director = people.of(`${desk}.director`).id;
      const on = shiftOn(world, courtId);
      const next = [...world.all("shift")].find(
        (shift) => shift.courtId === courtId && shift.state === "SCHEDULED",
      );
      expect([on?.officerId, next?.officerId]).toEqual([duty, director]);
      expect(next?.from).toBe(on?.to);
      await t.accepted(duty, "shift.prepare", "shift", on?.id ?? "");
      await t.accepted(duty, "shift.offer", "shift", on?.id ?? "", {
        toShiftId: next?.id,
        restUndone: true,
      });
      await t.accepted(director, "shift.sign", "shift", next?.id ?? "");
      expect(shiftOn(world, courtId)?.officerId).toBe(director);
    }
  });

  it("SHF-15 a restart plans nothing twice, and a desk left without any shift is planned anew", async () => {
    const { t, start } = await demonstration();
    const count = () => [...t.kernel.replica.world.all("shift")].length;
    expect(count()).toBe(2 * DESKS.length);
    t.clock.pass(DAY_MS);
    await start();
    expect(count()).toBe(2 * DESKS.length);
  });

  it("SHF-15 each tier of the line has a president and a judge's operation may be filed above", async () => {
    const { handout } = await demonstration();
    const logins = handout.accounts.map(({ login }) => login);
    expect(logins).toEqual(
      expect.arrayContaining([
        ...DESKS.map((desk) => `${desk}.president`),
        "wuhan.judge",
        "jiangan.judge",
      ]),
    );
  });
});
