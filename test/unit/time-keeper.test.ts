/** What a restart makes of a step of the machine's clock that a person had refused. */
import { describe, expect, it } from "vitest";
import { type SignOfLife, SystemClock } from "../../server/app/clock.ts";
import { TimeKeeper } from "../../server/app/time-keeper.ts";
import { nodeTime } from "../../shared/domain/timebase/state.ts";
import { MONDAY_9_00, newMedia, testKernel } from "../support/kernel/test-kernel.ts";

const NODE = "test";
const STEP_MS = 600_000;

/** The kernel's own waits are for a store that does not answer; this one does. */
class LedClock extends SystemClock {
  after(): () => void {
    return () => undefined;
  }
}

/** True time passes on it, and its wall clock may be wrong. */
const machine = () => ({ passedMs: 0, wallOffMs: 0 });

/** One process after another on the same log. */
async function boots() {
  const world = machine();
  const media = newMedia();
  let sign: SignOfLife | undefined;
  let ids = 0;
  const wall = () => MONDAY_9_00 + world.passedMs + world.wallOffMs;

  const boot = async () => {
    const bootedAt = world.passedMs;
    const clock = new LedClock(wall, () => world.passedMs - bootedAt);
    if (sign) clock.continueFrom(sign);
    const k = await testKernel({ media, clock: clock as never });
    const { kernel } = k;
    const keeper = new TimeKeeper({
      clock,
      world: kernel.replica.world,
      node: NODE,
      newId: () => {
        ids += 1;
        return String(ids);
      },
      issue: (command) => kernel.app.systemCommand(command),
    });
    kernel.onTouched((refs) => keeper.touched(refs));
    const known = () => nodeTime(kernel.replica.world.get("timebase", "time"), NODE);
    return {
      seconds: async (count: number) => {
        for (let s = 0; s < count; s += 1) {
          world.passedMs += 1_000;
          await keeper.look();
          sign = { at: clock.now(), wallMs: wall() };
        }
      },
      decide: (kind: "accept" | "refuse") =>
        k.accepted("high.duty", `timebase.${kind}`, "timebase", "time", {
          node: NODE,
          offMs: known()?.offMs,
        }),
      state: () => known()?.state,
      isHolding: () => keeper.isHolding(),
      behindMs: () => MONDAY_9_00 + world.passedMs - clock.now(),
      seq: () => kernel.replica.tail.seq,
    };
  };
  return { world, boot };
}

/** The machine went ahead by the step, and the desk said that it is wrong. */
async function refused() {
  const { world, boot } = await boots();
  const first = await boot();
  await first.seconds(3);
  world.wallOffMs = STEP_MS;
  await first.seconds(3);
  await first.decide("refuse");
  await first.seconds(3);
  expect([first.state(), first.behindMs()]).toEqual(["REFUSED", 0]);
  return { world, boot };
}

describe("a refused step and a restart", () => {
  it("TIME-12 given a machine put right while the server was down for longer than the step, when it starts, then the desk is asked anew, and its yes ends the delay", async () => {
    const { world, boot } = await refused();
    world.passedMs += 900_000;
    world.wallOffMs = 0;
    const next = await boot();
    await next.seconds(3);
    // Nothing that the server knows tells this from a step that is still there.
    expect([next.behindMs(), next.isHolding()]).toEqual([STEP_MS, true]);
    expect(next.state()).toBe("HELD");
    await next.decide("accept");
    await next.seconds(3);
    expect([next.behindMs(), next.state()]).toEqual([0, "AGREED"]);
  });

  it("TIME-12 given a step that is still there, when it is refused again, then that start asks no further, and the next asks once", async () => {
    const { boot } = await refused();
    const next = await boot();
    await next.seconds(3);
    expect([next.state(), next.behindMs()]).toEqual(["HELD", 0]);
    await next.decide("refuse");
    const seq = next.seq();
    await next.seconds(60);
    expect([next.state(), next.seq()]).toEqual(["REFUSED", seq]);
    const third = await boot();
    await third.seconds(3);
    expect([third.state(), third.seq()]).toEqual(["HELD", seq + 1]);
    const fourth = await boot();
    await fourth.seconds(10);
    expect([fourth.state(), fourth.seq()]).toEqual(["HELD", seq + 1]);
  });
});
