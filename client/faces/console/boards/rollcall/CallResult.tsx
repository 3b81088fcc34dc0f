import { useTranslation } from "react-i18next";
import { useRecord } from "../../../../store/use-records.ts";
import { formatDuration, formatSeconds } from "../../../../ui/format-time.ts";
import { useLanguage } from "../../../../ui/use-language.ts";
import { useNow } from "../../../../ui/use-now.tsx";
import { useDesk } from "../../desk/desk-context.tsx";
import { useNames } from "../../desk/names.tsx";
import { ActNow } from "../../duty/ActNow.tsx";
import { taskOn } from "../../forms/task.ts";
import { BoardRow } from "../BoardRow.tsx";
import { BoardSection } from "../BoardSection.tsx";
import { type CalledTarget, percent, type WholeCall } from "./calls-of.ts";
import { Quality } from "./Quality.tsx";

/** One call: rates, who has not answered first, and its bulletin once nobody is waited for. */
export function CallResult({ call }: { call: WholeCall }) {
  const { t } = useTranslation("duty");
  const { totals } = call;
  return (
    <section className="call-result" data-call={call.callId}>
      <p className="call-rates">
        <Left call={call} />
        <b>{t("roll.online", { rate: percent(totals.onlineRate) })}</b>
        <span>{t("roll.totals", { ...totals })}</span>
        <BulletinButton call={call} />
      </p>
      <BoardSection
        title={t("roll.resultOf", { time: formatSeconds(call.calledAt) })}
        rows={call.targets}
        empty=""
      >
        {(each) => <TargetRow key={`${each.rollcallId} ${each.target.key}`} called={each} />}
      </BoardSection>
    </section>
  );
}

function Left({ call }: { call: WholeCall }) {
  const { t } = useTranslation("duty");
  const now = useNow(1_000);
  const language = useLanguage();
  if (call.totals.waiting === 0 || call.dueAt === undefined) return null;
  const left = Math.max(0, call.dueAt - now);
  return <b className="call-left">{t("roll.left", { time: formatDuration(left, language) })}</b>;
}

/** The words are a proposal; the totals go with the notice as they stood. */
function BulletinButton({ call }: { call: WholeCall }) {
  const { t } = useTranslation("duty");
  const { store, newId } = useDesk();
  const names = useNames();
  const waiting = call.totals.waiting > 0;
  const write = () => {
    const { total, absent, fault, late, onlineRate } = call.totals;
    const silent = call.targets
      .filter(({ target }) => target.state === "ABSENT" || target.state === "FAULT")
      .map(({ courtId, target }) => target.name ?? names.court(courtId));
    const task = taskOn("notice.publish", undefined, newId, {
      kind: "BULLETIN",
      needsAck: true,
      courtIds: call.courtIds,
      body: t("roll.bulletin", {
        time: formatSeconds(call.calledAt),
        total,
        late,
        missing: absent + fault,
        rate: percent(onlineRate),
        who: silent.length > 0 ? silent.join("、") : t("roll.nobody"),
      }),
    });
    store.getState().open({ ...task, fixed: { callId: call.callId } });
  };
  return (
    <button
      type="button"
      className="duty-button"
      data-action="bulletin"
      disabled={waiting}
      title={waiting ? t("roll.bulletinWaits") : undefined}
      onClick={write}
    >
      {t("roll.makeBulletin")}
    </button>
  );
}

function TargetRow({ called: { rollcallId, courtId, target } }: { called: CalledTarget }) {
  const { t } = useTranslation("duty");
  const names = useNames();
  const record = useRecord("rollcall", rollcallId);
  const { state, officerId, answeredAt } = target;
  const missing = state === "ABSENT" || state === "FAULT";
  const who = officerId ? names.officerOr(officerId, target.name ?? "") : "";
  return (
    <BoardRow
      about={{ type: "rollcall", id: rollcallId }}
      tone={missing ? "soon" : undefined}
      title={[names.court(courtId), who].filter(Boolean).join(" · ")}
      acts={record ? <TargetActs target={target} record={record} /> : undefined}
    >
      <b className="chip" data-state={state}>
        {t(`roll.state.${state}`)}
      </b>
      {answeredAt === undefined ? null : <span>{formatSeconds(answeredAt)}</span>}
      {target.picture ? <span>{t(`roll.picture.${target.picture}`)}</span> : null}
      {target.voice ? <span>{t(`roll.voice.${target.voice}`)}</span> : null}
    </BoardRow>
  );
}

function TargetActs({
  target,
  record,
}: {
  target: CalledTarget["target"];
  record: NonNullable<ReturnType<typeof useRecord<"rollcall">>>;
}) {
  const { state, key } = target;
  const answered = state === "PRESENT" || state === "LATE";
  if (answered) return target.picture ? null : <Quality record={record} target={key} />;
  if (state === "FAULT") return null;
  return <ActNow record={record} kind="rollcall.fault" payload={{ target: key }} />;
}
