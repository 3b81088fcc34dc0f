import { useTranslation } from "react-i18next";
import type { ExerciseStatus } from "../../../shared/wire/exercise.ts";

/** Who may be played, and where somebody sits. */
export function Seats({ status }: { status: ExerciseStatus }) {
  const { t } = useTranslation("exercise");
  return (
    <section className="debrief-seats" aria-labelledby="seats-title">
      <h2 id="seats-title">{t("seats.title")}</h2>
      <ul>
        {status.seats.map(({ seat, court, title, name, face, login, person }) => (
          <li key={seat} data-person={person ? "" : undefined}>
            <span>
              {court} {title} {name}
            </span>
            <small>
              {t(`seats.face.${face}`)} · {t("seats.login", { login })} ·{" "}
              <b>{t(person ? "seats.person" : "seats.simulated")}</b>
            </small>
          </li>
        ))}
      </ul>
    </section>
  );
}
