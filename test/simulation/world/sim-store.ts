import type { Chance } from "../../../client/simulator/chance.ts";
import { type MemoryLogMedium, openMemoryLog } from "../../../server/log/log-memory.ts";
import { type Commit, type LogStore, LogStoreError } from "../../../server/log/log-store.ts";
import type { VaultRows } from "../../../server/vault/vault-rows.ts";
import type { Life, VirtualTime } from "./virtual-time.ts";

/**
 * - REFUSES: a full disk or a read-only store: appends fail, reads answer.
 * - ABSENT: nothing answers but an error.
 * - HANGS: appends are answered when the store is well again, like a hung fsync.
 * - UNCLEAR: the write happened, or did not; the answer does not tell.
 * - SLOW: well, but each append takes up to 300 ms.
 */
export const STORE_FAULTS = ["REFUSES", "ABSENT", "HANGS", "UNCLEAR", "SLOW"] as const;
export type StoreFault = (typeof STORE_FAULTS)[number];

export interface StoreWatcher {
  /** A process asked for this append: its decision is as old as this moment. */
  asked(commit: Commit): void;
  /** It stands in the log from this moment on. */
  stored(commit: Commit): void;
}

/** What a process asks after its end reaches nobody. */
const NEVER = new Promise<never>(() => {});

/** The log's disk, its faults and its latencies; it outlives every process that opens it. */
export class SimStore {
  readonly medium: MemoryLogMedium;
  fault: StoreFault | undefined;
  private readonly disk: LogStore;
  private readonly held: (() => void)[] = [];
  private readonly time: VirtualTime;
  private readonly chance: Chance;
  private readonly watcher: StoreWatcher;
  /** A write that was on its way when its process died may still arrive: a database over a network. */
  private readonly outlivesProcess: boolean;

  constructor(
    time: VirtualTime,
    chance: Chance,
    watcher: StoreWatcher,
    options: { readonly outlivesProcess: boolean; readonly medium: MemoryLogMedium },
  ) {
    this.time = time;
    this.chance = chance;
    this.watcher = watcher;
    this.outlivesProcess = options.outlivesProcess;
    this.medium = options.medium;
    this.disk = openMemoryLog(this.medium);
  }

  /** Well again: what hung goes on. */
  heal(): void {
    this.fault = undefined;
    for (const goOn of this.held.splice(0)) goOn();
  }

  /** The store as one process sees it. */
  open(life: Life): LogStore {
    const { disk } = this;
    return {
      append: (commit, commandIds) => this.append(life, commit, commandIds),
      read: (after, limit) => this.asked(life, () => disk.read(after, limit)),
      tail: () => this.asked(life, () => disk.tail()),
      probe: () => this.probe(life),
      findCommand: (id) => this.asked(life, () => disk.findCommand(id)),
      close: () => disk.close(),
    };
  }

  private async asked<T>(life: Life, read: () => Promise<T>): Promise<T> {
    if (!life.alive) return NEVER;
    await this.time.pause(this.chance.whole(0, 2), life);
    if (this.fault === "ABSENT") throw new LogStoreError("UNAVAILABLE", "the store is absent");
    return read();
  }

  private async probe(life: Life): Promise<void> {
    await this.time.pause(this.chance.whole(1, 3), life);
    if (this.fault === "HANGS") await new Promise<void>((resolve) => this.held.push(resolve));
    const { fault } = this;
    if (fault !== undefined && fault !== "SLOW")
      throw new LogStoreError("UNAVAILABLE", `the probe: ${fault}`);
  }

  private append(
    life: Life,
    commit: Commit,
    commandIds: readonly string[],
  ): ReturnType<LogStore["append"]> {
    if (!life.alive) return NEVER;
    this.watcher.asked(commit);
    const slow = this.fault === "SLOW" ? 300 : 3;
    return new Promise((resolve, reject) => {
      const arrive = (): void => {
        if (!life.alive && !this.outlivesProcess) return;
        if (this.fault === "HANGS") this.held.push(arrive);
        else
          this.carriedOut(commit, commandIds).then(
            (result) => this.time.after(this.chance.whole(0, 3), () => resolve(result), life),
            (error) => this.time.after(this.chance.whole(0, 3), () => reject(error), life),
          );
      };
      this.time.after(this.chance.whole(1, slow), arrive);
    });
  }

  private async carriedOut(
    commit: Commit,
    commandIds: readonly string[],
  ): ReturnType<LogStore["append"]> {
    const { fault } = this;
    if (fault === "REFUSES" || fault === "ABSENT")
      throw new LogStoreError("UNAVAILABLE", `commit ${commit.seq}: ${fault}`);
    if (fault !== "UNCLEAR") return this.write(commit, commandIds);
    if (this.chance.happens(0.5)) await this.write(commit, commandIds);
    throw new LogStoreError("UNCLEAR", `commit ${commit.seq}: written or not`);
  }

  private async write(
    commit: Commit,
    commandIds: readonly string[],
  ): ReturnType<LogStore["append"]> {
    const result = await this.disk.append(commit, commandIds);
    if (result === "APPENDED") this.watcher.stored(commit);
    return result;
  }
}

/** Rows of the vault with a little latency, gone while `isGone` says so. */
export function slowRows(
  rows: VaultRows,
  life: Life,
  { time, chance, isGone }: { time: VirtualTime; chance: Chance; isGone: () => boolean },
): VaultRows {
  const slow =
    <A extends unknown[], R>(call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      await time.pause(chance.whole(0, 2), life);
      if (isGone()) throw new Error("the vault is absent");
      return call(...args);
    };
  return {
    insertKey: slow(rows.insertKey),
    findKeys: slow(rows.findKeys),
    insertSubject: slow(rows.insertSubject),
    findSubject: slow(rows.findSubject),
    deleteSubject: slow(rows.deleteSubject),
    insertText: slow(rows.insertText),
    findTexts: slow(rows.findTexts),
    deleteScope: slow(rows.deleteScope),
    close: rows.close,
  };
}
