import { useTranslation } from "react-i18next";
import { useUi } from "../../../store/use-session.ts";
import { DemoMark } from "../../../ui/DemoMark.tsx";
import { Icon } from "../../../ui/icons.tsx";
import { LinkState } from "../../../ui/LinkBanner.tsx";
import { MuteButton } from "../../../ui/SoundMenu.tsx";
import { BoardMenu } from "../boards/BoardMenu.tsx";
import { useQueueItems } from "../desk/use-queue-items.ts";
import { DutyChip } from "../duty/DutyChip.tsx";
import { CommandBox } from "../search/CommandBox.tsx";
import { UserMenu } from "./UserMenu.tsx";

export function TopBar() {
  return (
    <header className="top-bar">
      <UserMenu />
      <CommandBox />
      <BoardMenu />
      <AlarmCount />
      <DutyChip />
      <MuteButton />
      <LinkState />
      <DemoMark />
    </header>
  );
}

/** How many things somebody must act on now; pressing it shows the first. */
function AlarmCount() {
  const { t } = useTranslation("console");
  const items = useQueueItems();
  const select = useUi((s) => s.select);
  const setFilter = useUi((s) => s.setFilter);
  const act = items.filter((item) => item.tone === "act");
  const [first] = act;
  const show = () => {
    if (!first) return;
    setFilter("ALL");
    select({ type: first.record.type, id: first.record.id });
  };
  return (
    <button
      type="button"
      className="alarm-count"
      data-any={act.length > 0 ? "" : undefined}
      onClick={show}
      title={t("alarm.countHint")}
    >
      <Icon name={act.length > 0 ? "overdue" : "ended"} />
      {t("alarm.count", { n: act.length })}
    </button>
  );
}
