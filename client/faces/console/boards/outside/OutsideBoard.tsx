import { useTranslation } from "react-i18next";
import type { SeenCallOutside } from "../../../../store/duty-dto.ts";
import { useRecord } from "../../../../store/use-records.ts";
import { formatSeconds, formatTime } from "../../../../ui/format-time.ts";
import { useLanguage } from "../../../../ui/use-language.ts";
import { useNow } from "../../../../ui/use-now.tsx";
import { useNames } from "../../desk/names.tsx";
import { ActNow } from "../../duty/ActNow.tsx";
import { BoardRow } from "../BoardRow.tsx";
import { BoardSection } from "../BoardSection.tsx";
import { Contacts } from "./Contacts.tsx";
import { timeOf, useCallsOutside } from "./use-calls-outside.ts";

/** Who was, or in a demonstration would have been, called when nobody at a desk answered. */
export function OutsideBoard() {
  const { t } = useTranslation(["duty", "common"]);
  const { calls, texts, state } = useCallsOutside();
  const failed = calls.filter((call) => call.state === "FAILED");
  const others = calls.filter((call) => call.state !== "FAILED");
  const text = (call: SeenCallOutside) => texts?.get(call.id);
  if (state === "loading") return <p className="second">{t("common:list.loading")}</p>;
  return (
    <>
      <p className="second">{t(texts ? "outside.demo" : "outside.live")}</p>
      {state === "failed" ? (
        <p className="refusal" role="status">
          {t("outside.notAsked")}
        </p>
      ) : null}
      <BoardSection title={t("outside.failed")} rows={failed} empty={t("outside.failedEmpty")}>
        {(call) => <CallRow key={call.id} call={call} text={text(call)} />}
      </BoardSection>
      <BoardSection title={t("outside.made")} rows={others} empty={t("outside.madeEmpty")}>
        {(call) => <CallRow key={call.id} call={call} text={text(call)} />}
      </BoardSection>
      <Contacts />
    </>
  );
}

/** To whom by court and role: neither a name nor a number belongs on this list. */
function CallRow({ call, text }: { call: SeenCallOutside; text: string | undefined }) {
  const { t } = useTranslation("duty");
  const names = useNames();
  const language = useLanguage();
  const now = useNow(10_000);
  const record = useRecord("notification", call.id);
  const roles = call.roles.map((role) => t(`domain:role.${role}`)).join("、");
  const failed = call.state === "FAILED";
  return (
    <BoardRow
      about={call.recordRef}
      tone={failed ? "act" : undefined}
      title={`${t(`outside.kind.${call.kind}`)} → ${names.court(call.courtId)} · ${roles}`}
      acts={failed && record ? <ActNow record={record} kind="notification.retry" /> : undefined}
    >
      <b className="chip" data-state={call.state}>
        {t(`outside.state.${call.state}`)}
      </b>
      <span>
        {formatTime(timeOf(call), now, language)} ({formatSeconds(timeOf(call))})
      </span>
      <span>{t("outside.level", { n: call.level })}</span>
      <span>{t("outside.attempts", { n: call.attempts })}</span>
      {call.failure && failed ? <span>{t(`outside.failure.${call.failure}`)}</span> : null}
      {text ? <span className="outside-text">{text}</span> : null}
    </BoardRow>
  );
}
