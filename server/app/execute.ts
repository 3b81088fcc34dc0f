import { BODY_VERSION, encodeCommitBody } from "../log/commit-body.ts";
import { sealCommit } from "../log/hash-chain.ts";
import type { LogStore } from "../log/log-store.ts";
import { StoreSilent, StoreUnavailable } from "./api.ts";
import { appendSurely } from "./append.ts";
import type { Clock } from "./clock.ts";
import { Contention } from "./contention.ts";
import { type DecidedBatch, decideBatch, type Verdict } from "./decide-batch.ts";
import type { Emergency } from "./emergency.ts";
import type { KnownCommand } from "./known-commands.ts";
import type { After } from "./patience.ts";
import type { Outcome, Pending, PreparedCommand } from "./pending.ts";
import { readKnown } from "./read-known.ts";
import type { Replica } from "./replica.ts";

/** A batch is bounded so that its patches stay small and its answers prompt. */
const BATCH_LIMIT = 64;
/** Whoever waits for the store for longer is told so, and comes again with the same id. */
const HUNG_MS = 2_000;
const SILENT = "the store does not answer";

export interface ExecuteDeps {
  readonly log: LogStore;
  readonly replica: Replica;
  readonly clock: Clock;
  readonly node: string;
  readonly pause: (ms: number) => Promise<void>;
  /** Whether other processes may append to the same log. */
  readonly severalWriters: boolean;
  /** Whether these are nodes that may write as much as this one: more than a tool beside it. */
  readonly isOneOfSeveral?: boolean;
  /** After every append attempt: for metrics and the store's mode. */
  readonly onAppend?: (result: { ms: number; ok: boolean; commands: number }) => void;
  /** A commit of this process stands in the log: others may want to know. */
  readonly onCommitted?: () => void;
  /** Same id, another payload or actor: a security event. */
  readonly onIdReused?: (prepared: PreparedCommand) => void;
  /** What the emergency journal holds enters the log before anything else does. */
  readonly emergency: Emergency;
  readonly after: After;
}

/** Which commands of a batch had taken effect up to a commit. */
interface OldCommands {
  readonly upTo: number;
  readonly found: ReadonlyMap<string, KnownCommand>;
}

/**
 * From command to commit. Commands that arrive while an append is in flight wait, undecided; when
 * it returns, all that wait are decided together on an overlay, appended as one commit, and only
 * when that is durable is the overlay published and everybody answered.
 */
export class Executor {
  private readonly queue: Pending[] = [];
  private running = false;
  private stopped = false;
  private idle: (() => void)[] = [];
  /** Monotonic ms at which the append in flight began. */
  private appendingSince: number | undefined;
  /** Monotonic ms since which the store is being worked with, and for whom. */
  private busySince: number | undefined;
  private inHand: readonly Pending[] = [];
  private readonly deps: ExecuteDeps;
  private readonly contention: Contention;

  constructor(deps: ExecuteDeps) {
    this.deps = deps;
    this.contention = new Contention(() => deps.clock.monotonic(), deps.isOneOfSeveral === true);
  }

  /** Resolves when the command's fate is durable; rejects with `StoreUnavailable`. */
  submit(prepared: PreparedCommand): Promise<Outcome> {
    if (this.stopped) return Promise.reject(new StoreUnavailable("the server is stopping"));
    if (this.isHung()) return Promise.reject(new StoreSilent(SILENT));
    return new Promise((resolve, reject) => {
      this.queue.push({ prepared, resolve, reject });
      this.schedule();
    });
  }

  /** How long the append in flight has been pending, ms; 0 without one. */
  appendingMs(): number {
    return this.appendingSince === undefined
      ? 0
      : this.deps.clock.monotonic() - this.appendingSince;
  }

  /**
   * Applies what other processes appended, and takes in what the emergency journal holds; serialised
   * with our own appends. Rejects when the log cannot be read.
   * @returns false when it did not look, because commands were being worked on.
   */
  async follow(): Promise<boolean> {
    if (this.running || this.stopped) return false;
    this.running = true;
    try {
      await this.busyFor([], async () => {
        await this.catchUp();
        await this.importHeld().catch(() => undefined); // `onAppend` has heard of it; the next round tries again
      });
      return true;
    } finally {
      this.release();
    }
  }

