import { useTranslation } from "react-i18next";
import type { QueueFilter } from "../../../store/ui.ts";
import { useUi } from "../../../store/use-session.ts";

const TABS: readonly QueueFilter[] = ["ALL", "MINE", "OVERDUE"];

export function QueueTabs({ counts }: { counts: Readonly<Record<QueueFilter, number>> }) {
  const { t } = useTranslation("console");
  const filter = useUi((s) => s.filter);
  const setFilter = useUi((s) => s.setFilter);
  return (
    <div className="queue-tabs" role="tablist" aria-label={t("queue.title")}>
      {TABS.map((tab) => (
        <button
          key={tab}
          type="button"
          role="tab"
          aria-selected={tab === filter}
          onClick={() => setFilter(tab)}
        >
          {t(`queue.tab.${tab}`)} <b>{counts[tab]}</b>
        </button>
      ))}
    </div>
  );
}
