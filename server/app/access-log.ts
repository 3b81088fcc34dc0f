import { BODY_VERSION, encodeCommitBody, type RecordedCommand } from "../log/commit-body.ts";
import { type HashAlg, sealCommit } from "../log/hash-chain.ts";
import type { LogStore } from "../log/log-store.ts";
import type { Vault } from "../vault/vault.ts";
import { type AccessEntry, StoreUnavailable } from "./api.ts";
import { appendSurely } from "./append.ts";
import type { Clock } from "./clock.ts";
import { type Tail, tailOf } from "./history.ts";
import { within } from "./patience.ts";
import { textId } from "./texts.ts";

interface Waiting {
  readonly entry: AccessEntry;
  readonly at: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

export interface AccessLogDeps {
  readonly log: LogStore;
  readonly clock: Clock;
  readonly node: string;
  readonly alg: HashAlg;
  readonly pause: (ms: number) => Promise<void>;
  /** Chance comes in through the door: ids of the entries. */
  readonly newId: () => string;
  /** Reasons are free text: they may hold a name, so they go where they can be forgotten. */
  readonly vault: Vault;
}

/** Whoever waits for the record of a look waits no longer; many do, so how many is bounded too. */
const PATIENCE_MS = 3_000;
const QUEUE_LIMIT = 1_000;

/**
 * The second stream of the same kind of log: every look at personal data, every refused attempt at
 * one, every sign-in. An answer that shows personal data waits until its entry is durable.
 */
export class AccessLog {
  private tail: Tail | undefined;
  private queue: Waiting[] = [];
  private writing = false;
  private readonly deps: AccessLogDeps;

  constructor(deps: AccessLogDeps) {
    this.deps = deps;
  }

  /**
   * Resolves when the entry is durable. An entry that was given up may still be written: a look
   * that was recorded and not shown does no harm.
   */
  append(entry: AccessEntry): Promise<void> {
    if (this.queue.length >= QUEUE_LIMIT)
      return Promise.reject(new StoreUnavailable("the record of access does not answer"));
    return within(PATIENCE_MS, this.written(entry));
  }

  private written(entry: AccessEntry): Promise<void> {
    return new Promise((resolve, reject) => {
      this.queue.push({ entry, at: this.deps.clock.now(), resolve, reject });
      if (this.writing) return;
      this.writing = true;
      setImmediate(() => {
        // `write` answers every entry itself and never rejects.
        void this.write();
      });
    });
  }

  private async write(): Promise<void> {
    while (this.queue.length > 0) {
      const batch = this.queue;
      this.queue = [];
      try {
        await this.commit(batch);
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.writing = false;
  }

  private async commit(batch: readonly Waiting[]): Promise<void> {
    const { log, clock, node, alg, pause } = this.deps;
    const commands = await Promise.all(batch.map((waiting) => this.recorded(waiting)));
    const body = encodeCommitBody({ v: BODY_VERSION, node, commands });
    for (;;) {
      if (!this.tail) {
        const stored = await log.tail();
        if (stored) this.tail = tailOf(stored);
      }
      const at = Math.max(clock.now(), this.tail?.at ?? 0);
      const commit = sealCommit(this.tail, { at, body }, alg);
      if (
        (await appendSurely(
          log,
          commit,
          commands.map((c) => c.id),
          pause,
        )) === "MINE"
      ) {
        this.tail = tailOf(commit);
        return;
      }
      this.tail = undefined; // another process was first: read the tail again
    }
  }

  private async recorded({ entry, at }: Waiting): Promise<RecordedCommand> {
    const { kind, by, session, courtId, reason, ...about } = entry;
    const id = this.deps.newId();
    const lifted =
      reason === undefined ? {} : { reason: await this.lift(id, reason, about.subject) };
    const actor = by || "anonymous";
    return {
      id,
      kind: `access.${kind}`,
      actor,
      court: courtId,
      session,
      knownSeq: 0,
      knownAt: 0,
      receivedAt: at,
      payloadHash: "",
      events: [
        {
          type: "Accessed",
          ref: { type: "officer", id: actor },
          data: { kind, ...about, ...lifted },
        },
      ],
    };
  }

  private lift(id: string, reason: string, subject: string | undefined) {
    return this.deps.vault.putText(textId(id, "reason"), `access:${subject ?? "general"}`, reason);
  }
}
