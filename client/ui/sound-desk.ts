import type { Cancel, Platform } from "../store/platform.ts";
import { SCORES, type SoundName, type Speaker } from "./sounds.ts";

/** Who asks for which sound; knows when to repeat, when to keep quiet, and nothing of audio. */
export interface SoundDesk {
  /** Heard once, unless muted. `key` is heard only once ever (a request, a clock and its level). */
  once(name: "request" | "overdue" | "trouble", key: string): void;
  /** Repeats while any reason is held; a named person's acknowledgement releases it. */
  holdAlarm(reason: string): Cancel;
  /** From the menu; heard even when muted. */
  test(name: SoundName): void;
  stop(): void;
}

const ALARM_EVERY_MS = 3_000;
/** Keys remembered; a day's worth of clocks of a province. */
const MOST_KEYS = 20_000;

export function createSoundDesk(
  platform: Pick<Platform, "every">,
  speaker: Speaker,
  muted: () => boolean,
): SoundDesk {
  const reasons = new Set<string>();
  const heard = new Set<string>();
  let repeating: Cancel | undefined;
  const play = (name: SoundName) => {
    if (!muted()) speaker.play(SCORES[name]);
  };
  const release = (reason: string) => {
    reasons.delete(reason);
    if (reasons.size > 0) return;
    repeating?.();
    repeating = undefined;
  };
  return {
    once(name, key) {
      const full = `${name} ${key}`;
      if (heard.has(full)) return;
      if (heard.size >= MOST_KEYS) heard.clear();
      heard.add(full);
      play(name);
    },
    holdAlarm(reason) {
      reasons.add(reason);
      if (!repeating) {
        play("alarm");
        repeating = platform.every(ALARM_EVERY_MS, () => play("alarm"));
      }
      return () => release(reason);
    },
    test: (name) => speaker.play(SCORES[name]),
    stop() {
      reasons.clear();
      repeating?.();
      repeating = undefined;
    },
  };
}
