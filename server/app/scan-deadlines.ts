import TinyQueue from "tinyqueue";
import { type Deadline, deadlineCommandId } from "../../shared/domain/kernel/clock.ts";
import type { Ref } from "../../shared/domain/kernel/ref.ts";
import { getRef, type StateReader } from "../../shared/domain/kernel/state.ts";
import { moduleOf } from "../../shared/domain/modules.ts";
import { RAISE_CLOCK } from "../../shared/domain/raise-clock.ts";
import type { SystemCommand } from "./api.ts";
import type { Clock } from "./clock.ts";

/** One deadline and when it is over by each of the two clocks. */
interface Armed {
  readonly deadline: Deadline;
  /** Monotonic ms by which it is over however the server's time was led meanwhile. */
  readonly elapsedAt: number;
  done: boolean;
}

/** Clocks whose start is remembered; a province's day starts some thousands. */
const MOST_STARTS = 100_000;

/**
 * Deadlines are derived from records, never remembered by a timer: the heap only says where to
 * look. What it yields is checked against the present state before a command is issued.
 *
 * A deadline is over when the server's time says so, or when as much time has passed since its clock
 * was first filed as was left then: a server time that is being slowed delays nothing.
 */
export class DeadlineHeap {
  private readonly byTime = new TinyQueue<Armed>([], (a, b) => a.deadline.at - b.deadline.at);
  private readonly byElapsed = new TinyQueue<Armed>([], (a, b) => a.elapsedAt - b.elapsedAt);
  /** Ids of deadlines in the heap, so that a record touched often is not filed often. */
  private readonly filed = new Set<string>();
  /** Monotonic minus server time when a clock was first filed, by record, clock and start. */
  private readonly starts = new Map<string, number>();
  private readonly state: StateReader;
  private readonly clock: Clock;

  constructor(state: StateReader, clock: Clock) {
    this.state = state;
    this.clock = clock;
  }

  /** At start: of every record that may have one. */
  fileAll(refs: Iterable<Ref>): void {
    for (const { type, id } of refs) this.file({ type, id });
  }

  /** Files a touched or dependent record's deadlines. */
  file(ref: Ref): void {
    const deadlines = this.deadlinesOf(ref);
    if (deadlines.length === 0) return;
    for (const deadline of deadlines) {
      const key = keyOf(deadline);
      if (this.filed.has(key)) continue;
      this.filed.add(key);
      // Server time is cut to whole ms: without the 1 a deadline would be over by it too early.
      const elapsedAt = deadline.at + this.aheadAtStart(deadline) + 1;
      const armed = { deadline, elapsedAt, done: false };
      this.byTime.push(armed);
      this.byElapsed.push(armed);
    }
  }

  /** Commands for everything that is due at `now`, or whose time has passed, and still true. */
  due(now: number): SystemCommand[] {
    const mono = this.clock.monotonic();
    const over = [
      ...taken(this.byTime, ({ deadline }) => deadline.at <= now),
      ...taken(this.byElapsed, ({ elapsedAt }) => elapsedAt <= mono),
    ];
    return over.flatMap(({ deadline }) => {
      this.filed.delete(keyOf(deadline));
      return this.stillTrue(deadline) ? [commandOf(deadline, deadline.at > now)] : [];
    });
  }

  private aheadAtStart({ ref, clock, startSeq }: Deadline): number {
    const key = `${ref.type}:${ref.id}:${clock}:${startSeq}`;
    const known = this.starts.get(key);
    if (known !== undefined) return known;
    if (this.starts.size >= MOST_STARTS) this.starts.clear();
    const ahead = this.clock.monotonic() - this.clock.now();
    this.starts.set(key, ahead);
    return ahead;
  }

  /** Server ms of the earliest deadline. */
  nextAt(): number | undefined {
    return first(this.byTime)?.deadline.at;
  }

  private deadlinesOf(ref: Ref): readonly Deadline[] {
    const record = getRef(this.state, ref);
    return record ? moduleOf(ref.type).deadlines(record as never, this.state) : [];
  }

  private stillTrue(deadline: Deadline): boolean {
    const id = deadlineCommandId(deadline);
    return this.deadlinesOf(deadline.ref).some(
      (d) => deadlineCommandId(d) === id && d.at <= deadline.at,
    );
  }
}

const keyOf = (deadline: Deadline): string => `${deadlineCommandId(deadline)}@${deadline.at}`;

/** The earliest that the other queue has not yielded yet. */
function first(queue: TinyQueue<Armed>): Armed | undefined {
  while (queue.peek()?.done) queue.pop();
  return queue.peek();
}

function taken(queue: TinyQueue<Armed>, isOver: (armed: Armed) => boolean): Armed[] {
  const out: Armed[] = [];
  for (let next = first(queue); next && isOver(next); next = first(queue)) {
    next.done = true;
    out.push(next);
  }
  return out;
}

const commandOf = (d: Deadline, elapsed: boolean): SystemCommand => ({
  id: deadlineCommandId(d),
  kind: RAISE_CLOCK,
  ref: d.ref,
  payload: { clock: d.clock, startSeq: d.startSeq, level: d.level },
  ...(elapsed ? { elapsed: true } : {}),
});

/** How many levels one scan may raise of one record (a boot long after several came due). */
const ROUNDS_PER_SCAN = 8;

/**
 * One scan: issues what is due as `system`; a level raised may make the next one due at once (a
 * boot long after), so it looks again.
 * @returns how many commands were issued.
 */
export async function scanOnce(
  heap: DeadlineHeap,
  now: () => number,
  issue: (command: SystemCommand) => Promise<unknown>,
): Promise<number> {
  let issued = 0;
  for (let round = 0; round < ROUNDS_PER_SCAN; round += 1) {
    const due = heap.due(now());
    if (due.length === 0) break;
    issued += due.length;
    // A command that the store refused is filed again, or an alarm would be lost with it.
    await Promise.all(due.map((command) => issue(command).catch(() => heap.file(command.ref))));
  }
  return issued;
}