  /** Whether the work in hand, reading or appending, has kept the store busy for too long. */
  isHung(): boolean {
    const since = this.busySince;
    return since !== undefined && this.deps.clock.monotonic() - since >= HUNG_MS;
  }

  /** The work goes on, and its late result still counts; only the waiting for it is bounded. */
  private async busyFor(batch: readonly Pending[], work: () => Promise<void>): Promise<void> {
    this.busySince = this.deps.clock.monotonic();
    this.inHand = batch;
    const cancel = this.deps.after(HUNG_MS, () => this.letGo());
    try {
      await work();
    } finally {
      cancel();
      this.busySince = undefined;
      this.inHand = [];
    }
  }

  private letGo(): void {
    for (const { reject } of [...this.inHand, ...this.queue.splice(0)])
      reject(new StoreSilent(SILENT));
  }

  /** Takes no more commands, finishes the ones in hand. */
  async stop(): Promise<void> {
    this.stopped = true;
    if (this.running || this.queue.length > 0) {
      await new Promise<void>((resolve) => this.idle.push(resolve));
    }
  }

  // Deferred on purpose: started inside a message handler it made one commit per command.
  private schedule(): void {
    if (this.running) return;
    this.running = true;
    setImmediate(() => {
      // `drain` answers every command itself and never rejects.
      void this.drain().finally(() => this.release());
    });
  }

  private release(): void {
    this.running = false;
    if (this.queue.length > 0) this.schedule();
    else for (const resolve of this.idle.splice(0)) resolve();
  }

  private async drain(): Promise<void> {
    while (this.queue.length > 0) {
      const restMs = this.contention.restMs();
      if (restMs > 0) await this.deps.pause(restMs);
      const batch = this.queue.splice(0, BATCH_LIMIT);
      try {
        await this.busyFor(batch, async () => {
          await this.importHeld();
          await this.runBatch(batch);
        });
      } catch (error) {
        const cause = error instanceof Error ? error : new Error(String(error));
        for (const { reject } of batch) reject(new StoreUnavailable(cause.message, { cause }));
      }
    }
  }

  /** What other processes appended. Returns how many commits came in. */
  private async catchUp(): Promise<number> {
    const { replica, clock } = this.deps;
    const from = clock.monotonic();
    const count = await replica.catchUp();
    this.contention.looked(clock.monotonic() - from);
    if (count > 0) this.contention.sawForeign();
    return count;
  }

  /** Decides and appends until the batch is in, or the store refuses. */
  private async runBatch(batch: readonly Pending[]): Promise<void> {
    const { replica, clock, emergency, severalWriters } = this.deps;
    // Whether the state was that of the log's end at some moment since these commands came. What
    // appends nothing rests on that: asked for more, it would wait for as long as others go on.
    let wasAtEnd = !severalWriters;
    let old: OldCommands | undefined;
    for (;;) {
      if (batch.some((p) => p.prepared.command.knownSeq > replica.tail.seq)) await this.catchUp();
      // What came in since the store was asked is in memory, unless it was more than memory holds.
      if (!old || !replica.known.covers(old.upTo, replica.tail.seq))
        old = await this.lookUpOld(batch);
      const { found } = old;
      // While the store was asked the journal took one of these: it is decided as it was kept there.
      if (emergency.holdsAny(batch.map(({ prepared }) => prepared.command.id))) {
        await this.importHeld();
        continue;
      }
      const now = Math.max(clock.now(), replica.tail.at);
      const seq = replica.tail.seq + 1;
      const decided = decideBatch(
        replica.world,
        batch,
        seq,
        now,
        (id) => replica.known.get(id) ?? found.get(id),
      );
      if (await this.settled(decided, now, wasAtEnd)) {
        this.answer(decided);
        return;
      }
      wasAtEnd = true;
    }
  }

  /** Whether the batch has its answers: its commit is durable, or nothing had to be written. */
  private async settled(decided: DecidedBatch, now: number, wasAtEnd: boolean): Promise<boolean> {
    if (decided.recorded.length === 0) return wasAtEnd || (await this.catchUp()) === 0;
    if (await this.append(decided, now)) return true;
    await this.catchUp();
    return false;
  }

