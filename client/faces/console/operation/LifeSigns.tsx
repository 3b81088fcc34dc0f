import { useTranslation } from "react-i18next";
import { useRecords } from "../../../store/use-records.ts";
import { useUi } from "../../../store/use-session.ts";
import { ClockBadge } from "../../../ui/ClockBadge.tsx";
import { isSilent, lifeClock } from "../queue/silence.ts";
import { TimeText } from "../record/FactList.tsx";

/** Who of this operation's people has last signed for his safety when; silent ones first. */
export function LifeSigns({ operationId }: { operationId: string }) {
  const { t } = useTranslation("operation");
  const select = useUi((s) => s.select);
  const mine = useRecords("checkin")
    .filter(({ dto }) => dto.operationId === operationId)
    .sort((a, b) => (a.dto.lastAt ?? 0) - (b.dto.lastAt ?? 0));
  if (mine.length === 0) return null;
  return (
    <section className="drawer-part" aria-label={t("life.title")}>
      <h3>
        {t("life.title")} <span className="second">{mine.length}</span>
      </h3>
      <ul className="plain-list life-signs">
        {mine.map((record) => {
          const clock = lifeClock(record.dto);
          return (
            <li key={record.id} data-silent={isSilent(record.dto)}>
              <button
                type="button"
                className="link-button"
                onClick={() => select({ type: "checkin", id: record.id })}
              >
                {record.dto.officer ?? record.dto.officerId}
              </button>{" "}
              <span className="second">
                {t(`life.state.${record.dto.state ?? "RUNNING"}`)}
                {" · "}
                <TimeText at={record.dto.lastAt ?? 0} />
              </span>
              {clock ? <ClockBadge clock={clock} short /> : null}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
