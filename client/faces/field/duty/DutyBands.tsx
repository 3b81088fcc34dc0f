import { useTranslation } from "react-i18next";
import { useOutbox } from "../../../link/outbox-context.tsx";
import { type SeenNotice, seenAll } from "../../../store/duty-dto.ts";
import { type OpenCall, openCalls, owedNotices } from "../../../store/open-calls.ts";
import { useRecord, useRecordMap } from "../../../store/use-records.ts";
import { useHello } from "../../../store/use-session.ts";
import { formatSeconds } from "../../../ui/format-time.ts";
import { wordsOf } from "../../../ui/words-of.ts";
import { SendButton } from "../parts/SendButton.tsx";
import { useNameOf } from "../use-field-records.ts";

/** Roll-calls and notices that wait for this officer: one at a time, one big button, on any screen. */
export function DutyBands() {
  const { t } = useTranslation("common");
  const me = useHello()?.officerId;
  const rollcalls = useRecordMap("rollcall");
  const notices = useRecordMap("notice");
  // A phone answers for its officer alone, whatever else he may be at a desk.
  const calls = openCalls(seenAll(rollcalls), {
    officerId: me,
    courtId: undefined,
    atDesk: false,
  });
  const owed = owedNotices(seenAll(notices));
  const [call] = calls;
  const [notice] = owed;
  const more = calls.length + owed.length - 1;
  if (!call && !notice) return null;
  return (
    <div className="f-called" role="status">
      {call ? <Call open={call} /> : null}
      {!call && notice ? <Owed notice={notice} /> : null}
      {more > 0 ? <small>{t("list.more", { n: more })}</small> : null}
    </div>
  );
}

function Call({ open: { call, target, late } }: { open: OpenCall }) {
  const { t } = useTranslation("duty");
  const outbox = useOutbox();
  const nameOf = useNameOf();
  const ref = { type: "rollcall", id: call.id } as const;
  const payload = { target: target.key };
  return (
    <>
      <p>
        <b>{t("phone.roll", { court: nameOf({ courtId: call.courtId }) })}</b>{" "}
        {formatSeconds(call.calledAt)}
        {late ? <small>{t("phone.late")}</small> : null}
      </p>
      <SendButton
        kind="rollcall.answer"
        about={ref}
        look="next"
        label={t("phone.answer")}
        onPress={() => void outbox.submit({ kind: "rollcall.answer", ref, payload })}
      />
    </>
  );
}

function Owed({ notice }: { notice: SeenNotice }) {
  const { t } = useTranslation("duty");
  const outbox = useOutbox();
  const nameOf = useNameOf();
  const stateRev = useRecord("notice", notice.id)?.dto.stateRev;
  const ref = { type: "notice", id: notice.id } as const;
  const rev = stateRev === undefined ? {} : { rev: stateRev };
  return (
    <>
      <p>
        <b>
          {t(`notice.kind.${notice.kind}`)} · {nameOf({ courtId: notice.courtId })}{" "}
          {notice.publisher ?? ""}
        </b>{" "}
        {formatSeconds(notice.publishedAt)}
      </p>
      <p>{wordsOf(notice.body, t)}</p>
      <SendButton
        kind="notice.acknowledge"
        about={ref}
        look="next"
        label={t("phone.ack")}
        onPress={() => void outbox.submit({ kind: "notice.acknowledge", ref, ...rev })}
      />
    </>
  );
}
