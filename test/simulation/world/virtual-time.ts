import { setImmediate as realTurn } from "node:timers/promises";
import TinyQueue from "tinyqueue";

/**
 * A process or a page: what it started ends with it, answers that were under way reach nobody. A
 * sleeping one (a phone in a pocket) runs what was due when it wakes.
 */
export interface Life {
  alive: boolean;
  sleepsUntil: number;
}

export const newLife = (): Life => ({ alive: true, sleepsUntil: 0 });

interface Task {
  at: number;
  readonly order: number;
  readonly run: () => void;
  readonly life: Life | undefined;
  cancelled: boolean;
}

/** 2026-03-02 09:00 in Shanghai, a Monday. */
const BEGIN = Date.UTC(2026, 2, 2, 1);
/** More tasks than this at one instant are a loop without end. */
const MOST_AT_ONE_INSTANT = 20_000;

/**
 * The only time of a simulation. Everything that waits stands in one queue, so that the order in
 * which things happen follows from the seed; after each task all promises are carried to their end
 * before the next one begins.
 */
export class VirtualTime {
  /** True time, ms: no clock of a machine, which may be wrong. */
  now = BEGIN;
  private readonly queue = new TinyQueue<Task>([], (a, b) => a.at - b.at || a.order - b.order);
  private orders = 0;
  private countdowns: { left: number; readonly run: () => void }[] = [];

  after(ms: number, run: () => void, life?: Life): () => void {
    this.orders += 1;
    const task: Task = {
      at: this.now + Math.max(0, ms),
      order: this.orders,
      run,
      life,
      cancelled: false,
    };
    this.queue.push(task);
    return () => {
      task.cancelled = true;
    };
  }

  every(ms: number, run: () => void, life: Life, first = ms): () => void {
    let cancel = (): void => {};
    const again = (inMs: number): void => {
      cancel = this.after(
        inMs,
        () => {
          again(ms);
          run();
        },
        life,
      );
    };
    again(first);
    return () => cancel();
  }

  /** Never settles for a life that ended meanwhile. */
  pause(ms: number, life?: Life): Promise<void> {
    return new Promise((resolve) => this.after(ms, resolve, life));
  }

  /** Between two tasks, that many from now: where no time passes but a process may end. */
  afterTasks(count: number, run: () => void): void {
    this.countdowns.push({ left: count, run });
  }

  async pass(ms: number): Promise<void> {
    const end = this.now + ms;
    let atOnce = 0;
    for (let next = this.queue.peek(); next && next.at <= end; next = this.queue.peek()) {
      this.queue.pop();
      atOnce = next.at === this.now ? atOnce + 1 : 0;
      if (atOnce > MOST_AT_ONE_INSTANT) throw new Error("the simulation does not get on");
      this.now = next.at;
      if (!next.cancelled && next.life?.alive !== false) await this.carryOut(next);
    }
    this.now = end;
    await realTurn();
  }

  private async carryOut(task: Task): Promise<void> {
    const { life } = task;
    if (life && life.sleepsUntil > this.now) {
      task.at = life.sleepsUntil;
      this.queue.push(task);
      return;
    }
    task.run();
    await realTurn();
    if (this.countdowns.length > 0) this.countDown();
  }

  private countDown(): void {
    for (const each of this.countdowns) each.left -= 1;
    const due = this.countdowns.filter(({ left }) => left <= 0);
    this.countdowns = this.countdowns.filter(({ left }) => left > 0);
    for (const { run } of due) run();
  }

  /** Hands the program's own turns of the event loop to this queue. @returns what undoes it. */
  takeTurns(): () => void {
    const real = globalThis.setImmediate;
    globalThis.setImmediate = ((run: (...args: unknown[]) => void, ...args: unknown[]) =>
      this.after(0, () => run(...args))) as unknown as typeof setImmediate;
    return () => {
      globalThis.setImmediate = real;
    };
  }
}
