import * as z from "zod";
import { batchFix } from "../../../../shared/wire/position-batch.ts";
import type { Platform } from "../../../store/platform.ts";
import { EMPTY_BUFFER, type PositionBuffer } from "./position-buffer.ts";

const stored = z.strictObject({
  officerId: z.string(),
  nextSeq: z.number().int().min(1),
  fixes: z.array(batchFix),
});

type TextStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** Where the fixes wait out a reload. One officer's road never goes out under another's name. */
export interface BufferStorage {
  read(officerId: string): PositionBuffer;
  /** Written at most every `SAVE_EVERY_MS`; `flush` writes at once (the page goes away). */
  save(officerId: string, buffer: PositionBuffer): void;
  flush(): void;
}

const KEY = "ec.positions";
const SAVE_EVERY_MS = 10_000;

export function createBufferStorage(platform: Platform, storage: TextStorage): BufferStorage {
  let waiting: { readonly officerId: string; readonly buffer: PositionBuffer } | undefined;
  let timed = false;
  const flush = () => {
    if (!waiting) return;
    write(storage, JSON.stringify({ officerId: waiting.officerId, ...waiting.buffer }));
    waiting = undefined;
  };
  return {
    read: (officerId) => read(storage, officerId),
    save(officerId, buffer) {
      waiting = { officerId, buffer };
      if (timed) return;
      timed = true;
      platform.after(SAVE_EVERY_MS, () => {
        timed = false;
        flush();
      });
    },
    flush,
  };
}

function read(storage: TextStorage, officerId: string): PositionBuffer {
  const found = stored.safeParse(jsonOf(storage.getItem(KEY)));
  if (!found.success || found.data.officerId !== officerId) return EMPTY_BUFFER;
  return { nextSeq: found.data.nextSeq, fixes: found.data.fixes };
}

function jsonOf(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined; // half a write of a killed page: begin anew
  }
}

function write(storage: TextStorage, text: string): void {
  try {
    storage.setItem(KEY, text);
  } catch {
    // Storage is full or forbidden: the fixes stay in memory, only a reload would lose them.
  }
}
