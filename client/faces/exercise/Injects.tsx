import { useTranslation } from "react-i18next";
import type { ExerciseStatus } from "../../../shared/wire/exercise.ts";
import { formatSeconds } from "../../ui/format-time.ts";
import { useBilingual } from "../../ui/use-language.ts";

/** What the control told, and to whom. */
export function Injects({ status: { injects, seats } }: { status: ExerciseStatus }) {
  const { t } = useTranslation("exercise");
  const say = useBilingual();
  const titleOf = (seat: string) => seats.find((each) => each.seat === seat)?.title ?? seat;
  return (
    <section className="debrief-injects" aria-labelledby="injects-title">
      <h2 id="injects-title">{t("injects.title")}</h2>
      {injects.length === 0 ? <p>{t("injects.empty")}</p> : null}
      <ol>
        {injects.map(({ id, at, text, to }) => (
          <li key={id}>
            <time>{formatSeconds(at)}</time> {say(text)}{" "}
            <small>{t("injects.to", { who: to.map(titleOf).join("、") })}</small>
          </li>
        ))}
      </ol>
    </section>
  );
}
