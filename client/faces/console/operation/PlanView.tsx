import "./operation.css";
import type { StoredRecord } from "../../../store/dto.ts";
import { Attendees, SceneFacts } from "./Attendees.tsx";
import { LifeSigns } from "./LifeSigns.tsx";
import { Muster } from "./Muster.tsx";
import { NextSteps } from "./NextSteps.tsx";
import { PlanFacts } from "./PlanFacts.tsx";
import { Returns } from "./Returns.tsx";

/** Whoever decides about a plan reads it first; later it is what one looks up. */
const UNDECIDED: ReadonlySet<string> = new Set(["DRAFT", "SUBMITTED"]);

/** A planned operation from plan to end, as the centre sees it; one opened on paper has no plan (OPS-46). */
export function PlanView({ record }: { record: StoredRecord<"operation"> }) {
  if (!record.dto.plan) return <LifeSigns operationId={record.id} />;
  const planFirst = UNDECIDED.has(record.dto.state ?? "");
  return (
    <>
      <NextSteps dto={record.dto} />
      {planFirst ? <PlanFacts dto={record.dto} /> : null}
      <Muster record={record} />
      <Attendees record={record} />
      <SceneFacts record={record} />
      <Returns record={record} />
      <LifeSigns operationId={record.id} />
      {planFirst ? null : <PlanFacts dto={record.dto} />}
    </>
  );
}
