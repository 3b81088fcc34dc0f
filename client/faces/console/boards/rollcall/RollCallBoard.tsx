import { useTranslation } from "react-i18next";
import { seenAll } from "../../../../store/duty-dto.ts";
import type { OpenCall } from "../../../../store/open-calls.ts";
import { useLoaded, useRecord, useRecordMap } from "../../../../store/use-records.ts";
import { useHello } from "../../../../store/use-session.ts";
import { formatSeconds } from "../../../../ui/format-time.ts";
import { useNames } from "../../desk/names.tsx";
import { ActNow } from "../../duty/ActNow.tsx";
import { useOpenCalls } from "../../duty/use-called.ts";
import { BoardRow } from "../BoardRow.tsx";
import { BoardSection } from "../BoardSection.tsx";
import { CallMaker } from "./CallMaker.tsx";
import { CallResult } from "./CallResult.tsx";
import { callsOf } from "./calls-of.ts";

/** Calling, who has answered, and what this desk has to answer itself. */
export function RollCallBoard() {
  const { t } = useTranslation(["duty", "common"]);
  const records = useRecordMap("rollcall");
  const hello = useHello();
  const open = useOpenCalls();
  if (!useLoaded()) return <p className="second">{t("common:list.loading")}</p>;
  const calls = callsOf(seenAll(records), hello?.courtId);
  return (
    <>
      {open.length > 0 ? (
        <BoardSection title={t("roll.toAnswer")} rows={open} empty="">
          {(each) => <Owed key={`${each.call.id} ${each.target.key}`} open={each} />}
        </BoardSection>
      ) : null}
      <CallMaker />
      {calls.length === 0 ? <p className="second">{t("roll.none")}</p> : null}
      {calls.map((call) => (
        <CallResult key={call.callId} call={call} />
      ))}
    </>
  );
}

function Owed({ open: { call, target, late } }: { open: OpenCall }) {
  const { t } = useTranslation("duty");
  const names = useNames();
  const record = useRecord("rollcall", call.id);
  return (
    <BoardRow
      about={{ type: "rollcall", id: call.id }}
      tone={late ? "soon" : "act"}
      title={t("roll.calledBy", { court: names.court(call.courtId) })}
      acts={
        record ? (
          <ActNow record={record} kind="rollcall.answer" payload={{ target: target.key }} filled />
        ) : undefined
      }
    >
      <span>{formatSeconds(call.calledAt)}</span>
      <span>{t(`roll.state.${target.state}`)}</span>
    </BoardRow>
  );
}
