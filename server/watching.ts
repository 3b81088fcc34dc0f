import type { Logger } from "pino";
import { v7 as uuidv7 } from "uuid";
import { type Clock, SystemClock } from "./app/clock.ts";
import type { Kernel } from "./app/kernel.ts";
import { scanOnce } from "./app/scan-deadlines.ts";
import { TimeKeeper } from "./app/time-keeper.ts";
import type { OwnPlaces } from "./node-places.ts";
import { readBeat, writeBeat } from "./sentinel/beat.ts";
import type { Job } from "./timers.ts";

const EVERY_MS = 1_000;
/** Deadlines that are not scanned for longer, or stand that long over, are a trouble. */
const LATE_AFTER_MS = 5_000;

/** Downtime that is worth a word at start: it may as well be a leap of the machine's clock. */
const LONG_DOWN_MS = 3_600_000;

/** The machine's clock, or a test's, with what the last process on this folder left of its time. */
export async function startClock(
  { ownDir }: Pick<OwnPlaces, "ownDir">,
  logger: Logger,
  clock: Clock = new SystemClock(),
): Promise<Clock> {
  const beat = clock instanceof SystemClock ? await readBeat(ownDir) : undefined;
  if (!beat || !(clock instanceof SystemClock)) return clock;
  clock.continueFrom(beat);
  const downMs = clock.wallNow() - beat.at;
  if (downMs >= LONG_DOWN_MS) {
    const hours = Math.round(downMs / LONG_DOWN_MS);
    logger.warn({ area: "time", hours }, "long since the last sign of life: is the clock right?");
  }
  return clock;
}

interface Parts {
  readonly kernel: Kernel;
  readonly clock: Clock;
  readonly node: string;
  /** Deadlines are another node's while this one's clock is not that of the others. */
  readonly mayScan?: () => boolean;
}

/**
 * What looks after time: the scan of deadlines, the sign of life that the sentinel waits for, and
 * the step of the machine's clock. Whether each is in time is judged by the process's monotonic
 * clock, whatever clock the rest runs on.
 */
export function watchTime(places: Pick<OwnPlaces, "ownDir">, parts: Parts): Job[] {
  const { kernel, clock } = parts;
  const scan = scanning(parts);
  kernel.troubles.add("SCAN_LATE", () => scan.lateMs() > LATE_AFTER_MS || scan.isOverdue());
  const beat = beating(places.ownDir, parts, scan);
  kernel.troubles.add("BEAT_FAILED", () => beat.lateMs() > LATE_AFTER_MS);
  return [
    { name: "deadlines", everyMs: EVERY_MS, run: scan.run, atOnce: true },
    { name: "beat", everyMs: EVERY_MS, run: beat.run },
    ...(clock instanceof SystemClock ? [keepingTime(parts, clock)] : []),
  ];
}

function scanning({ kernel, clock, mayScan }: Parts) {
  const { app, deadlines } = kernel;
  let endedAt = performance.now();
  let scannedAt = clock.now();
  let scans = 0;
  return {
    run: async () => {
      if (mayScan?.() === false) return;
      await scanOnce(
        deadlines,
        () => clock.now(),
        (command) => app.systemCommand(command),
      );
      endedAt = performance.now();
      scannedAt = clock.now();
      scans += 1;
    },
    said: () => ({ scans, scannedAt }),
    lateMs: () => performance.now() - endedAt,
    isOverdue: () => clock.now() - (deadlines.nextAt() ?? Number.POSITIVE_INFINITY) > LATE_AFTER_MS,
  };
}

type Scanning = ReturnType<typeof scanning>;

function beating(ownDir: string, { kernel, clock }: Parts, scan: Scanning) {
  const boot = uuidv7();
  let writtenAt = performance.now();
  return {
    run: async () => {
      const nextDueAt = kernel.deadlines.nextAt();
      const at = clock.now();
      await writeBeat(ownDir, {
        boot,
        ...scan.said(),
        at,
        wallMs: Math.round(clock instanceof SystemClock ? clock.wallNow() : Date.now()),
        mono: performance.now(),
        ...(nextDueAt === undefined ? {} : { nextDueAt }),
        // Younger ones are the next scan's.
        overdue: nextDueAt !== undefined && at - nextDueAt > EVERY_MS,
        storeMode: kernel.storeMode(),
        journalOpen: kernel.troubles.now().includes("JOURNAL"),
      });
      writtenAt = performance.now();
    },
    lateMs: () => performance.now() - writtenAt,
  };
}

function keepingTime({ kernel, node }: Parts, clock: SystemClock): Job {
  const keeper = new TimeKeeper({
    clock,
    world: kernel.replica.world,
    node,
    newId: () => uuidv7(),
    issue: (command) => kernel.app.systemCommand(command),
  });
  kernel.troubles.add("CLOCK_HELD", () => keeper.isHolding());
  kernel.onTouched((touched) => {
    // Commits of another node may be ahead of this one's time.
    clock.notBefore(kernel.replica.tail.at);
    keeper.touched(touched);
  });
  return { name: "time", everyMs: EVERY_MS, run: () => keeper.look() };
}
