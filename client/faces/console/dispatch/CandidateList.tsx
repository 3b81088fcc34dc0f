import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { StoredRecord } from "../../../store/dto.ts";
import { useRecord } from "../../../store/use-records.ts";
import { useUi } from "../../../store/use-session.ts";
import { Refusal } from "../../../ui/Refusal.tsx";
import { useNames } from "../desk/names.tsx";
import type { Candidate } from "./candidates.ts";
import { useCall } from "./use-call.ts";

const FIRST = 5;

interface ListProps {
  readonly title: string;
  readonly list: readonly Candidate[];
  readonly record: StoredRecord;
}

export function CandidateList({ title, list, record }: ListProps) {
  const { t } = useTranslation("console");
  const [all, setAll] = useState(false);
  const shown = all ? list : list.slice(0, FIRST);
  const rest = list.length - shown.length;
  return (
    <section className="drawer-part" aria-label={title}>
      <h3>{title}</h3>
      {list.length === 0 ? <p className="second">{t("dispatch.none")}</p> : null}
      <ol className="candidates">
        {shown.map((candidate) => (
          <CandidateRow key={candidate.id} candidate={candidate} record={record} />
        ))}
      </ol>
      {rest > 0 ? (
        <button type="button" className="plain-button" onClick={() => setAll(true)}>
          {t("common:list.more", { n: rest })}
        </button>
      ) : null}
    </section>
  );
}

function CandidateRow({ candidate, record }: { candidate: Candidate; record: StoredRecord }) {
  const { t } = useTranslation("console");
  const names = useNames();
  const select = useUi((s) => s.select);
  const { kind, id, minutes, distanceM, courtId } = candidate;
  const phone = useRecord("unit", kind === "unit" ? id : undefined)?.dto.dutyPhone;
  return (
    <li className="candidate">
      <div className="candidate-who">
        <button type="button" className="link-button" onClick={() => select({ type: kind, id })}>
          {names[kind](id)}
        </button>
        <span className="second">
          {kind === "officer" ? names.court(courtId) : null}
          {phone ? ` ☎ ${phone}` : null}
        </span>
      </div>
      <div className="candidate-how">
        <b>{t("dispatch.minutes", { n: minutes })}</b>
        <span>{t("dispatch.km", { n: (distanceM / 1_000).toFixed(1) })}</span>
        <Why candidate={candidate} />
      </div>
      <CallButton candidate={candidate} record={record} />
    </li>
  );
}

function Why({ candidate }: { candidate: Candidate }) {
  const { t } = useTranslation("console");
  const { duty, reasons, doubts } = candidate;
  return (
    <>
      {duty ? <span>{t(`domain:duty.${duty}`)}</span> : null}
      {reasons.map((reason) => (
        <span key={reason} className="chip" data-tone="ok">
          {t(`dispatch.reason.${reason}`)}
        </span>
      ))}
      {doubts.map((doubt) => (
        <span key={doubt} className="chip" data-tone="soon">
          {t(`dispatch.doubt.${doubt}`)}
        </span>
      ))}
    </>
  );
}

function CallButton({ candidate, record }: { candidate: Candidate; record: StoredRecord }) {
  const { t } = useTranslation("console");
  const call = useCall(candidate, record);
  if (call.kind === "absent") return null;
  if (call.kind === "refused") return <Refusal refusal={call.refusal} />;
  return (
    <Button size="small" onClick={call.open}>
      {t(`dispatch.call.${call.as}`)}
    </Button>
  );
}