  /** One commit with everything that is held, in its order; then the journal is set aside. */
  private async importHeld(): Promise<void> {
    const { emergency, replica, clock } = this.deps;
    // What comes meanwhile waits for the next turn, or a stream of calls would hold up all else.
    let left = emergency.ids().length;
    while (left > 0 && emergency.isOpen) {
      const old = new Set(await this.idsInStore(emergency.ids()));
      const now = Math.max(clock.now(), replica.tail.at);
      const decided = emergency.decideNext(replica.tail.seq + 1, old);
      if (decided.recorded.length === 0 || (await this.append(decided, now))) {
        emergency.settled(decided);
        left -= decided.entries.length;
      } else await this.catchUp();
    }
  }

  /** Which of these the store holds although memory does not reach back to them. */
  private async idsInStore(
    commands: readonly { readonly id: string; readonly knownSeq: number }[],
  ): Promise<string[]> {
    const { replica, log } = this.deps;
    const found: string[] = [];
    for (const { id, knownSeq } of commands) {
      if (replica.known.get(id) || replica.known.covers(knownSeq, replica.tail.seq)) continue;
      if ((await log.findCommand(id)) !== undefined) found.push(id);
    }
    return found;
  }

  private async append(
    decided: Pick<DecidedBatch, "overlay" | "recorded">,
    now: number,
  ): Promise<boolean> {
    const { replica, log, node, pause, onAppend, onCommitted, clock } = this.deps;
    const body = encodeCommitBody({ v: BODY_VERSION, node, commands: decided.recorded });
    const commit = sealCommit(replica.tail, { at: now, body }, replica.alg);
    const started = clock.monotonic();
    this.appendingSince = started;
    let ok = false;
    try {
      const result = await appendSurely(
        log,
        commit,
        decided.recorded.map((c) => c.id),
        pause,
      );
      ok = true;
      if (result === "THEIRS") {
        this.contention.sawForeign();
        return false;
      }
      this.contention.won();
    } finally {
      this.appendingSince = undefined;
      onAppend?.({ ms: clock.monotonic() - started, ok, commands: decided.recorded.length });
    }
    replica.apply(commit, decided.overlay, decided.recorded);
    onCommitted?.();
    return true;
  }

  /** Ids that memory cannot answer for are asked of the store, before deciding. */
  private async lookUpOld(batch: readonly Pending[]): Promise<OldCommands> {
    const { replica } = this.deps;
    const upTo = replica.tail.seq;
    const found = new Map<string, KnownCommand>();
    for (const { prepared } of batch) {
      const { id, knownSeq } = prepared.command;
      // What memory knows now it may have forgotten when the batch is decided again.
      const known = replica.known.get(id) ?? (await this.storedBefore(id, knownSeq));
      if (known) found.set(id, known);
    }
    return { upTo, found };
  }

  private async storedBefore(id: string, knownSeq: number): Promise<KnownCommand | undefined> {
    const { replica, log } = this.deps;
    if (replica.known.covers(knownSeq, replica.tail.seq)) return undefined;
    const seq = await log.findCommand(id);
    return seq === undefined ? undefined : readKnown(log, id, seq);
  }

  private answer(decided: DecidedBatch): void {
    for (const verdict of decided.verdicts) verdict.pending.resolve(this.outcomeOf(verdict));
  }

  private outcomeOf(verdict: Verdict): Outcome {
    const { replica, onIdReused } = this.deps;
    const { seq, at } = replica.tail;
    const hash8 = replica.hash8();
    switch (verdict.kind) {
      case "RECORD":
      case "TWIN":
        return { ok: true, seq, hash8, at };
      case "KNOWN": {
        const { known } = verdict;
        return { ok: true, seq: known.seq, hash8: known.hash8, at: known.at };
      }
      case "REFUSE":
        if (verdict.refusal.code === "ID_REUSED") onIdReused?.(verdict.pending.prepared);
        return { ok: false, seq, hash8, refusal: verdict.refusal };
    }
  }
}
