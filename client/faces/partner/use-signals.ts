import { useEffect, useRef } from "react";
import { useHello } from "../../store/use-session.ts";
import { useSounds } from "../../ui/sound-context.tsx";
import { cameAt, type Row } from "./requests.ts";

/** The bell until every request is signed for; once for a reminder and for a term that is over. */
export function useRequestSounds(rows: readonly Row[]): void {
  const desk = useSounds();
  const rings = rows.some(({ unsigned }) => unsigned);
  useEffect(() => (rings ? desk.holdRequest("unsigned") : undefined), [desk, rings]);
  const known = useRef<ReadonlySet<string> | undefined>(undefined);
  useEffect(() => {
    const late = rows
      .filter(({ overdue }) => overdue)
      .map(({ key, clock }) => `${key} ${clock?.name}`);
    const reminded = rows.flatMap(({ key, record }) =>
      record.type === "liaison" && record.dto.reminders?.length
        ? [`${key} reminder ${record.dto.reminders.length}`]
        : [],
    );
    const before = known.current;
    known.current = new Set([...late, ...reminded]);
    // What was so when the page opened is said by the page.
    if (!before) return;
    const isNew = (key: string) => !before.has(key);
    for (const key of late.filter(isNew)) desk.once("overdue", key);
    for (const key of reminded.filter(isNew)) desk.once("request", key);
  }, [rows, desk]);
}

/** `(2) 江岸派出所`: seen on a tab that lies behind others. */
export function useTabTitle(rows: readonly Row[]): void {
  const unitName = useHello()?.unitName ?? "";
  const waiting = rows.filter(({ unsigned }) => unsigned).length;
  useEffect(() => {
    document.title = waiting > 0 ? `(${waiting}) ${unitName}` : unitName;
  }, [waiting, unitName]);
}

/** Unsigned requests that came after the one on the desk was opened. */
export const newerThan = (rows: readonly Row[], at: number, shownKey: string | undefined) =>
  rows.filter(({ key, unsigned, record }) => unsigned && key !== shownKey && cameAt(record) > at);
