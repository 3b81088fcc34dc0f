import TinyQueue from "tinyqueue";
import { type Deadline, deadlineCommandId } from "../../shared/domain/kernel/clock.ts";
import type { Ref } from "../../shared/domain/kernel/ref.ts";
import { getRef, type StateReader } from "../../shared/domain/kernel/state.ts";
import { ENTITY_TYPES, moduleOf } from "../../shared/domain/modules.ts";
import { RAISE_CLOCK } from "../../shared/domain/raise-clock.ts";
import type { SystemCommand } from "./api.ts";

/**
 * Deadlines are derived from records, never remembered by a timer: the heap only says where to
 * look. What it yields is checked against the present state before a command is issued.
 */
export class DeadlineHeap {
  private readonly heap = new TinyQueue<Deadline>([], (a, b) => a.at - b.at);
  /** Ids of deadlines in the heap, so that a record touched often is not filed often. */
  private readonly filed = new Set<string>();
  private readonly state: StateReader;

  constructor(state: StateReader) {
    this.state = state;
  }

  /** Files the deadlines of every record: at start. */
  fileAll(): void {
    for (const type of ENTITY_TYPES)
      for (const { id } of this.state.all(type)) this.file({ type, id });
  }

  /** Files a touched or dependent record's deadlines. */
  file(ref: Ref): void {
    for (const deadline of this.deadlinesOf(ref)) {
      const key = `${deadlineCommandId(deadline)}@${deadline.at}`;
      if (this.filed.has(key)) continue;
      this.filed.add(key);
      this.heap.push(deadline);
    }
  }

  /** Commands for everything that is due at `now` and still true. */
  due(now: number): SystemCommand[] {
    const commands: SystemCommand[] = [];
    for (let next = this.heap.peek(); next && next.at <= now; next = this.heap.peek()) {
      this.heap.pop();
      this.filed.delete(`${deadlineCommandId(next)}@${next.at}`);
      if (this.stillTrue(next)) commands.push(commandOf(next));
    }
    return commands;
  }

  /** Server ms of the earliest deadline. */
  nextAt(): number | undefined {
    return this.heap.peek()?.at;
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

const commandOf = (d: Deadline): SystemCommand => ({
  id: deadlineCommandId(d),
  kind: RAISE_CLOCK,
  ref: d.ref,
  payload: { clock: d.clock, startSeq: d.startSeq, level: d.level },
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
