import * as z from "zod";
import type { PutRecord } from "../../../shared/wire/live.ts";
import type { Platform } from "../../store/platform.ts";

/** A simulated officer on scene gives his signs of life, as his phone would. */
export interface CheckIns {
  hear(puts: readonly PutRecord[], officerId: string): void;
  stop(): void;
}

const EVERY_MS = 30_000;
const checkin = z.looseObject({ officerId: z.string(), state: z.string() });

export function createCheckIns(
  platform: Pick<Platform, "every">,
  sign: (officerId: string, recordId: string) => void,
): CheckIns {
  const running = new Map<string, () => void>();
  const end = (id: string): void => {
    running.get(id)?.();
    running.delete(id);
  };
  const begin = (id: string, me: string): void => {
    const stop = platform.every(EVERY_MS, () => sign(me, id));
    running.set(id, stop);
  };
  return {
    hear(puts, me) {
      for (const { id, state } of puts.flatMap((put) => mineIn(put, me))) {
        if (state !== "RUNNING") end(id);
        else if (!running.has(id)) begin(id, me);
      }
    },
    stop() {
      for (const id of [...running.keys()]) end(id);
    },
  };
}

function mineIn({ type, id, dto }: PutRecord, me: string): { id: string; state: string }[] {
  const read = type === "checkin" ? checkin.safeParse(dto) : undefined;
  return read?.success && read.data.officerId === me ? [{ id, state: read.data.state }] : [];
}
