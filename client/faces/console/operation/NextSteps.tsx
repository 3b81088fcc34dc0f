import { useTranslation } from "react-i18next";
import type { NextStep } from "../../../../shared/domain/operation/next-steps.ts";
import { isMyStep, stopsAt } from "../../../operation/my-step.ts";
import type { OperationDto } from "../../../operation/progress.ts";
import { actorOf } from "../../../store/acts.ts";
import { useHello } from "../../../store/use-session.ts";
import { Icon } from "../../../ui/icons.tsx";
import { Refusal } from "../../../ui/Refusal.tsx";
import { useNow } from "../../../ui/use-now.tsx";

/** What brings it forward, whose it is, and everything that stops it, in the law's words (OPS-42). */
export function NextSteps({ dto }: { dto: OperationDto }) {
  const { t } = useTranslation("operation");
  const { next = [] } = dto;
  if (next.length === 0) return null;
  return (
    <section className="drawer-part" aria-label={t("next.title")}>
      <h3>{t("next.title")}</h3>
      <ul className="next-steps">
        {next.map((step) => (
          <Step key={step.command} step={step} dto={dto} />
        ))}
      </ul>
    </section>
  );
}

function Step({ step, dto }: { step: NextStep; dto: OperationDto }) {
  const { t } = useTranslation(["operation", "action"]);
  const who = useWho(step);
  const stops = stopsAt(step, useNow(1_000));
  const actor = actorOf(useHello());
  const mine = actor !== undefined && isMyStep(step, dto, actor);
  return (
    <li data-command={step.command}>
      <p>
        <b>{t(`action:${step.command}`)}</b>
        <span className="second">{mine ? t("next.yours") : t("next.by", { who })}</span>
        {stops.length === 0 ? (
          <span className="next-free">
            <Icon name="ended" /> {t("next.free")}
          </span>
        ) : (
          <span className="second">{t("next.stops", { n: stops.length })}</span>
        )}
      </p>
      {stops.map((stop) => (
        <Refusal key={`${stop.code} ${stop.ruleId ?? ""}`} refusal={stop} />
      ))}
    </li>
  );
}

function useWho({ who }: NextStep): string {
  const { t } = useTranslation(["operation", "domain"]);
  return [
    ...who.parts.map((part) => t(`domain:part.${part}`)),
    ...who.roles.map((role) => t(`domain:role.${role}`)),
  ].join(t("next.or"));
}
