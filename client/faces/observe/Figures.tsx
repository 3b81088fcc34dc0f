import { useTranslation } from "react-i18next";
import type { ObservedFigures } from "../../../shared/domain/observer/figures.ts";

const ONE_BY_ONE = [
  "courts",
  "onDuty",
  "deployed",
  "held",
  "policeOpen",
  "policeUnanswered",
  "incidentsEnded",
] as const;

const STEPS = ["APPROVED", "MUSTERING", "EN_ROUTE", "ON_SCENE", "EXECUTING", "CLOSING"] as const;

/** Sums over the courts of the scope; nothing that leads to one person or one case. */
export function Figures({ figures }: { figures: ObservedFigures }) {
  const { t } = useTranslation(["observe", "domain"]);
  return (
    <section className="observe-figures" aria-label={t("figures")}>
      <h2>{t("figures")}</h2>
      <dl className="observe-tiles">
        {ONE_BY_ONE.map((name) => (
          <div key={name} className="observe-tile" data-figure={name}>
            <dt>{t(`figure.${name}`)}</dt>
            <dd>{figures[name]}</dd>
          </div>
        ))}
      </dl>
      <h3>{t("underWay")}</h3>
      <dl className="observe-tiles">
        {STEPS.map((step) => (
          <div key={step} className="observe-tile">
            <dt>{t(`domain:operation.state.${step}`)}</dt>
            <dd>{figures.operations[step] ?? 0}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
