import { useTranslation } from "react-i18next";
import { useStores } from "../../store/stores-context.tsx";
import { ClockBadge } from "../../ui/ClockBadge.tsx";
import { formatTime } from "../../ui/format-time.ts";
import { useLanguage } from "../../ui/use-language.ts";
import { useNow } from "../../ui/use-now.tsx";
import { Fields } from "./Fields.tsx";
import { PhoneLink } from "./Header.tsx";
import { useNames } from "./names.ts";
import { type Asked, cameAt } from "./requests.ts";
import { Said } from "./Said.tsx";
import { Steps } from "./Steps.tsx";

interface Props {
  readonly record: Asked;
  /** Ended, or sent on. */
  readonly left: boolean;
  readonly seat: { readonly lat: number; readonly lng: number } | undefined;
  /** Telephone of the unit's own court, where the asking court's is not known. */
  readonly phone: string | undefined;
  readonly onNext: (() => void) | undefined;
  onMove(by: number): void;
}

/** The one request on the desk: what is asked, until when, and what to answer. */
export function Card({ record, left, seat, phone, onNext, onMove }: Props) {
  const { t } = useTranslation("partner");
  const names = useNames();
  const language = useLanguage();
  const now = useNow(10_000);
  const { dto } = record;
  const running = (dto.clocks ?? []).filter(({ endedAt }) => endedAt === undefined);
  return (
    <article className="p-card" aria-labelledby="p-title">
      <header className="p-card-head">
        <h2 id="p-title">{names.title(record)}</h2>
        {record.type === "police" ? (
          <span className="p-chip">{t(`domain:police.urgency.${record.dto.urgency}`)}</span>
        ) : null}
        {left ? null : <span className="p-state">{names.state(record)}</span>}
        <span className="p-from">
          {t("from", {
            court: dto.courtName ?? "",
            time: formatTime(cameAt(record), now, language),
          })}
          {dto.courtPhone && dto.courtPhone !== phone ? <PhoneLink phone={dto.courtPhone} /> : null}
        </span>
      </header>
      {left ? (
        <Left record={record} onNext={onNext} />
      ) : (
        <>
          <Steps record={record} phone={dto.courtPhone ?? phone} onMove={onMove} />
          <div className="p-clocks">
            {running.map((clock) => (
              <ClockBadge key={clock.name} clock={clock} />
            ))}
            {running.length > 0 && dto.calendarLoaded === false && inDays(record) ? (
              <small>{t("calendar")}</small>
            ) : null}
          </div>
          <Fields record={record} seat={seat} />
          <Said record={record} />
        </>
      )}
    </article>
  );
}

/** Terms in working days (CLK-4). */
const inDays = ({ type, dto }: Asked): boolean => type === "liaison" || dto.urgency === "P4";

/** It stays until a person goes on: nothing may slip under the pointer. */
function Left({ record, onNext }: { record: Asked; onNext: (() => void) | undefined }) {
  const { t } = useTranslation("partner");
  const { records } = useStores();
  const ended = records
    .getState()
    .closed.find(({ type, id }) => type === record.type && id === record.id);
  const state = ended && t(`domain:${record.type}.state.${String(ended.dto.state)}`);
  return (
    <div className="p-left" role="status">
      <p>{state ? t("endedNow", { state }) : t("gone")}</p>
      {onNext ? (
        <button type="button" className="p-step" data-next="" onClick={onNext}>
          {t("next")}
        </button>
      ) : (
        <p>{t("none")}</p>
      )}
    </div>
  );
}
