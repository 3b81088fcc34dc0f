import { useTranslation } from "react-i18next";
import { useConnection } from "../../../store/use-session.ts";
import { formatDuration, formatSeconds } from "../../../ui/format-time.ts";
import { Icon } from "../../../ui/icons.tsx";
import { UnverifiedMark } from "../../../ui/UnverifiedMark.tsx";
import { useLanguage } from "../../../ui/use-language.ts";
import { useNow } from "../../../ui/use-now.tsx";
import { RefusalNote } from "../parts/RefusalNote.tsx";
import { Screen } from "../parts/Screen.tsx";
import { CALL_AFTER_MS, type SosLine, type SosStory } from "../sos-story.ts";
import { CancelSos } from "./CancelSos.tsx";
import { PhoneCalls } from "./PhoneCalls.tsx";
import { isRunning, useSosStory } from "./use-sos.ts";

/** The full screen of what happened to a call for help. */
export function SosScreen() {
  const { t } = useTranslation("field");
  const story = useSosStory();
  return (
    <Screen title={t("sos.title")}>
      {story ? <Story story={story} /> : <p className="f-empty">{t("sos.none")}</p>}
    </Screen>
  );
}

function Story({ story }: { story: SosStory }) {
  const now = useNow(250);
  const age = Math.max(0, now - story.pressedAt);
  return (
    <>
      <Head story={story} ageMs={age} />
      <Unverified story={story} />
      <ol className="f-story">
        {story.lines.map((line, index) => (
          <Line key={`${line.what}:${line.at ?? index}`} line={line} />
        ))}
      </ol>
      {story.refused?.kind === "refused" ? <RefusalNote refusal={story.refused.refusal} /> : null}
      {callDue(story, age) ? <PhoneCalls /> : null}
      <CancelSos story={story} />
    </>
  );
}

/** That the desks cannot be sure who calls, and what would make them. */
function Unverified({ story }: { story: SosStory }) {
  const { t } = useTranslation(["field", "common"]);
  const away = useConnection(
    ({ connection }) => connection.kind === "signed-out" || connection.kind === "refused",
  );
  if (away && !story.incident) return <p className="f-note">{t("sos.signInToFollow")}</p>;
  if (!story.incident || !story.unverified) return null;
  return (
    <div className="f-warning">
      <UnverifiedMark record={story.incident} />
      <p>{t("sos.unverified")}</p>
    </div>
  );
}

/** Nobody by name for ten seconds, as far as this phone knows. */
const callDue = (story: SosStory, ageMs: number): boolean =>
  isRunning(story) && !story.acknowledged && ageMs >= CALL_AFTER_MS;

function Head({ story, ageMs }: { story: SosStory; ageMs: number }) {
  const { t } = useTranslation("field");
  const language = useLanguage();
  const word = headWord(story);
  return (
    <div className="f-sos-head" data-word={word} role="status">
      <Icon name={word === "acked" ? "acknowledged" : "sos"} size="28" />
      <b>{t(`sos.${word}`)}</b>
      <span>{formatDuration(ageMs, language)}</span>
    </div>
  );
}

function headWord(story: SosStory): "ended" | "acked" | "notAcked" {
  if (story.ended || story.over) return "ended";
  return story.acknowledged ? "acked" : "notAcked";
}

function Line({ line }: { line: SosLine }) {
  const { t } = useTranslation(["field", "domain"]);
  const state = line.state ? t(`domain:police.state.${line.state}`) : "";
  const words = line.done
    ? t(`sos.line.${line.what}`, { by: line.by ?? "", state })
    : t(`sos.open.${line.what}`);
  return (
    <li data-done={line.done} data-what={line.what}>
      <i aria-hidden="true" />
      <span>{words}</span>
      {line.done && line.at !== undefined ? <time>{formatSeconds(line.at)}</time> : null}
    </li>
  );
}
