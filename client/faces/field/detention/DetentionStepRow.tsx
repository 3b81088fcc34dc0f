import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { DetentionType } from "../../../../shared/domain/detention/state.ts";
import type { HeldItem } from "../../../link/outbox-item.ts";
import type { StoredRecord } from "../../../store/dto.ts";
import { formatTime } from "../../../ui/format-time.ts";
import { useLanguage } from "../../../ui/use-language.ts";
import { useNow } from "../../../ui/use-now.tsx";
import type { DetentionStep } from "../detention-steps.ts";
import { mayDo } from "../field-actor.ts";
import { StageOfItem } from "../parts/SendButton.tsx";
import { usePerson } from "../use-field-records.ts";
import type { About } from "./about.ts";
import { StepForm } from "./StepForm.tsx";

/** The record a step is about; `about` while only this phone knows it. */
export interface DetentionAtHand {
  readonly id: string;
  readonly kind: DetentionType;
  readonly record: StoredRecord<"detention"> | undefined;
  readonly about: About | undefined;
}

interface Props {
  readonly step: DetentionStep;
  readonly item: HeldItem | undefined;
  readonly detention: DetentionAtHand;
}

/** Done with its time, on its way with its stage, next with its button, or to be reported late. */
export function DetentionStepRow({ step, item, detention }: Props) {
  const { t } = useTranslation("field");
  const done = step.doneAt !== undefined;
  return (
    <li data-done={done} data-next={step.next && !done}>
      <i aria-hidden="true" />
      <div>
        <b>{t(`report.${detention.kind}.${step.report}`)}</b>
        {step.doneAt === undefined ? null : <DoneTime at={step.doneAt} />}
        {item ? <StageOfItem item={item} /> : null}
        {done || item ? null : <OpenStep step={step} detention={detention} />}
      </div>
    </li>
  );
}

/** Authority alone may keep a report from this person; then it is said whose it is. */
function OpenStep({ step, detention }: Omit<Props, "item">) {
  const { t } = useTranslation("field");
  const person = usePerson();
  if (person && mayDo(person, step.report, detention.record?.dto ?? {})) {
    return step.next ? <small>{t("detention.byOthers")}</small> : null;
  }
  return step.next ? (
    <StepForm report={step.report} detention={detention} />
  ) : (
    <Late step={step} detention={detention} />
  );
}

function DoneTime({ at }: { at: number }) {
  const now = useNow(60_000);
  const language = useLanguage();
  return <time className="f-second">{formatTime(at, now, language)}</time>;
}

/** Out of turn: a fact can be told at any time, it only is not pushed forward. */
function Late({ step, detention }: { step: DetentionStep; detention: DetentionAtHand }) {
  const { t } = useTranslation("field");
  const [open, setOpen] = useState(false);
  if (open) return <StepForm report={step.report} detention={detention} />;
  return (
    <button type="button" className="f-link" onClick={() => setOpen(true)}>
      {t("detention.report")}
    </button>
  );
}
