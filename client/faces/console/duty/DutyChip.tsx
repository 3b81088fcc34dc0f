import { useTranslation } from "react-i18next";
import type { DeskStatus } from "../../../../shared/domain/shift/desk-status.ts";
import type { SeenShift } from "../../../store/duty-dto.ts";
import { useLoaded } from "../../../store/use-records.ts";
import { formatTime } from "../../../ui/format-time.ts";
import { useLanguage } from "../../../ui/use-language.ts";
import { useNow } from "../../../ui/use-now.tsx";
import { useDesk } from "../desk/desk-context.tsx";
import { useOwnDesk } from "./use-own-desk.ts";

/** 值班至 20:00; says so when nobody has signed, and when the desk is being handed to me. */
export function DutyChip() {
  const { t } = useTranslation("duty");
  const { store } = useDesk();
  const { status, offeredToMe } = useOwnDesk();
  const words = useWords();
  if (!useLoaded()) return null;
  return (
    <button
      type="button"
      className="duty-chip"
      data-look={offeredToMe ? "ours" : LOOK[status.kind]}
      title={t("chip.hint")}
      onClick={() => store.getState().openBoard("duty")}
    >
      {offeredToMe ? t("chip.offered") : words(status)}
    </button>
  );
}

const LOOK: Readonly<Record<DeskStatus<SeenShift>["kind"], string>> = {
  UNPLANNED: "soon",
  UNSIGNED: "act",
  ON: "plain",
  PLANNED: "soon",
};

function useWords() {
  const { t } = useTranslation("duty");
  const language = useLanguage();
  const now = useNow(10_000);
  return (status: DeskStatus<SeenShift>): string => {
    switch (status.kind) {
      case "UNPLANNED":
        return t("chip.unplanned");
      case "UNSIGNED":
        return t("chip.unsigned", { time: formatTime(status.since, now, language) });
      case "ON":
        return t(status.shift.to > now ? "chip.until" : "chip.over", {
          time: formatTime(status.shift.to, now, language),
        });
      case "PLANNED":
        return t("chip.planned", { time: formatTime(status.shift.from, now, language) });
    }
  };
}
