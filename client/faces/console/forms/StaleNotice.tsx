import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import type { Delivery } from "../../../link/roads.ts";
import type { StoredRecord } from "../../../store/dto.ts";
import { useStores } from "../../../store/stores-context.tsx";
import { changesSince } from "../actions/changes-since.ts";
import { isStale } from "../actions/use-send.ts";
import { type Names, useNames } from "../desk/names.tsx";
import type { Task } from "./task.ts";

/** What changed since the person began to decide; sending again is a new decision (CON-7). */
export function StaleNotice({ task, delivery }: { task: Task; delivery: Delivery | undefined }) {
  const { t } = useTranslation("console");
  const names = useNames();
  const { records } = useStores();
  const { base } = task;
  const now = useStore(records, (s) =>
    base ? (s.maps[base.type] as ReadonlyMap<string, StoredRecord>).get(base.id) : undefined,
  );
  if (!base || !isStale(delivery)) return null;
  const changes = now ? changesSince(base, now) : [];
  return (
    <div className="stale-notice" role="alert">
      <p>{t("stale.title")}</p>
      <ul>
        {changes.map(({ field, before, after }) => (
          <li key={field}>
            {t(`stale.field.${field}`, field)}：{said(before, base, field, names, t)} →{" "}
            <b>{said(after, base, field, names, t)}</b>
          </li>
        ))}
        {changes.length === 0 ? <li>{t(now ? "stale.other" : "record.gone")}</li> : null}
      </ul>
      <p className="second">{t("stale.again")}</p>
    </div>
  );
}

type Translate = (key: string, fallback: string) => string;

const OFFICERS: ReadonlySet<string> = new Set([
  "approvedBy",
  "takenBy",
  "acknowledged",
  "sceneCommanderId",
  "chiefCommanderId",
  "memberIds",
  "escortIds",
]);

function said(
  value: string,
  { type }: StoredRecord,
  field: string,
  names: Names,
  t: Translate,
): string {
  if (value === "") return "—";
  if (OFFICERS.has(field)) {
    return value
      .split(",")
      .map((id) => names.officer(id))
      .join("、");
  }
  if (field === "unitId") return names.unit(value);
  const list = type === "order" ? "order.receipt" : `${type}.${field}`;
  return t(`domain:${list}.${value}`, value);
}
