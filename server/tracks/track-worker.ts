/** The thread behind `track-thread.ts`: nothing else writes to that folder as long as it lives. */
import { mkdirSync } from "node:fs";
import { flushCompileCache } from "node:module";
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { holdAlone } from "../backup/exclusive.ts";
import { openTrackFiles, type TrackFiles } from "./track-files.ts";
import type {
  NumberedTrackRequest,
  TrackReply,
  TrackRequest,
  TrackThreadOptions,
} from "./track-protocol.ts";
import { type TrackFound, TracksBusy } from "./track-store.ts";

/** Against a power cut: what was answered longer ago is on the disk itself. */
const SYNC_EVERY_MS = 1_000;

async function serve({ dir, keepDays, now }: TrackThreadOptions): Promise<void> {
  const held = await opened(dir, keepDays, now);
  if (!held) return;
  const { files, release } = held;
  flushCompileCache();
  const syncing = setInterval(() => void files.sync(), SYNC_EVERY_MS);
  parentPort?.on("message", ({ id, request }: NumberedTrackRequest) => {
    void answer(id, () => perform(files, request)).then(() => {
      if (request.op !== "close") return;
      clearInterval(syncing);
      release();
      parentPort?.close();
    });
  });
}

interface Held {
  readonly files: TrackFiles;
  /** The folder is held until then, or until this process ends, whatever ends it. */
  readonly release: () => void;
}

async function opened(dir: string, keepDays: number, now: number): Promise<Held | undefined> {
  let files: Held | undefined;
  await answer(0, async () => {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    const release = holdAlone(join(dir, "owner.db"));
    if (!release) throw new Error(`${dir}: another process writes here`);
    try {
      files = { files: await openTrackFiles({ dir, keepDays }, now), release };
    } catch (error) {
      release();
      throw error;
    }
    return undefined;
  });
  if (!files) parentPort?.close();
  return files;
}

async function perform(files: TrackFiles, request: TrackRequest): Promise<TrackFound | undefined> {
  switch (request.op) {
    case "append":
      await files.append(request.group, request.now);
      return undefined;
    case "find":
      return files.find(request.query);
    case "tick":
      await files.tick(request.now);
      return undefined;
    case "close":
      await files.close();
      return undefined;
  }
}

async function answer(id: number, work: () => Promise<TrackFound | undefined>): Promise<void> {
  let reply: TrackReply;
  try {
    const found = await work();
    reply = { id, ok: true, ...(found ? { found } : {}) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    reply = { id, ok: false, busy: error instanceof TracksBusy, message };
  }
  const moved = reply.ok && reply.found ? [reply.found.bytes.buffer] : [];
  parentPort?.postMessage(reply, moved);
}

void serve(workerData as TrackThreadOptions);
