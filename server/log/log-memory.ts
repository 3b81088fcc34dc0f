/** The log in memory, for tests and demonstrations; its faults are methods of the fake. */
import type { AppendResult, Commit, LogStore } from "./log-store.ts";
import { LogStoreError } from "./log-store.ts";

/** What lies "on disk": several stores may be opened on one medium, as several processes would. */
export interface MemoryLogMedium {
  readonly commits: Commit[];
  readonly seqByCommandId: Map<string, number>;
}

export type AppendFault =
  | { readonly code: "UNAVAILABLE" }
  | { readonly code: "UNCLEAR"; readonly stored: boolean };

export interface MemoryLog extends LogStore {
  /** The next append meets this fault; calls queue up. */
  failNextAppend(fault: AppendFault): void;
  /** From now on nothing can be written, as on a full disk, until the returned function is called. */
  refuseWrites(): () => void;
  /** Appends hang until the returned function is called, like a hung fsync. */
  holdAppends(): () => void;
}

export function createMemoryLogMedium(): MemoryLogMedium {
  return { commits: [], seqByCommandId: new Map() };
}

export function openMemoryLog(medium = createMemoryLogMedium()): MemoryLog {
  const faults: AppendFault[] = [];
  let gate: Promise<void> = Promise.resolve();
  let isFull = false;
  const requireRoom = () => {
    if (isFull) throw new LogStoreError("UNAVAILABLE", "the memory log was told to be full");
  };
  return {
    refuseWrites: () => {
      isFull = true;
      return () => {
        isFull = false;
      };
    },
    failNextAppend: (fault) => {
      faults.push(fault);
    },
    holdAppends: () => {
      const held = Promise.withResolvers<void>();
      gate = held.promise;
      return held.resolve;
    },
    append: async (commit, commandIds) => {
      await gate;
      requireRoom();
      const fault = faults.shift();
      if (fault === undefined) return appendTo(medium, commit, commandIds);
      if (fault.code === "UNCLEAR" && fault.stored) appendTo(medium, commit, commandIds);
      throw new LogStoreError(fault.code, `commit ${commit.seq}: the memory log was told to fail`);
    },
    read: async (after, limit) => {
      const from = Math.max(0, after + 1);
      return medium.commits.slice(from, from + limit);
    },
    tail: async () => medium.commits.at(-1),
    findCommand: async (id) => medium.seqByCommandId.get(id),
    probe: async () => {
      await gate;
      requireRoom();
    },
    close: async () => {},
  };
}

function appendTo(
  medium: MemoryLogMedium,
  commit: Commit,
  commandIds: readonly string[],
): AppendResult {
  const next = medium.commits.length;
  if (commit.seq < next) return "CONFLICT";
  if (commit.seq > next) {
    throw new LogStoreError("CORRUPT", `commit ${commit.seq} does not follow the tail ${next - 1}`);
  }
  medium.commits.push({ ...commit });
  for (const id of commandIds) {
    if (!medium.seqByCommandId.has(id)) medium.seqByCommandId.set(id, commit.seq);
  }
  return "APPENDED";
}
