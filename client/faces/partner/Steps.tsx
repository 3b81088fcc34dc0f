import { useState } from "react";
import { useTranslation } from "react-i18next";
import { formatTime } from "../../ui/format-time.ts";
import { Icon } from "../../ui/icons.tsx";
import { Outcome, Refusal } from "../../ui/Refusal.tsx";
import { useAct } from "../../ui/use-act.ts";
import { useLanguage } from "../../ui/use-language.ts";
import { useNow } from "../../ui/use-now.tsx";
import { useNames } from "./names.ts";
import type { Asked } from "./requests.ts";
import { type Step, stepsOf } from "./steps.ts";
import { type Answering, useAnswer } from "./use-answer.ts";
import { useDeskKeys } from "./use-desk-keys.ts";
import { WriteForm } from "./WriteForm.tsx";

interface Props {
  readonly record: Asked;
  readonly phone: string | undefined;
  onMove(by: number): void;
}

/** Keys of the steps, by their place in the order of work. */
const STEP_KEYS = ["A", "D", "S", "F"];
const REFUSE_KEY = "X";

/** The buttons in the order of work, the one that comes next filled. */
export function Steps({ record, phone, onMove }: Props) {
  const { t } = useTranslation("partner");
  const answering = useAnswer(record);
  const [writing, setWriting] = useState<Step>();
  const { main, others, refuse, next } = stepsOf(record);
  const mayRefuse = useAct(record, refuse.kind).kind === "open" && !refuse.past;
  const press = (step: Step) => {
    if (answering.pending) return;
    if (step.wants) setWriting(step);
    else void answering.send(step);
  };
  useDeskKeys({
    move: onMove,
    key: (key) => {
      const step = key === REFUSE_KEY && mayRefuse ? refuse : main[STEP_KEYS.indexOf(key)];
      if (!step || step.past) return false;
      press(step);
      return true;
    },
  });
  const button = { record, answering, onPress: press };
  return (
    <section className="p-steps" aria-label={t("order")}>
      <div className="p-order">
        {main.map((step, n) => (
          <StepButton
            key={step.name}
            step={step}
            next={step.name === next}
            hint={STEP_KEYS[n]}
            {...button}
          />
        ))}
        <StepButton step={refuse} next={false} hint={REFUSE_KEY} {...button} />
      </div>
      {others.length > 0 ? (
        <details className="p-others">
          <summary>{t("others")}</summary>
          <div className="p-order">
            {others.map((step) => (
              <StepButton key={step.name} step={step} next={false} {...button} />
            ))}
          </div>
        </details>
      ) : null}
      {writing?.wants ? (
        <WriteForm
          key={writing.name}
          record={record}
          step={writing}
          wants={writing.wants}
          busy={answering.pending}
          onClose={() => setWriting(undefined)}
          onSend={async (written) => {
            if (await answering.send(writing, written)) setWriting(undefined);
          }}
        />
      ) : null}
      <Came answering={answering} phone={phone} />
    </section>
  );
}

interface ButtonProps {
  readonly record: Asked;
  readonly step: Step;
  readonly next: boolean;
  readonly hint?: string | undefined;
  readonly answering: Answering;
  onPress(step: Step): void;
}

function StepButton({ record, step, next, hint, answering, onPress }: ButtonProps) {
  const { t } = useTranslation("partner");
  const what = useNames().step(record, step.name);
  const act = useAct(record, step.kind);
  if (step.past) return <Done step={step} what={what} />;
  // What is reported happened; only what asks for something can be refused.
  const refusal = step.judged && act.kind === "refused" ? act.refusal : undefined;
  const sending = answering.pending && answering.step?.name === step.name;
  return (
    <span className="p-step-place">
      <button
        type="button"
        className="p-step"
        data-step={step.name}
        data-next={next ? "" : undefined}
        aria-busy={sending}
        disabled={answering.pending || refusal !== undefined}
        onClick={() => onPress(step)}
      >
        {sending ? t("sending") : what}
        {hint ? <kbd>{hint}</kbd> : null}
      </button>
      {refusal ? <Refusal refusal={refusal} /> : null}
    </span>
  );
}

function Done({ step, what }: { step: Step; what: string }) {
  const { t } = useTranslation("partner");
  const language = useLanguage();
  const now = useNow(60_000);
  return (
    <span className="p-step" data-step={step.name} data-done="">
      <Icon name="ended" />
      {step.at === undefined
        ? t("passed", { what })
        : t("done", { what, time: formatTime(step.at, now, language) })}
    </span>
  );
}

/** An answer that did not reach the court is given by telephone. */
function Came({
  answering: { delivery },
  phone,
}: {
  answering: Answering;
  phone: string | undefined;
}) {
  const { t } = useTranslation("partner");
  if (!delivery) return null;
  return (
    <div role="status">
      <Outcome delivery={delivery} />
      {delivery.kind !== "answer" && phone ? <p>{t("offline", { phone })}</p> : null}
    </div>
  );
}
