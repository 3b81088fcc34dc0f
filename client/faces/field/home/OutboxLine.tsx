import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useOutboxState } from "../../../link/outbox-context.tsx";
import { formatTime } from "../../../ui/format-time.ts";
import { Icon } from "../../../ui/icons.tsx";
import { useLanguage } from "../../../ui/use-language.ts";
import { useNow } from "../../../ui/use-now.tsx";
import { hrefOf } from "../route.ts";
import { isByHand, outboxSummary } from "../sent.ts";

/** 待发送 3 条 · 最早 10:05; opens the list. */
export function OutboxLine() {
  const { t } = useTranslation(["field", "link"]);
  const items = useOutboxState((s) => s.items);
  const { waiting, oldestAt, refused, stored } = useMemo(() => outboxSummary(items), [items]);
  const elsewhere = useOutboxState((s) => s.elsewhere).filter(isByHand).length;
  const now = useNow(60_000);
  const language = useLanguage();
  const words =
    waiting > 0
      ? t("link:outbox.waiting", { n: waiting, time: formatTime(oldestAt ?? now, now, language) })
      : t(stored > 0 ? "link:outbox.empty" : "outbox.nothing");
  return (
    <a className="f-outbox" data-waiting={waiting > 0} href={hrefOf({ screen: "outbox" })}>
      <Icon name={waiting > 0 ? "phone" : "server"} />
      <span>{words}</span>
      {refused > 0 ? (
        <b className="f-refused-count">{t("outbox.refused", { n: refused })}</b>
      ) : null}
      {elsewhere > 0 ? <small>{t("outbox.elsewhere.count", { n: elsewhere })}</small> : null}
      <span aria-hidden="true">▸</span>
    </a>
  );
}
