import { useTranslation } from "react-i18next";
import type { ExerciseStatus } from "../../../shared/wire/exercise.ts";
import { formatDuration, formatSeconds } from "../../ui/format-time.ts";
import { useBilingual, useLanguage } from "../../ui/use-language.ts";

type Target = ExerciseStatus["targets"][number];

const S_MS = 1_000;
/** A shape for each, so that colour is never alone. */
const SIGNS: Readonly<Record<Target["verdict"], string>> = {
  MET: "✓",
  MISSED: "✕",
  RUNNING: "▶",
  LATE: "▲",
  NOT_BEGUN: "○",
  NOT_REACHED: "—",
};

/** Each measured time against its target, and who. */
export function Targets({ status }: { status: ExerciseStatus }) {
  const { t } = useTranslation("exercise");
  return (
    <section aria-labelledby="targets-title">
      <h2 id="targets-title">
        {t("targets.title")} <small>{t("targets.cfg")}</small>
      </h2>
      <div className="debrief-scroll">
        <table>
          <thead>
            <tr>
              {(["name", "verdict", "took", "target", "from", "to", "who"] as const).map((key) => (
                <th key={key} scope="col">
                  {t(`targets.${key}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {status.targets.map((target) => (
              <TargetRow key={target.id} target={target} status={status} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function TargetRow({ target, status }: { target: Target; status: ExerciseStatus }) {
  const { t } = useTranslation("exercise");
  const say = useBilingual();
  const language = useLanguage();
  const { verdict, tookS, targetS, fromAt, toAt } = target;
  const lasts = (s: number | undefined) =>
    s === undefined ? "" : formatDuration(s * S_MS, language);
  const time = (at: number | undefined) => (at === undefined ? "" : formatSeconds(at));
  return (
    <tr data-verdict={verdict}>
      <th scope="row">{say(target.title)}</th>
      <td className="debrief-verdict">
        <span aria-hidden="true">{SIGNS[verdict]}</span> {t(`verdict.${verdict}`)}
      </td>
      <td>{lasts(tookS)}</td>
      <td>{lasts(targetS)}</td>
      <td>{time(fromAt)}</td>
      <td>{time(toAt)}</td>
      <td>
        <Who target={target} status={status} />
      </td>
    </tr>
  );
}

function Who({ target: { by, awaited = [] }, status }: { target: Target; status: ExerciseStatus }) {
  const { t } = useTranslation("exercise");
  if (by) {
    return (
      <>
        {by.court} {by.title} {by.name}{" "}
        <small>{t(by.simulated ? "by.simulator" : "by.person")}</small>
      </>
    );
  }
  const who = awaited.map((seat) => {
    const known = status.seats.find((each) => each.seat === seat);
    return known ? `${known.court} ${known.title}` : seat;
  });
  return who.length === 0 ? null : <span>{t("targets.awaited", { who: who.join("、") })}</span>;
}
