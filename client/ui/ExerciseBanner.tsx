import { useTranslation } from "react-i18next";
import type { ExerciseStatus } from "../../shared/wire/exercise.ts";
import type { Api } from "../link/api.ts";
import { useHello } from "../store/use-session.ts";
import { formatDuration } from "./format-time.ts";
import { useExercise } from "./use-exercise.ts";
import { useLanguage } from "./use-language.ts";

/** How long what the control told stays on the banner. */
const TOLD_MS = 120_000;

/** 演练 on every face; to a seat that takes part also whose turn it is and what the control told. */
export function ExerciseBanner({ api }: { api: Api }) {
  const { t } = useTranslation("exercise");
  const language = useLanguage();
  const hello = useHello();
  // An observer takes no part and asks for nothing.
  const { status } = useExercise(api, hello !== undefined && hello.seat !== "observer");
  const seat = status?.seats.find(({ officerId }) => officerId === hello?.officerId)?.seat;
  return (
    <aside className="exercise-banner" aria-label={t("mark")}>
      <strong>{t("banner.title")}</strong>
      {status ? <span>{status.scenario.title[language]}</span> : null}
      {status && seat ? <News status={status} seat={seat} /> : null}
      {status && hello?.seat !== "wall" ? (
        <a href="/exercise" target="exercise">
          {t(status.endedAt === undefined ? "banner.sheet" : "banner.ended")}
        </a>
      ) : null}
    </aside>
  );
}

/** Whose turn it is until when, and what the control told last. */
function News({ status, seat }: { status: ExerciseStatus; seat: string }) {
  const { t } = useTranslation("exercise");
  const language = useLanguage();
  const turn = turnOf(status, seat);
  const told = toldTo(status, seat);
  const leftMs = (turn?.patienceUntil ?? status.at) - status.at;
  return (
    <span className="exercise-news" role="status">
      {turn ? (
        <b>
          {t("banner.turn", {
            step: turn.title[language],
            time: formatDuration(leftMs, language),
          })}
        </b>
      ) : null}
      {told ? <em>{told.text[language]}</em> : null}
    </span>
  );
}

const turnOf = ({ steps }: ExerciseStatus, seat: string) =>
  steps.find(({ state, seats }) => state === "WAITS" && seats.includes(seat));

const toldTo = ({ injects, at }: ExerciseStatus, seat: string) =>
  injects.findLast((each) => each.to.includes(seat) && at - each.at < TOLD_MS);
