import { useTranslation } from "react-i18next";
import { formatDuration } from "../../../ui/format-time.ts";
import { Icon } from "../../../ui/icons.tsx";
import { useLanguage } from "../../../ui/use-language.ts";
import { useNow } from "../../../ui/use-now.tsx";
import { hrefOf } from "../route.ts";
import { isRunning, useSosStory } from "./use-sos.ts";

/** On the home screen while a call for help of this phone runs: the way back to what happened to it. */
export function OpenSos() {
  const { t } = useTranslation("field");
  const story = useSosStory();
  const now = useNow();
  const language = useLanguage();
  if (!isRunning(story)) return null;
  return (
    <a className="f-open-sos" data-acked={story.acknowledged} href={hrefOf({ screen: "sos" })}>
      <Icon name="sos" />
      <b>{t("sos.running")}</b>
      <span>{formatDuration(Math.max(0, now - story.pressedAt), language)}</span>
      <span>{t(story.acknowledged ? "sos.acked" : "sos.notAcked")}</span>
    </a>
  );
}
