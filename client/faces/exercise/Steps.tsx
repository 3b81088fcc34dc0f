import { useTranslation } from "react-i18next";
import type { ExerciseStatus } from "../../../shared/wire/exercise.ts";
import { formatDuration, formatSeconds } from "../../ui/format-time.ts";
import { useBilingual, useLanguage } from "../../ui/use-language.ts";

type Step = ExerciseStatus["steps"][number];

/** How far it has come, phase by phase, and who is awaited. */
export function Steps({ status }: { status: ExerciseStatus }) {
  const { t } = useTranslation("exercise");
  const say = useBilingual();
  return (
    <section className="debrief-steps" aria-labelledby="steps-title">
      <h2 id="steps-title">{t("steps.title")}</h2>
      {status.phases.map(({ id, title }) => {
        const steps = status.steps.filter(({ phase }) => phase === id);
        const done = steps.filter(({ state }) => state === "DONE").length;
        return (
          <div key={id}>
            <h3>
              {say(title)} <small>{t("steps.count", { done, of: steps.length })}</small>
            </h3>
            <ol>
              {steps.map((step) => (
                <StepLine key={step.id} step={step} now={status.at} />
              ))}
            </ol>
          </div>
        );
      })}
    </section>
  );
}

function StepLine({ step, now }: { step: Step; now: number }) {
  const { t } = useTranslation("exercise");
  const say = useBilingual();
  const language = useLanguage();
  const { state, done, of, at, by, patienceUntil } = step;
  const time = formatDuration(Math.max(0, (patienceUntil ?? now) - now), language);
  return (
    <li data-state={state}>
      <time>{state === "DONE" && at !== undefined ? formatSeconds(at) : ""}</time>
      <span>
        {say(step.title)}
        {of > 1 ? <small> {t("steps.count", { done, of })}</small> : null}
      </span>
      <span className="debrief-state">
        {state === "DONE" && by
          ? `${by.title} ${by.name} · ${t(by.simulated ? "by.simulator" : "by.person")}`
          : t(`steps.state.${state}`, { time })}
      </span>
    </li>
  );
}
