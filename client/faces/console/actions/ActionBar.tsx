import { useTranslation } from "react-i18next";
import type { StoredRecord } from "../../../store/dto.ts";
import { useRecordMap } from "../../../store/use-records.ts";
import { useHello } from "../../../store/use-session.ts";
import { Refusal } from "../../../ui/Refusal.tsx";
import { useNow } from "../../../ui/use-now.tsx";
import { ActionButton } from "./ActionButton.tsx";
import { type ActionItem, actionsOf } from "./action-list.ts";
import { DispatchButton } from "./DispatchButton.tsx";

/** What can be done: one filled, the rest plain, refused ones with their reason (CON-5). */
export function ActionBar({ record }: { record: StoredRecord }) {
  const { t } = useTranslation("console");
  const hello = useHello();
  const courts = useRecordMap("court");
  const now = useNow(1_000);
  const { primary, open, refused, others } = actionsOf(record, hello, courts, now);
  const none = !primary && open.length === 0 && refused.length === 0;
  return (
    <section className="actions" aria-label={t("actions.title")}>
      <div className="action-row">
        {primary ? <ActionButton item={primary} record={record} primary /> : null}
        <DispatchButton record={record} />
        {open.map((item) => (
          <ActionButton key={item.kind} item={item} record={record} />
        ))}
      </div>
      {refused.map((item) => (
        <RefusedAction key={item.kind} item={item} />
      ))}
      {none ? <p className="second">{t("actions.none")}</p> : null}
      <Others items={others} record={record} />
    </section>
  );
}

function RefusedAction({ item }: { item: ActionItem }) {
  const { t } = useTranslation("console");
  return (
    <div className="action-refused" data-action={item.kind}>
      <button type="button" aria-disabled="true" className="refused-button">
        {t(`action:${item.kind}`)} <Barred />
      </button>
      {item.refusal ? <Refusal refusal={item.refusal} /> : null}
    </div>
  );
}

function Barred() {
  return (
    <svg width="0.9em" height="0.9em" viewBox="0 0 16 16" fill="none" aria-hidden="true">
      <circle cx="8" cy="8" r="6.500" stroke="currentColor" strokeWidth="1.500" />
      <path d="m3.500 3.500 9 9" stroke="currentColor" strokeWidth="1.500" />
    </svg>
  );
}

function Others({ items, record }: { items: readonly ActionItem[]; record: StoredRecord }) {
  const { t } = useTranslation("console");
  if (items.length === 0) return null;
  return (
    <details className="action-others">
      <summary>
        {t("actions.others", { n: items.length })}
        <span className="others-names">
          {items.map(({ kind }) => t(`action:${kind}`)).join(" · ")}
        </span>
      </summary>
      {items.map((item) =>
        item.refusal ? (
          <RefusedAction key={item.kind} item={item} />
        ) : (
          <ActionButton key={item.kind} item={item} record={record} />
        ),
      )}
    </details>
  );
}
