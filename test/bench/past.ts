import { setImmediate as turn } from "node:timers/promises";
import { PastDesk } from "../../server/app/past/past-desk.ts";
import { UndoBook } from "../../server/app/past/undo-book.ts";
import { Replica } from "../../server/app/replica.ts";
import { EVENT_TYPES } from "../../shared/domain/modules.ts";
import { type TestKernel, testKernel } from "../support/kernel/test-kernel.ts";
import { type Bench, type Figures, quantile } from "./figures.ts";

/** Half of them end: 7,500 commits in an hour, as on a sweep day. */
const MATTERS = { FULL: 5_000, SMOKE: 500 } as const;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const DESK = "console:jiangan";

/** What one turn of the making costs is measured in CPU: the machine's other work is not its own. */
export const pastBench: Bench = {
  about: `state at an instant: ${MATTERS.FULL} matters in an hour, of which half end; the first window of an hour, one beside it, and how long the longest turn is`,
  smoke: true,
  run: async (rounds, length) => {
    const test = await testKernel();
    const endedAt = await busyHour(test, MATTERS[length]);
    const figures: Figures[] = [];
    for (let round = 0; round < rounds; round += 1) figures.push(await measure(test, endedAt));
    return figures;
  },
};

async function busyHour({ clock, accepted }: TestKernel, matters: number): Promise<number> {
  clock.pass(HOUR_MS);
  for (let n = 0; n < matters; n += 1) {
    clock.pass(Math.floor(HOUR_MS / matters));
    const place = { lat: 30.6, lng: 114.3 };
    const payload = { kind: "SIEGE", level: "LARGER", place };
    await accepted("jiangan.duty", "incident.report", "incident", `i${n}`, payload);
    if (n % 2 === 0) continue;
    const end = { reason: "核实为误报" };
    await accepted("jiangan.duty", "incident.falseAlarm", "incident", `i${n}`, end);
  }
  const endedAt = clock.at;
  clock.pass(HOUR_MS);
  return endedAt;
}

async function measure({ log, clock }: TestKernel, endedAt: number): Promise<Figures> {
  const now = () => clock.at;
  const undo = new UndoBook(now);
  const replica = new Replica(log, { mode: "DEMO", knownEventTypes: EVENT_TYPES });
  replica.onFolded = undo.take;
  await replica.catchUp();
  const turns = new CpuTurns();
  const desk = new PastDesk({
    replica,
    log,
    undo,
    clock: { now, monotonic: () => performance.now() },
    yieldTurn: () => turns.yield(),
  });
  const first = await timed(() => desk.window(DESK, endedAt - 15 * MINUTE_MS), turns);
  const beside = await timed(() => desk.window(DESK, endedAt - 5 * MINUTE_MS), turns);
  return {
    first_window_ms: first.ms,
    next_window_ms: beside.ms,
    window_mb: first.bytes / 1e6,
    turn_cpu_p95_ms: quantile(turns.spent, 0.95),
    turn_cpu_max_ms: Math.max(...turns.spent),
  };
}

async function timed(make: () => Promise<Uint8Array>, turns: CpuTurns) {
  turns.begin();
  const from = performance.now();
  const { byteLength } = await make();
  return { ms: performance.now() - from, bytes: byteLength };
}

/** CPU of this process between two turns given away. */
class CpuTurns {
  readonly spent: number[] = [];
  private from = 0;

  begin(): void {
    const { user, system } = process.cpuUsage();
    this.from = (user + system) / 1_000;
  }

  async yield(): Promise<void> {
    const { user, system } = process.cpuUsage();
    this.spent.push((user + system) / 1_000 - this.from);
    await turn();
    this.begin();
  }
}
