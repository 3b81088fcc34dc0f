/** Track files in a thread of their own, so that neither a disk nor a long look stalls the server. */
import { Worker } from "node:worker_threads";
import type {
  NumberedTrackRequest,
  TrackReply,
  TrackRequest,
  TrackThreadOptions,
} from "./track-protocol.ts";
import { type TrackFound, type TrackStore, TracksBusy } from "./track-store.ts";

interface Waiting {
  readonly resolve: (found: TrackFound | undefined) => void;
  readonly reject: (error: Error) => void;
}

interface Thread {
  readonly ended: Promise<void>;
  readonly opened: Promise<unknown>;
  ask(request: TrackRequest, moved?: ArrayBuffer[]): Promise<TrackFound | undefined>;
  isDead(): boolean;
}

/**
 * Never fails to open: where the folder cannot be used, nothing is stored, and each tick tries
 * again. The same when the thread has died.
 */
export function openTrackThread(options: Omit<TrackThreadOptions, "now">, now: number): TrackStore {
  let thread = startThread({ ...options, now });
  return {
    append: async (group, at) => {
      const moved = [group.words.buffer, group.at.buffer];
      await thread.ask({ op: "append", group, now: at }, moved);
    },
    find: async (query) => {
      const found = await thread.ask({ op: "find", query });
      if (!found) throw new Error("the track thread found neither rows nor none");
      return found;
    },
    tick: async (at) => {
      if (thread.isDead()) {
        await thread.ended;
        thread = startThread({ ...options, now: at });
        await thread.opened;
      }
      await thread.ask({ op: "tick", now: at });
    },
    close: async () => {
      if (thread.isDead()) return;
      await thread.ask({ op: "close" });
      await thread.ended;
    },
  };
}

function startThread(options: TrackThreadOptions): Thread {
  const worker = new Worker(new URL("./track-worker.ts", import.meta.url), {
    workerData: options,
    name: `tracks ${options.dir}`,
  });
  const waitingById = new Map<number, Waiting>();
  const ended = Promise.withResolvers<void>();
  let lastId = 0;
  let death: string | undefined;

  const settle = (reply: TrackReply) => {
    const waiting = waitingById.get(reply.id);
    waitingById.delete(reply.id);
    if (reply.ok) waiting?.resolve(reply.found);
    else waiting?.reject(reply.busy ? new TracksBusy(reply.message) : new Error(reply.message));
  };
  const die = (reason: string) => {
    death ??= reason;
    const error = new Error(`the track thread is gone: ${death}`);
    for (const { reject } of waitingById.values()) reject(error);
    waitingById.clear();
  };
  const expect = (id: number) =>
    new Promise<TrackFound | undefined>((resolve, reject) => {
      waitingById.set(id, { resolve, reject });
    });
  worker.on("message", settle);
  worker.on("messageerror", (error) => die(`its messages cannot be read: ${error.message}`));
  worker.on("error", (error) => die(error instanceof Error ? error.message : String(error)));
  worker.on("exit", (status) => {
    die(`it ended with status ${status}`);
    ended.resolve();
  });
  const opened = expect(0);
  // Whoever asks is told; that the opening failed is then said by each tick.
  opened.catch((error: Error) => {
    death ??= error.message;
  });
  return {
    ended: ended.promise,
    opened,
    ask: (request, moved = []) => {
      if (death !== undefined) return Promise.reject(new Error(`no track thread: ${death}`));
      lastId += 1;
      const message: NumberedTrackRequest = { id: lastId, request };
      worker.postMessage(message, moved);
      return expect(lastId);
    },
    isDead: () => death !== undefined,
  };
}
