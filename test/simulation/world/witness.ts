import { parseCommitBody, type RecordedCommand } from "../../../server/log/commit-body.ts";
import { hash8 } from "../../../server/log/hash-chain.ts";
import type { MemoryLogMedium } from "../../../server/log/log-memory.ts";
import type { Commit } from "../../../server/log/log-store.ts";
import type { CommandAnswer } from "../../../shared/wire/command.ts";
import { AlarmBook, type Stamp } from "./alarm-book.ts";
import type { VirtualTime } from "./virtual-time.ts";

type Where = { readonly seq: number; readonly hash8: string };

/**
 * Sees what really happens, in true time: what was asked of the store, what it holds, what was
 * answered, what a sender was told. It knows nothing of how the program works inside; what must
 * never be seen is a `problem`.
 */
export class Witness {
  readonly problems: string[] = [];
  readonly alarms: AlarmBook;
  readonly counts = {
    commits: 0,
    commands: 0,
    answered: 0,
    duplicates: 0,
    refused: 0,
    twisted: 0,
    journalled: 0,
  };
  private readonly held = new Map<string, Where>();
  private readonly told = new Map<string, Where>();
  private readonly inJournal = new Set<string>();
  /** True ms at which it was first durable there. */
  private readonly journalledAt = new Map<string, number>();
  private readonly promised = new Set<string>();
  private readonly refused = new Set<string>();
  private readonly saved = new Set<string>();
  /** Commands that call for help. */
  readonly sos = new Set<string>();
  private readonly decidedAt = new Map<string, number>();
  private readonly knownAt = new Map<number, number>();
  private known: number;
  private readonly time: VirtualTime;

  constructor(time: VirtualTime, medium: MemoryLogMedium) {
    this.time = time;
    this.alarms = new AlarmBook(time, (text) => this.problem(text));
    this.known = medium.commits.length - 1;
    for (const commit of medium.commits) this.hold(commit);
  }

  problem(text: string): void {
    const at = ((this.time.now - this.alarms.beganAt) / 1_000).toFixed(3);
    this.problems.push(`${at} s: ${text}`);
  }

  asked(commit: Commit): void {
    if (!this.decidedAt.has(commit.hash)) this.decidedAt.set(commit.hash, this.time.now);
  }

  stored(commit: Commit): void {
    this.counts.commits += 1;
    const decidedAt = this.decidedAt.get(commit.hash) ?? this.time.now;
    for (const command of this.hold(commit)) {
      this.counts.commands += 1;
      const stamp = this.journalStamp(command) ?? {
        at: commit.at,
        decidedAt,
        // A write that hung and happened all the same: the journal had rung meanwhile.
        doneAt: this.decidedAt.get(command.id) ?? this.time.now,
      };
      this.keepsJournal(command.id, stamp);
      for (const event of command.events) this.alarms.event(event, stamp);
    }
  }

  journalAsked(entry: string): void {
    for (const key of [journalKey(entry), idOfEntry(entry)])
      if (!this.decidedAt.has(key)) this.decidedAt.set(key, this.time.now);
  }

  journalled(entry: string): void {
    this.counts.journalled += 1;
    const id = idOfEntry(entry);
    this.inJournal.add(id);
    if (!this.journalledAt.has(id)) this.journalledAt.set(id, this.time.now);
  }

  /** What a journal kept is decided as it was kept, not anew when its sender comes again. */
  private keepsJournal(id: string, { decidedAt }: Stamp): void {
    const keptAt = this.journalledAt.get(id);
    if (keptAt !== undefined && decidedAt > keptAt && this.sos.has(id))
      this.problem(`INV-15 ${id} was journalled, and decided anew ${decidedAt - keptAt} ms later`);
  }

  /** What was decided in the journal keeps its times; the alarm rang then. */
  private journalStamp({ id, journalledAt }: RecordedCommand): Stamp | undefined {
    if (journalledAt === undefined) return undefined;
    const decidedAt = this.decidedAt.get(`${id} ${journalledAt}`);
    if (decidedAt === undefined) {
      this.problem(`INV-15 ${id} says that it was journalled at ${journalledAt}, and it was not`);
      return undefined;
    }
    return { at: journalledAt, decidedAt, doneAt: decidedAt };
  }

