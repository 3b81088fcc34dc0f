import { useTranslation } from "react-i18next";
import type { StoredRecord } from "../../../store/dto.ts";
import { Outcome } from "../../../ui/Refusal.tsx";
import { KeyHint } from "../desk/KeyHint.tsx";
import { useNames } from "../desk/names.tsx";
import { useNearest } from "./use-nearest.ts";
import { useSendHelp } from "./use-send-help.ts";

/** On an alarm: who is nearest and ready; one press answers the call and sends them. */
export function SendNearest({
  record,
  first,
}: {
  record: StoredRecord<"incident">;
  first: boolean;
}) {
  const { t } = useTranslation("orders");
  const names = useNames();
  const nearest = useNearest(record.id);
  const help = useSendHelp(record);
  const [best] = nearest.kind === "shown" ? nearest.courts : [];
  if (nearest.kind === "loading") return null;
  if (!best) return <span>{t("assist.noneReady")}</span>;
  const who = t("assist.best", {
    court: names.court(best.courtId),
    km: (best.distanceM / 1_000).toFixed(1),
    n: best.ready,
  });
  return (
    <>
      <span className="alarm-nearest">{who}</span>
      <button
        type="button"
        className="alarm-button"
        data-nearest={first ? "" : undefined}
        aria-label={`${t("assist.sendNearest")} ${who}`}
        aria-busy={help.pending}
        disabled={help.pending}
        onClick={() => void help.send(best)}
      >
        {t("assist.sendNearest")}
        <KeyHint k={first ? "N" : undefined} />
      </button>
      <Outcome delivery={help.delivery} />
    </>
  );
}
