import type { PutRecord } from "../../shared/wire/live.ts";

/** Keys of the records that came without a text which this view may read: the vault was silent. */
export type UnreadTexts = ReadonlySet<string>;

interface Change {
  readonly put: readonly PutRecord[];
  readonly del: readonly Pick<PutRecord, "type" | "id">[];
}

export function withUnread(before: UnreadTexts, { put, del }: Change): UnreadTexts {
  const late = put.filter(({ dto }) => dto.closed !== true && hasUnread(dto));
  if (before.size === 0 && late.length === 0) return before;
  const gone = new Set([...del, ...put].map(keyOf));
  return new Set([...[...before].filter((key) => !gone.has(key)), ...late.map(keyOf)]);
}

const keyOf = ({ type, id }: Pick<PutRecord, "type" | "id">): string => `${type}:${id}`;

function hasUnread(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  if ("unread" in value && value.unread === true) return true;
  return Object.values(value).some(hasUnread);
}