  /** An answer leaves the server: at this moment it must be true. */
  answered(answer: CommandAnswer): void {
    if (answer.outcome === "REFUSED") {
      this.counts.refused += 1;
      this.refused.add(answer.id);
      return;
    }
    this.counts.answered += 1;
    if (answer.outcome === "JOURNALLED") {
      if (!this.isKept(answer.id))
        this.problem(`INV-15 ${answer.id} was journalled before the journal held it`);
      this.promised.add(answer.id);
      return;
    }
    const held = this.held.get(answer.id);
    if (!held) this.problem(`INV-2 ${answer.id} was accepted before the log held it`);
    this.compare(answer, held, "the answer");
    const before = this.told.get(answer.id);
    if (before) {
      this.counts.duplicates += 1;
      this.compare(answer, before, "its first answer");
    }
    this.told.set(answer.id, { seq: answer.seq, hash8: answer.hash8 });
  }

  /** A phone says that it has this on its disk: from now on it cannot be lost. */
  savedOnPhone(id: string): void {
    this.saved.add(id);
  }

  holds(id: string): boolean {
    return this.held.has(id);
  }

  /** A sender shows a command as journalled. */
  shownAsJournalled(id: string): void {
    if (!this.isKept(id)) this.problem(`INV-6 ${id} is shown as journalled and is not`);
  }

  private isKept(id: string): boolean {
    return this.inJournal.has(id) || this.held.has(id);
  }

  /**
   * A sender shows a command as stored. What came through the journal is settled by a record that
   * names it, so the sender knows only by which commit it was there.
   */
  shownAsStored(id: string, seq: number): void {
    const held = this.held.get(id);
    if (!held) this.problem(`INV-6 ${id} is shown as stored and is not in the log`);
    else if (held.seq !== seq && !(this.inJournal.has(id) && held.seq < seq))
      this.problem(`INV-6 ${id} is shown in ${seq} and lies in ${held.seq}`);
  }

  /** The server stands at `tail` now: from here on its glasses owe what came up to there. */
  serverKnows(tail: number): void {
    for (let seq = this.known + 1; seq <= tail; seq += 1) this.knownAt.set(seq, this.time.now);
    this.known = Math.max(this.known, tail);
  }

  /** True ms since which the server knows the first commit after `seq`; nothing when there is none. */
  behindSince(seq: number): number | undefined {
    return this.knownAt.get(seq + 1);
  }

  /** At the end: whatever was ever accepted is in the log as it was said. */
  judge(medium: MemoryLogMedium): void {
    const ids = medium.commits.flatMap((commit) => commandsOf(commit).map(({ id }) => id));
    const once = new Set(ids);
    if (once.size !== ids.length) this.problem("INV-3 a command stands in the log twice");
    for (const [id, said] of this.told) {
      const held = this.held.get(id);
      if (!once.has(id) || !held) this.problem(`INV-1 ${id} was accepted and is lost`);
      else this.compare({ id, ...said }, held, "what was told");
    }
    this.judgeSenders(once);
    this.alarms.judge();
  }

  private judgeSenders(once: ReadonlySet<string>): void {
    for (const id of this.saved)
      if (!once.has(id) && !this.refused.has(id))
        this.problem(`INV-5 ${id} was saved on a phone and never came`);
    // An acknowledgement may be refused by the state that it meets at the import; a call for help not.
    for (const id of this.promised)
      if (this.sos.has(id) && !once.has(id))
        this.problem(`INV-15 ${id} was journalled and is lost`);
  }

  private hold(commit: Commit): readonly RecordedCommand[] {
    const commands = commandsOf(commit);
    for (const { id } of commands) {
      if (this.held.has(id)) this.problem(`INV-3 ${id} took effect twice`);
      this.held.set(id, { seq: commit.seq, hash8: hash8(commit.hash) });
    }
    return commands;
  }

  private compare(said: Where & { readonly id: string }, held: Where | undefined, what: string) {
    if (held && (held.seq !== said.seq || held.hash8 !== said.hash8)) {
      this.problem(`INV-3 ${said.id}: ${what} says ${said.seq}, the log ${held.seq}`);
    }
  }
}

interface Entry {
  readonly at: number;
  readonly prepared: { readonly command: { readonly id: string } };
}

const idOfEntry = (entry: string): string => (JSON.parse(entry) as Entry).prepared.command.id;

const journalKey = (entry: string): string =>
  `${idOfEntry(entry)} ${(JSON.parse(entry) as Entry).at}`;

function commandsOf(commit: Commit): readonly RecordedCommand[] {
  const parsed = parseCommitBody(commit.body);
  return parsed.ok ? parsed.body.commands : [];
}
