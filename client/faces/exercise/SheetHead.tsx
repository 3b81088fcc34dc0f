import { useTranslation } from "react-i18next";
import type { ExerciseStatus } from "../../../shared/wire/exercise.ts";
import { formatExport } from "../../ui/format-time.ts";
import { useBilingual } from "../../ui/use-language.ts";

/** What was played, where, when; and the sheet on paper or as a file. */
export function SheetHead({ status }: { status: ExerciseStatus }) {
  const { t } = useTranslation("exercise");
  const say = useBilingual();
  const { scenario, deployment, startedAt, endedAt, speed, targets } = status;
  const met = targets.filter(({ verdict }) => verdict === "MET").length;
  return (
    <header className="debrief-head">
      <div>
        <h1>
          {t("page.title")} · {say(scenario.title)}
        </h1>
        <p>{say(scenario.about)}</p>
      </div>
      <dl>
        <dt>{t("page.deployment")}</dt>
        <dd>{deployment}</dd>
        <dt>{t("page.started")}</dt>
        <dd>{formatExport(startedAt)}</dd>
        <dt>{t("page.ended")}</dt>
        <dd>{endedAt === undefined ? t("page.running") : formatExport(endedAt)}</dd>
      </dl>
      <div className="debrief-score">
        <strong>{t("page.score", { met, all: targets.length })}</strong>
        <span>{t("page.speed", { n: speed })}</span>
        <button type="button" onClick={() => print()}>
          {t("page.print")}
        </button>
        <a href="/api/exercise/debrief.csv" download>
          {t("page.export")}
        </a>
      </div>
    </header>
  );
}
