import { useTranslation } from "react-i18next";
import { useOutbox } from "../../../link/outbox-context.tsx";
import type { StoredRecord } from "../../../store/dto.ts";
import type { Person } from "../field-actor.ts";
import { type NextStep, operationSteps } from "../next-step.ts";
import { SendButton } from "../parts/SendButton.tsx";
import { useItemsAbout, useUnrecorded } from "../use-field-records.ts";

interface Props {
  readonly operation: StoredRecord<"operation">;
  readonly person: Person;
  /** `plain` where something of his own comes first. */
  readonly look?: "next" | "plain";
}

/** One large button; a second, plain one only for a fact that must not wait. */
export function NextSteps({ operation, person, look = "next" }: Props) {
  const items = useUnrecorded(useItemsAbout({ type: "operation", id: operation.id }));
  const onItsWay = items.map((item) => item.envelope.kind);
  const { next, also, reported } = operationSteps(operation.dto, person, onItsWay);
  return (
    <div className="f-next">
      {reported ? <Step step={reported} look="plain" operation={operation} /> : null}
      <Step step={next} look={look} operation={operation} />
      {also ? <Step step={also} look="plain" operation={operation} /> : null}
    </div>
  );
}

interface StepProps {
  readonly step: NextStep;
  readonly look: "next" | "plain";
  readonly operation: StoredRecord<"operation">;
}

function Step({ step, look, operation }: StepProps) {
  const { t } = useTranslation(["field", "action", "domain"]);
  const outbox = useOutbox();
  if (step.kind === "ended") return <p className="f-wait">{t("step.ended")}</p>;
  if (step.kind === "wait") return <Waiting step={step} />;
  const about = { type: "operation", id: operation.id } as const;
  const { stateRev } = operation.dto;
  const rev = step.kind === "request" && stateRev !== undefined ? { rev: stateRev } : {};
  return (
    <SendButton
      kind={step.command}
      about={about}
      look={look}
      label={t([`step.${step.command}`, `action:${step.command}`])}
      refusal={step.kind === "refused" ? step.refusal : undefined}
      warning={step.kind === "fact" && step.warning ? t(`warning.${step.warning}`) : undefined}
      onPress={() => void outbox.submit({ kind: step.command, ref: about, ...rev })}
    />
  );
}

function Waiting({ step }: { step: Extract<NextStep, { kind: "wait" }> }) {
  const { t } = useTranslation(["field", "action", "domain"]);
  const who = step.who
    .map((each) => t([`domain:part.${each}`, `domain:role.${each}`]))
    .join(t("step.or"));
  return (
    <p className="f-wait">
      {t("step.wait", { step: t([`step.${step.command}`, `action:${step.command}`]) })}
      <small>{t("step.by", { who })}</small>
    </p>
  );
}
