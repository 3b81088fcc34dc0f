import { useTranslation } from "react-i18next";
import { useUi } from "../../../store/use-session.ts";
import { AgeText } from "../../../ui/AgeText.tsx";
import { formatDuration, formatSeconds } from "../../../ui/format-time.ts";
import { Icon } from "../../../ui/icons.tsx";
import { JournalMark } from "../../../ui/JournalMark.tsx";
import { Outcome, Refusal } from "../../../ui/Refusal.tsx";
import { UnverifiedMark } from "../../../ui/UnverifiedMark.tsx";
import { useAct } from "../../../ui/use-act.ts";
import { useLanguage } from "../../../ui/use-language.ts";
import { useNow } from "../../../ui/use-now.tsx";
import { useSend } from "../actions/use-send.ts";
import { type SosRecord, useUnanswered } from "../desk/alarms.ts";
import { useDesk } from "../desk/desk-context.tsx";
import { KeyHint } from "../desk/KeyHint.tsx";
import { useNames } from "../desk/names.tsx";
import { SendNearest } from "../hold/SendNearest.tsx";

/** More than these are counted; each of them is a card of its own. */
const MOST_SHOWN = 3;

/** Calls for help, above everything else, until a named person answers each of them (CON-12). */
export function AlarmBar() {
  const { t } = useTranslation("console");
  const alarms = useUnanswered();
  return (
    <>
      <div className="visually-hidden" role="alert" aria-live="assertive">
        {alarms.length > 0 ? t("alarm.said", { n: alarms.length }) : ""}
      </div>
      {alarms.length === 0 ? null : (
        <section className="alarm-bar" aria-label={t("alarm.title")}>
          {alarms.slice(0, MOST_SHOWN).map((alarm, index) => (
            <Alarm key={alarm.id} alarm={alarm} first={index === 0} />
          ))}
          {alarms.length > MOST_SHOWN ? (
            <p className="alarm-more">{t("common:list.more", { n: alarms.length - MOST_SHOWN })}</p>
          ) : null}
        </section>
      )}
    </>
  );
}

function Alarm({ alarm, first }: { alarm: SosRecord; first: boolean }) {
  const { t } = useTranslation("console");
  const names = useNames();
  const select = useUi((s) => s.select);
  const { dto } = alarm;
  return (
    <article className="alarm" data-kind="sos">
      <Icon name="sos" size="1.6em" />
      <button
        type="button"
        className="alarm-what"
        onClick={() => select({ type: "incident", id: alarm.id })}
      >
        <strong>{t("domain:incident.kind.SOS")}</strong>
        <span>
          {(dto as { readonly reporter?: string }).reporter ?? names.officer(dto.reporterId)}
          {" · "}
          {names.court(dto.courtId)}
        </span>
      </button>
      <Elapsed since={dto.reportedAt} />
      <span className="alarm-holder">
        {t("alarm.holder", { court: names.court(dto.holder?.courtId ?? dto.courtId) })}
        <Told dto={dto} />
      </span>
      <UnverifiedMark record={alarm} />
      <JournalMark record={alarm} />
      {(dto.repeats ?? 0) > 0 ? <span>{t("alarm.repeats", { n: dto.repeats })}</span> : null}
      {dto.cancelRequested ? <span>{t("alarm.cancelAsked")}</span> : null}
      <AlarmButtons alarm={alarm} first={first} />
    </article>
  );
}

function Elapsed({ since }: { since: number | undefined }) {
  const now = useNow(1_000);
  const language = useLanguage();
  if (since === undefined) return null;
  return (
    <span className="alarm-clock">
      <b>{formatDuration(Math.max(0, now - since), language)}</b> {formatSeconds(since)}
    </span>
  );
}

function Told({ dto }: { dto: SosRecord["dto"] }) {
  const { t } = useTranslation("console");
  const names = useNames();
  const told = [...new Set(dto.holder?.told?.map(({ courtId }) => courtId) ?? [])];
  if (told.length === 0) return null;
  return <span>{t("alarm.told", { courts: told.map((id) => names.court(id)).join(" → ") })}</span>;
}

function AlarmButtons({ alarm, first }: { alarm: SosRecord; first: boolean }) {
  const { t } = useTranslation("console");
  const { store } = useDesk();
  const select = useUi((s) => s.select);
  const act = useAct(alarm, "incident.acknowledge");
  const sending = useSend("incident.acknowledge", { type: "incident", id: alarm.id }, alarm);
  const dispatch = () => {
    select({ type: "incident", id: alarm.id });
    store.getState().setDispatch({ type: "incident", id: alarm.id });
  };
  return (
    <span className="alarm-acts">
      {act.kind === "open" ? (
        <button
          type="button"
          className="alarm-button alarm-ack"
          aria-busy={sending.pending}
          disabled={sending.pending}
          onClick={() => void sending.send()}
        >
          {t(sending.pending ? "actions.pending" : "action:incident.acknowledge")}
          <KeyHint k={first ? "A" : undefined} />
        </button>
      ) : null}
      {act.kind === "open" ? <SendNearest record={alarm} first={first} /> : null}
      <button type="button" className="alarm-button" onClick={dispatch}>
        {t("dispatch.title")}
        <KeyHint k={first ? "D" : undefined} />
      </button>
      {act.kind === "refused" ? <Refusal refusal={act.refusal} /> : null}
      <Outcome delivery={sending.delivery} />
      {dtoFix(alarm) === undefined ? null : <AgeText at={dtoFix(alarm) ?? 0} />}
    </span>
  );
}

const dtoFix = ({ dto }: SosRecord): number | undefined => dto.place?.fixAt;
