import type { StoredRecord } from "../../../store/dto.ts";

/** One thing that is different from when the person began to decide. */
export interface Change {
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

/** What decisions rest on, by kind of record; the rest may change without making one stale. */
const WATCHED = [
  "state",
  "level",
  "duty",
  "unitId",
  "days",
  "approvedBy",
  "takenBy",
  "pauseOrdered",
  "acknowledged",
  "sceneCommanderId",
  "chiefCommanderId",
  "memberIds",
  "escortIds",
  "extended24h",
] as const;

/** For a STALE answer: what changed meanwhile, in the fields that decisions rest on (CON-7). */
export function changesSince(before: StoredRecord, after: StoredRecord): Change[] {
  const a = before.dto as Readonly<Record<string, unknown>>;
  const b = after.dto as Readonly<Record<string, unknown>>;
  return WATCHED.flatMap((field) => {
    const [was, is] = [shown(a[field]), shown(b[field])];
    return was === is ? [] : [{ field, before: was, after: is }];
  });
}

function shown(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (Array.isArray(value)) return value.join(",");
  if (typeof value === "object") {
    return String((value as { readonly officerId?: string }).officerId ?? "");
  }
  return String(value);
}
