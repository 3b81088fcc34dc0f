import { describe, expect, it } from "vitest";
import { createMemoryAccountStore } from "../../server/accounts/account-store-memory.ts";
import { StoreSilent } from "../../server/app/api.ts";
import { bootstrapDemo } from "../../server/demo/bootstrap.ts";
import { shiftOn } from "../../shared/domain/shift/desk.ts";
import { testKernel } from "../support/kernel/test-kernel.ts";
import { demoPeople } from "../support/server/demo-people.ts";

const DAY_MS = 86_400_000;
const DESKS = ["gaoyuan", "wuhan", "jiangan"];

async function notYetBegun() {
  const t = await testKernel({ province: [] });
  const accounts = createMemoryAccountStore();
  const start = (app = t.kernel.app) =>
    bootstrapDemo(
      app,
      accounts,
      (what) => what,
      () => t.clock.now(),
    );
  return { t, start, people: await demoPeople() };
}

/** As a node whose clock is some ms off. */
const startAt = ({ t }: Awaited<ReturnType<typeof notYetBegun>>, lateMs: number) =>
  bootstrapDemo(
    t.kernel.app,
    createMemoryAccountStore(),
    (what) => what,
    () => t.clock.now() + lateMs,
  );

async function demonstration() {
  const begun = await notYetBegun();
  return { ...begun, handout: await begun.start() };
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

  it("SHF-15 given two nodes that start together, their clocks some ms apart, then the plan is made once", async () => {
    const begun = await notYetBegun();
    await Promise.all([startAt(begun, 0), startAt(begun, 7), startAt(begun, 60_001)]);
    const { world } = begun.t.kernel.replica;
    expect([...world.all("shift")]).toHaveLength(2 * DESKS.length);
    expect([...world.all("observer")]).toHaveLength(1);
    for (const desk of DESKS)
      expect(shiftOn(world, begun.people.of(`${desk}.duty`).courtId)).toBeDefined();
  });

  it("SHF-15 given one node whose clock is a minute ahead, then its start is whole all the same", async () => {
    const begun = await notYetBegun();
    await startAt(begun, 60_001);
    const { world } = begun.t.kernel.replica;
    expect([...world.all("shift")]).toHaveLength(2 * DESKS.length);
    expect([...world.all("observer")]).toHaveLength(1);
  });

  it("SHF-15 a restart plans nothing twice, and a desk left without any shift is planned anew", async () => {
    const { t, start } = await demonstration();
    const count = () => [...t.kernel.replica.world.all("shift")].length;
    expect(count()).toBe(2 * DESKS.length);
    t.clock.pass(DAY_MS);
    await start();
    expect(count()).toBe(2 * DESKS.length);
  });

  it.each([1, 2])(
    "SHF-15 given a start that died after %i of a desk's steps, when the next one comes, then the plan is whole and nothing is twice",
    async (steps) => {
      const { t, start, people } = await notYetBegun();
      const { app } = t.kernel;
      let left = steps;
      const command: typeof app.command = (envelope, from) => {
        if (!(envelope as { kind: string }).kind.startsWith("shift."))
          return app.command(envelope, from);
        left -= 1;
        return left < 0 ? Promise.reject(new Error("killed")) : app.command(envelope, from);
      };
      const dying = new Proxy(app, {
        get: (of, key) => (key === "command" ? command : Reflect.get(of, key, of)),
      });
      await expect(start(dying)).rejects.toThrow("killed");
      t.clock.pass(60_000);
      await start();
      await start();
      const { courtId, id: duty } = people.of(`${DESKS[0]}.duty`);
      const shifts = [...t.kernel.replica.world.all("shift")].filter(
        (shift) => shift.courtId === courtId,
      );
      expect(shifts.map(({ state }) => state).sort()).toEqual(["ON", "SCHEDULED"]);
      expect(shiftOn(t.kernel.replica.world, courtId)?.officerId).toBe(duty);
    },
  );

  it("SHF-15 given a store that does each kind of step and is silent the first time, then the start asks again and the plan is whole", async () => {
    const { t, start } = await notYetBegun();
    const { app } = t.kernel;
    const silent = new Set(["shift.schedule", "shift.sign", "observer.open"]);
    const command: typeof app.command = async (envelope, from) => {
      const answer = await app.command(envelope, from);
      if (silent.delete((envelope as { kind: string }).kind)) throw new StoreSilent("late");
      return answer;
    };
    await start(Object.assign(Object.create(app), { command }));
    const { world } = t.kernel.replica;
    expect([...silent]).toEqual([]);
    expect([...world.all("shift")]).toHaveLength(2 * DESKS.length);
    expect([...world.all("observer")]).toHaveLength(1);
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
