/**
 * The log in MongoDB: `_id` is `seq`, so the insert is the compare-and-set. The program needs no
 * other right on the collection than insert and find.
 */
import type { Abortable, Collection, InsertOneOptions, ReplaceOptions } from "mongodb";
import { Binary, MongoServerError } from "mongodb";
import type { AppendResult, Commit, LogStore } from "./log-store.ts";
import { LogStoreError, PROBE_BYTES } from "./log-store.ts";
import { makeCollections } from "./mongo-collections.ts";
import type { MongoConnection } from "./mongo-connection.ts";
import { appendErrorFrom, readErrorFrom } from "./mongo-errors.ts";
import { storedCommit } from "./stored-commit.ts";

export interface MongoLogOptions {
  /** `commits` for the log, `access` for the record of reveals. */
  readonly collection: string;
  /** For tools that only look: makes no index. */
  readonly readOnly?: boolean;
}

interface CommitDocument extends Omit<Commit, "seq"> {
  readonly _id: number;
  readonly commandIds: readonly string[];
}

interface ProbeDocument {
  readonly _id: string;
  readonly room: Binary;
}

const PROBES = "probes";
const DUPLICATE_KEY = 11000;
const UNAUTHORIZED = 13;

/** Closing the log leaves the connection open: it is shared. */
export async function openMongoLog(
  connection: MongoConnection,
  options: MongoLogOptions,
): Promise<LogStore> {
  const commits = connection.db.collection<CommitDocument>(options.collection);
  if (options.readOnly !== true) {
    await reported(makeCollections(connection.db, [options.collection, PROBES]));
    await reported(createCommandIndex(commits));
  }
  /** The highest seq known to be stored. Nothing is ever removed, so it can only be too low. */
  let known = -1;
  const seen = (seq: number) => {
    known = Math.max(known, seq);
  };

  /**
   * Each call is given up at its bound. The driver's own bounds of its parts leave a wait open: what
   * the socket does not take at once waits for ever when that connection goes (LOG-33).
   */
  const bound = (): Abortable => ({ signal: AbortSignal.timeout(connection.timeoutMs) });

  const requirePredecessor = async (seq: number) => {
    if (seq <= known + 1) return;
    const previous = await reported(
      commits.findOne({ _id: seq - 1 }, { projection: { _id: 1 }, ...bound() }),
    );
    if (previous !== null) return seen(seq - 1);
    throw new LogStoreError("CORRUPT", `commit ${seq} was refused: commit ${seq - 1} is missing`);
  };

  return {
    append: async (commit, commandIds) => {
      await requirePredecessor(commit.seq);
      const result = await insert(commits, commit, commandIds, bound());
      seen(commit.seq);
      return result;
    },
    read: async (after, limit) => {
      const found = commits.find({ _id: { $gt: after } }, { sort: { _id: 1 }, limit, ...bound() });
      const read = (await reported(found.toArray())).map(fromDocument);
      seen(read.at(-1)?.seq ?? -1);
      return read;
    },
    tail: async () => {
      const last = await reported(commits.findOne({}, { sort: { _id: -1 }, ...bound() }));
      if (last === null) return undefined;
      seen(last._id);
      return fromDocument(last);
    },
    findCommand: async (id) => {
      const options = { sort: { _id: 1 }, projection: { _id: 1 } } as const;
      const found = await reported(commits.findOne({ commandIds: id }, { ...options, ...bound() }));
      return found?._id;
    },
    probe: async () => {
      const room = new Binary(new Uint8Array(PROBE_BYTES));
      // Beside the log: on its own collections the program needs no right but insert and find.
      const probes = connection.db.collection<ProbeDocument>(PROBES);
      const manner: ReplaceOptions & Abortable = { upsert: true, ...bound() };
      await probed(probes.replaceOne({ _id: options.collection }, { room }, manner));
    },
    close: async () => {},
  };
}

async function insert(
  commits: Collection<CommitDocument>,
  commit: Commit,
  commandIds: readonly string[],
  manner: InsertOneOptions & Abortable,
): Promise<AppendResult> {
  const { seq, ...rest } = commit;
  try {
    await commits.insertOne({ _id: seq, ...rest, commandIds: [...new Set(commandIds)] }, manner);
    return "APPENDED";
  } catch (error) {
    if (error instanceof MongoServerError && error.code === DUPLICATE_KEY) return "CONFLICT";
    throw appendErrorFrom(error);
  }
}

/** Plain: a unique index over an array guarantees nothing, and appending already does. */
async function createCommandIndex(commits: Collection<CommitDocument>): Promise<void> {
  try {
    await commits.createIndex({ commandIds: 1 });
  } catch (error) {
    // Where the program may only insert and find, an administrator makes the index.
    if (!(error instanceof MongoServerError && error.code === UNAUTHORIZED)) throw error;
  }
}

function fromDocument({ _id, ...rest }: CommitDocument): Commit {
  return storedCommit({ seq: _id, ...rest });
}

/** Whether it was written is all the same; that nobody can say so is what was asked. */
async function probed(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    throw appendErrorFrom(error);
  }
}

async function reported<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw readErrorFrom(error);
  }
}
