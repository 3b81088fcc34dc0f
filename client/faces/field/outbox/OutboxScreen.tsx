import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useOutbox, useOutboxState } from "../../../link/outbox-context.tsx";
import { type HeldItem, isWaiting } from "../../../link/outbox-item.ts";
import { formatSeconds, formatTime } from "../../../ui/format-time.ts";
import { useLanguage } from "../../../ui/use-language.ts";
import { useNow } from "../../../ui/use-now.tsx";
import { Screen } from "../parts/Screen.tsx";
import { CameBack, StageOfItem } from "../parts/SendButton.tsx";
import { isByHand, madeAt } from "../sent.ts";

/** Everything done on this phone and how far each of it has come; refused ones stay. */
export function OutboxScreen() {
  const { t } = useTranslation("field");
  const items = useOutboxState((s) => s.items);
  const loaded = useOutboxState((s) => s.loaded);
  const shown = useMemo(() => items.filter(isByHand).reverse(), [items]);
  return (
    <Screen title={t("outbox.title")}>
      {shown.length === 0 ? (
        <p className="f-empty">{t(loaded ? "outbox.none" : "common:list.loading")}</p>
      ) : null}
      <ol className="f-list">
        {shown.map((item) => (
          <Item key={item.id} item={item} />
        ))}
      </ol>
      <Elsewhere />
    </Screen>
  );
}

/** OUT-13: kept in an exercise and this is no exercise, or the reverse. */
function Elsewhere() {
  const { t } = useTranslation(["field", "action", "link"]);
  const outbox = useOutbox();
  const items = useOutboxState((s) => s.elsewhere);
  const shown = items.filter(isByHand);
  const now = useNow(60_000);
  const language = useLanguage();
  if (shown.length === 0) return null;
  return (
    <section aria-labelledby="elsewhere-title">
      <h2 id="elsewhere-title">{t("outbox.elsewhere.title")}</h2>
      <ol className="f-list">
        {shown.map((item) => (
          <li key={item.id} className="f-row f-row-tall">
            <span>
              <b>{t(`action:${item.envelope.kind}`)}</b>
              <small>
                {formatTime(madeAt(item), now, language)} ·{" "}
                {t(`outbox.elsewhere.made.${item.mode ?? "LIVE"}`)}
              </small>
            </span>
            {item.mode === "LIVE" && isWaiting(item) ? null : (
              <button type="button" className="f-link" onClick={() => void outbox.forget(item.id)}>
                {t("link:outbox.forget")}
              </button>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Item({ item }: { item: HeldItem }) {
  const { t } = useTranslation(["field", "action", "link"]);
  const now = useNow(60_000);
  const language = useLanguage();
  const { stage, tries } = item;
  return (
    <li className="f-row f-row-tall">
      <span>
        <b>{t(`action:${item.envelope.kind}`)}</b>
        <small>
          {formatTime(madeAt(item), now, language)}
          {stage.kind === "waiting" && tries > 0
            ? ` · ${t("link:outbox.tries", { n: tries })}`
            : ""}
          {stage.kind === "server" && stage.at !== undefined
            ? ` · ${t("link:outbox.stored", { time: formatSeconds(stage.at) })}`
            : ""}
        </small>
        <CameBack item={item} />
      </span>
      <StageOfItem item={item} />
    </li>
  );
}
