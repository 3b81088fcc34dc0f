import type { Cursor, Heartbeat, Patch, PutRecord } from "../../shared/wire/live.ts";
import { judgePatch } from "../link/apply-patch.ts";
import type { ServerMessage } from "../link/server-message.ts";

/** How far one view has come; the records themselves are not kept. */
export interface FieldCursor {
  /** @returns what the message brought, and whether the gap before it must be asked for. */
  take(message: ServerMessage): Taken;
  /** What `resume` says. */
  cursor(): Cursor | null;
  /** Zeros before anything was heard. */
  known(): { readonly seq: number; readonly at: number };
}

interface Taken {
  readonly ask: boolean;
  readonly puts: readonly PutRecord[];
}

const NOTHING: Taken = { ask: false, puts: [] };
const ASK: Taken = { ask: true, puts: [] };

export function createFieldCursor(): FieldCursor {
  let cursor: Cursor | null = null;
  let knownAt = 0;
  const stepTo = ({ to, hash8 }: { readonly to: number; readonly hash8: string }) => {
    cursor = { seq: to, hash8 };
  };
  const takePatch = (body: Patch | Heartbeat): Taken => {
    const verdict = judgePatch(cursor, body);
    if (verdict === "resume") return ASK;
    if (verdict === "apply") stepTo(body);
    return { ask: false, puts: "put" in body ? body.put : [] };
  };
  return {
    take({ kind, body }) {
      if (kind !== "closing") knownAt = Math.max(knownAt, body.at);
      switch (kind) {
        case "closing":
          if (body.reason === "RIGHTS_CHANGED") cursor = null;
          return NOTHING;
        case "emergency":
          return NOTHING; // the list is for people: what it names comes by a patch later
        case "hello":
          return ASK;
        case "snapshot":
          stepTo(body);
          return { ask: false, puts: body.put };
        case "patch":
        case "hb":
          return takePatch(body);
      }
    },
    cursor: () => cursor,
    known: () => ({ seq: Math.max(0, cursor?.seq ?? 0), at: knownAt }),
  };
}
