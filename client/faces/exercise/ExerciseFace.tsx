import "./exercise.css";
import { useTranslation } from "react-i18next";
import type { Api } from "../../link/api.ts";
import type { HttpFailure } from "../../link/http.ts";
import { ageWords } from "../../ui/format-time.ts";
import { LanguageSwitch } from "../../ui/LanguageSwitch.tsx";
import { useExercise } from "../../ui/use-exercise.ts";
import { Injects } from "./Injects.tsx";
import { Seats } from "./Seats.tsx";
import { SheetHead } from "./SheetHead.tsx";
import { Steps } from "./Steps.tsx";
import { Targets } from "./Targets.tsx";

/** The debrief sheet (讲评表): while it runs, and after its end. */
export function ExerciseFace({ api }: { api: Api }) {
  const { status, failure, heardAt, again } = useExercise(api);
  if (!status) {
    return (
      <main className="debrief">
        {failure ? <Unread failure={failure} again={again} /> : <Waiting />}
      </main>
    );
  }
  return (
    <main className="debrief">
      {failure && heardAt !== undefined ? <Stale ms={Date.now() - heardAt} /> : null}
      <SheetHead status={status} />
      <Targets status={status} />
      <div className="debrief-columns">
        <Steps status={status} />
        <div>
          <Seats status={status} />
          <Injects status={status} />
        </div>
      </div>
      <LanguageSwitch />
    </main>
  );
}

function Waiting() {
  const { t } = useTranslation("exercise");
  return (
    <div className="debrief-waiting" role="status">
      <span className="visually-hidden">{t("page.loading")}</span>
      <i />
      <i />
      <i />
    </div>
  );
}

function Stale({ ms }: { ms: number }) {
  const { t } = useTranslation("exercise");
  const { unit, n } = ageWords(ms);
  return (
    <p className="debrief-stale" role="status">
      {t("page.stale", { age: t(`common:age.${unit}`, { n }) })}
    </p>
  );
}

const NOT_SIGNED_IN = 401;
const NOT_FOUND = 404;

function Unread({ failure, again }: { failure: HttpFailure; again: () => void }) {
  const { t, i18n } = useTranslation("exercise");
  if (failure.status === NOT_SIGNED_IN) {
    return (
      <p>
        <a href="/login">{t("page.signIn")}</a>
      </p>
    );
  }
  if (failure.status === NOT_FOUND) {
    return (
      <>
        <h1>{t("page.none")}</h1>
        <p>{t("page.noneHint")}</p>
      </>
    );
  }
  const words = failure.message?.[i18n.language === "en" ? "en" : "zh"] ?? failure.code;
  return (
    <p role="alert">
      {t("page.failed", { why: words })}{" "}
      <button type="button" onClick={again}>
        {t("page.retry")}
      </button>
    </p>
  );
}
