/**
 * Who works on this database? MongoDB holds no lock for an application, so each process that has
 * the stores open counts up in a document of its own; whoever counts is there.
 */
import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import type { Db } from "mongodb";

interface PresenceDocument {
  readonly _id: string;
  readonly host: string;
  readonly pid: number;
  readonly beat: number;
}

const COLLECTION = "presence";
const BEAT_MS = 1_000;
/** Long enough for a process whose event loop hangs for some seconds. */
const LISTEN_MS = 5_000;

/** @returns what takes the document away again. */
export async function announcePresence(db: Db): Promise<() => Promise<void>> {
  const presence = db.collection<PresenceDocument>(COLLECTION);
  const _id = randomUUID();
  const me = { host: hostname(), pid: process.pid };
  let beat = 0;
  let writing: Promise<unknown> | undefined;
  const write = () => {
    beat += 1;
    return presence.replaceOne({ _id }, { ...me, beat }, { upsert: true });
  };
  await write();
  const timer = setInterval(() => {
    // One at a time: a store that hangs must not be asked ever more. Its failure shows elsewhere.
    writing ??= write()
      .catch(() => undefined)
      .finally(() => {
        writing = undefined;
      });
  }, BEAT_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await writing;
    await presence.deleteOne({ _id }).catch(() => undefined); // it just stops counting
  };
}

/** Listens for some seconds and names who counted meanwhile, as `host, process 123`. */
export async function presentOn(db: Db): Promise<readonly string[]> {
  const presence = db.collection<PresenceDocument>(COLLECTION);
  const before = new Map((await presence.find().toArray()).map(({ _id, beat }) => [_id, beat]));
  await pause(LISTEN_MS);
  const after = await presence.find().toArray();
  const present = after.filter(({ _id, beat }) => before.get(_id) !== beat);
  return present.map(({ host, pid }) => `${host}, process ${pid}`);
}
