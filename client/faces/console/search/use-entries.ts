import type { TFunction } from "i18next";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import type { StoredRecord } from "../../../store/dto.ts";
import type { RecordMaps } from "../../../store/records.ts";
import { useStores } from "../../../store/stores-context.tsx";
import { KEY_OF } from "../actions/act-words.ts";
import { BOARDS } from "../boards/boards.ts";
import { type Names, useNames } from "../desk/names.tsx";
import { recordTitle } from "../desk/record-title.ts";
import type { Entry } from "./search-index.ts";

/** Actions that need no record, by the name under which `use-run.ts` runs them. */
export const FREE_ACTIONS = [
  "operation.draft",
  "operation.open",
  "police.send",
  "incident.report",
  "order.task",
  "order.command",
  "order.correct",
  "order.defer",
  "order.reassign",
  "order.resource",
  "report.submit",
  "message.send",
  "liaison.send",
  "unitMonth",
  "notice.publish",
  "shift.schedule",
  "delegation.draft",
  "supervision.open",
  "interference.record",
  "observer.open",
  "opinion.register",
  "replay",
  "fit",
  "theme",
  "language",
  "mute",
  "help",
  "signOut",
] as const;
export type FreeAction = (typeof FREE_ACTIONS)[number];

const COMMANDS: ReadonlySet<string> = new Set(FREE_ACTIONS.filter((name) => name.includes(".")));

/** Everything the box can find; computed only while it is open. */
export function useEntries(open: boolean): readonly Entry[] {
  const { t } = useTranslation("console");
  const names = useNames();
  const maps = useStore(useStores().records, (s) => s.maps);
  return useMemo(() => (open ? entriesOf(maps, t, names) : []), [open, maps, t, names]);
}

function entriesOf(maps: RecordMaps, t: TFunction, names: Names): Entry[] {
  const record = (each: StoredRecord) => recordEntry(each, t, names);
  return [
    ...FREE_ACTIONS.map((name) => actionEntry(name, t)),
    ...BOARDS.map(({ name }) => boardEntry(name, t)),
    ...[...maps.incident.values()].map(record),
    ...[...maps.police.values()].map(record),
    ...[...maps.detention.values()].map(record),
    ...[...maps.operation.values()].map(record),
    ...[...maps.order.values()].map(record),
    ...[...maps.delegation.values()].map(record),
    ...[...maps.supervision.values()].map(record),
    ...[...maps.observer.values()].map(record),
    ...[...maps.opinion.values()].map(record),
    ...[...maps.liaison.values()].map(record),
    ...[...maps.suggestion.values()].map(record),
    ...[...maps.officer.values()].map(record),
    ...[...maps.court.values()].map(record),
    ...[...maps.unit.values()].map(record),
  ];
}

const actionEntry = (name: FreeAction, t: TFunction): Entry => ({
  key: `action:${name}`,
  group: "action",
  title: COMMANDS.has(name) ? t(`action:${name}`) : t(`run.${name}`),
  detail: KEY_OF[name] ?? "",
  words: name,
  run: name,
});

const boardEntry = (name: string, t: TFunction): Entry => ({
  key: `board:${name}`,
  group: "action",
  title: t(`boards:name.${name}`),
  detail: t("boards:menu"),
  words: `board ${name}`,
  run: `board:${name}`,
});

const GROUPS: Readonly<Record<string, Entry["group"]>> = { officer: "officer", court: "court" };

function recordEntry(record: StoredRecord, t: TFunction, names: Names): Entry {
  const { title, state } = recordTitle(record, t, names);
  const { courtId } = record.dto as { readonly courtId?: string };
  return {
    key: `${record.type}:${record.id}`,
    group: GROUPS[record.type] ?? "record",
    title,
    detail: [state, names.court(courtId)].filter(Boolean).join(" · "),
    words: wordsOf(record),
    ref: { type: record.type, id: record.id },
  };
}

function wordsOf({ dto }: StoredRecord): string {
  const { caseNo, badgeNo, dutyPhone, code } = dto as Readonly<Record<string, unknown>>;
  return [caseNo, badgeNo, dutyPhone, code].filter((word) => typeof word === "string").join(" ");
}
