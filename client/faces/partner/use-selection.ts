import { useCallback, useEffect, useState } from "react";
import { type Asked, keyOf, type Row } from "./requests.ts";

export interface Selection {
  /** As it was when it was last in the list. */
  readonly record: Asked | undefined;
  /** No longer in the list: ended, or sent on. */
  readonly left: boolean;
  choose(row: Row | undefined): void;
  /** By so many places down the list. */
  move(by: number): void;
}

/**
 * Which request lies on the desk. Only a person changes it: a new one that put itself under the
 * pointer would be answered in the place of another.
 */
export function useSelection(rows: readonly Row[]): Selection {
  const [record, setRecord] = useState<Asked>();
  const key = record && keyOf(record);
  const index = rows.findIndex((row) => row.key === key);
  const shown = rows[index]?.record;
  const [first] = rows;

  useEffect(() => {
    if (shown && shown !== record) setRecord(shown);
    if (!record && first) setRecord(first.record);
  }, [shown, record, first]);

  const choose = useCallback((row: Row | undefined) => setRecord(row?.record), []);
  const move = useCallback(
    (by: number) => {
      const at = Math.min(rows.length - 1, Math.max(0, index + by));
      setRecord((before) => rows[at]?.record ?? before);
    },
    [rows, index],
  );
  return { record: shown ?? record, left: record !== undefined && !shown, choose, move };
}
