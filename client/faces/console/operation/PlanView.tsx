import "./operation.css";
import type { StoredRecord } from "../../../store/dto.ts";
import { Attendees, SceneFacts } from "./Attendees.tsx";
import { LifeSigns } from "./LifeSigns.tsx";
import { Muster } from "./Muster.tsx";
import { NextSteps } from "./NextSteps.tsx";
import { PlanFacts } from "./PlanFacts.tsx";
import { Returns } from "./Returns.tsx";

/** A planned operation from plan to end, as the centre sees it; one opened on paper has no plan (OPS-46). */
export function PlanView({ record }: { record: StoredRecord<"operation"> }) {
  if (!record.dto.plan) return <LifeSigns operationId={record.id} />;
  return (
    <>
      <NextSteps dto={record.dto} />
      <Muster record={record} />
      <Attendees record={record} />
      <SceneFacts record={record} />
      <Returns record={record} />
      <LifeSigns operationId={record.id} />
      <PlanFacts dto={record.dto} />
    </>
  );
}
