import type { DomainEvent, EventMeta } from "../../shared/domain/kernel/event.ts";
import { checkOpenable, type Expectations } from "../log/check-openable.ts";
import { parseCommitBody, type RecordedCommand } from "../log/commit-body.ts";
import { type HashAlg, hash8, hashCommit } from "../log/hash-chain.ts";
import type { Commit, LogStore } from "../log/log-store.ts";
import { type Tail, TimelineIndex, tailOf } from "./history.ts";
import type { KeptState } from "./kept-state/kept-state.ts";
import { KnownCommands } from "./known-commands.ts";
import { domainEvent, foldRecorded, metaOf } from "./recorded.ts";
import { Overlay, World } from "./world.ts";

/** A commit as applied here, for those who project it. */
export interface AppliedCommit {
  readonly tail: Tail;
  readonly overlay: Overlay;
  readonly events: readonly { readonly event: DomainEvent; readonly meta: EventMeta }[];
}

/** Refuses to open or to follow a log; the message is for the person who starts the server. */
export class LogRefused extends Error {}

const READ_CHUNK = 500;

/**
 * This process's copy of the log's state: world, tail, known command ids, timeline index. Commits
 * enter in order only, whether written here or by another process.
 */
export class Replica {
  readonly world = new World();
  readonly known = new KnownCommands();
  readonly timelines = new TimelineIndex((ref) => this.world.sleeper(ref)?.commits());
  private at: Tail = { seq: -1, hash: "0".repeat(64), at: 0 };
  private algorithm: HashAlg = "sha256";
  private readonly log: Pick<LogStore, "read">;
  private readonly expected: Expectations;
  /** Called inside `apply`, after the overlay is complete and before it becomes the world. */
  onApply: ((commit: AppliedCommit) => (() => void) | undefined) | undefined;

  /** Sees every commit, those of the replay too, before it becomes the world. */
  onFolded: ((commit: AppliedCommit) => void) | undefined;

  constructor(log: Pick<LogStore, "read">, expected: Expectations) {
    this.log = log;
    this.expected = expected;
  }

  get tail(): Tail {
    return this.at;
  }

  get alg(): HashAlg {
    return this.algorithm;
  }

  hash8(): string {
    return hash8(this.at.hash);
  }

  /**
   * Begins with a state that was kept instead of an empty one.
   * @param genesis commit 0 of the log that the state was folded from.
   * @throws LogRefused as the replay of that commit would.
   */
  startFrom(genesis: Commit, { tail, types, seqs }: KeptState): void {
    if (this.at.seq >= 0) throw new Error("a replica begins once");
    this.openGenesis(genesis);
    if (hashCommit(genesis, this.algorithm) !== genesis.hash)
      throw new LogRefused("commit 0: the hash chain is broken");
    for (const type of types) this.world.restore(type);
    for (const { ref, commits } of seqs) this.timelines.restore(ref, commits);
    this.known.startAfter(tail.seq);
    this.at = tail;
  }

  /** Reads and applies everything after the tail. Returns how many commits came in. */
  async catchUp(): Promise<number> {
    let count = 0;
    for (;;) {
      const commits = await this.readFromTail();
      for (const commit of commits) this.applyForeign(commit);
      count += commits.length;
      if (commits.length < READ_CHUNK) return count;
    }
  }

  /** Everything after the tail, and the tail itself to see that it is still there. */
  private async readFromTail(): Promise<readonly Commit[]> {
    const { seq, hash } = this.at;
    if (seq < 0) return this.log.read(seq, READ_CHUNK);
    const [tail, ...after] = await this.log.read(seq - 1, READ_CHUNK + 1);
    if (tail?.seq === seq && tail.hash === hash) return after;
    throw new LogRefused(`the store no longer holds commit ${seq} that this server stands on`);
  }

  /** Applies a commit that was read from the store: chain checked, body parsed, events folded. */
  private applyForeign(commit: Commit): void {
    if (commit.seq !== this.at.seq + 1)
      throw new LogRefused(`commit ${commit.seq} follows ${this.at.seq}`);
    if (commit.seq === 0) this.openGenesis(commit);
    if (commit.prevHash !== this.at.hash || hashCommit(commit, this.algorithm) !== commit.hash) {
      throw new LogRefused(`commit ${commit.seq}: the hash chain is broken`);
    }
    const parsed = parseCommitBody(commit.body);
    if (!parsed.ok) throw new LogRefused(`commit ${commit.seq}: ${parsed.message}`);
    const overlay = new Overlay(this.world);
    for (const command of parsed.body.commands) {
      for (const event of command.events) {
        if (!this.expected.knownEventTypes.has(event.type)) {
          throw new LogRefused(
            `commit ${commit.seq}: this program does not know the event ${event.type}`,
          );
        }
      }
      foldRecorded(overlay, command, metaOf(command, commit.seq, commit.at));
    }
    this.apply(commit, overlay, parsed.body.commands);
  }

  /** Publishes a durable commit that was decided here, or read from the store. */
  apply(commit: Commit, overlay: Overlay, commands: readonly RecordedCommand[]): void {
    const tail = tailOf(commit);
    const events = commands.flatMap((command) => {
      const meta = metaOf(command, commit.seq, commit.at);
      return command.events.map((recorded) => ({ event: domainEvent(recorded), meta }));
    });
    this.onFolded?.({ tail, overlay, events });
    const after = this.onApply?.({ tail, overlay, events });
    for (const { event } of events) this.timelines.add(event.ref, commit.seq);
    overlay.mergeInto(this.world);
    this.at = tail;
    const where = { seq: commit.seq, hash8: hash8(commit.hash), at: commit.at };
    for (const { id, payloadHash, actor } of commands)
      this.known.add(id, { ...where, payloadHash, actor });
    after?.();
  }

  private openGenesis(commit: Commit): void {
    const opened = checkOpenable(commit, this.expected);
    if (!opened.ok) throw new LogRefused(opened.message);
    this.algorithm = opened.genesis.alg;
  }
}
