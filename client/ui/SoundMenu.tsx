import { useTranslation } from "react-i18next";
import { useUi } from "../store/use-session.ts";
import { Icon } from "./icons.tsx";
import { useSounds } from "./sound-context.tsx";
import type { SoundName } from "./sounds.ts";

const NAMES: readonly SoundName[] = ["alarm", "request", "overdue", "trouble"];

/** Mute, seen by everybody at the seat. */
export function MuteButton() {
  const { t } = useTranslation("common");
  const muted = useUi((s) => s.muted);
  const setMuted = useUi((s) => s.setMuted);
  return (
    <button
      type="button"
      className="mute"
      aria-pressed={muted}
      title={t(muted ? "sound.unmute" : "sound.mute")}
      onClick={() => setMuted(!muted)}
    >
      <Icon name={muted ? "muted" : "sound"} />
      <span className={muted ? "" : "visually-hidden"}>
        {t(muted ? "sound.muted" : "sound.mute")}
      </span>
    </button>
  );
}

/** Each sound can be tried, also while muted. */
export function SoundTests() {
  const { t } = useTranslation("common");
  const desk = useSounds();
  return (
    <ul className="sound-tests">
      {NAMES.map((name) => (
        <li key={name}>
          <button type="button" onClick={() => desk.test(name)}>
            {t("sound.test")} · {t(`sound.${name}`)}
          </button>
        </li>
      ))}
    </ul>
  );
}
