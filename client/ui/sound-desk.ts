import type { Cancel, Platform } from "../store/platform.ts";
import { SCORES, type SoundName, type Speaker } from "./sounds.ts";

/** Who asks for which sound; knows when to repeat, when to keep quiet, and nothing of audio. */
export interface SoundDesk {
  /** Heard once, unless muted. `key` is heard only once ever (a request, a clock and its level). */
  once(name: "request" | "overdue" | "trouble", key: string): void;
  /** Repeats while any reason is held; a named person's acknowledgement releases it. */
  holdAlarm(reason: string): Cancel;
  /** The bell of a new request, again and again while any reason is held: at a desk that must sign. */
  holdRequest(reason: string): Cancel;
  /** The browser lets nothing be heard yet. */
  blocked(): boolean;
  /** From the menu; heard even when muted. */
  test(name: SoundName): void;
  stop(): void;
}

const ALARM_EVERY_MS = 3_000;
const REQUEST_EVERY_MS = 5_000;
/** Keys remembered; a day's worth of clocks of a province. */
const MOST_KEYS = 20_000;

export function createSoundDesk(
  platform: Pick<Platform, "every">,
  speaker: Speaker,
  muted: () => boolean,
): SoundDesk {
  const heard = new Set<string>();
  const play = (name: SoundName) => {
    if (!muted()) speaker.play(SCORES[name]);
  };
  const alarm = createRepeater(platform, ALARM_EVERY_MS, () => play("alarm"));
  const request = createRepeater(platform, REQUEST_EVERY_MS, () => play("request"));
  return {
    once(name, key) {
      const full = `${name} ${key}`;
      if (heard.has(full)) return;
      if (heard.size >= MOST_KEYS) heard.clear();
      heard.add(full);
      play(name);
    },
    holdAlarm: alarm.hold,
    holdRequest: request.hold,
    blocked: () => speaker.blocked(),
    test: (name) => speaker.play(SCORES[name]),
    stop() {
      alarm.stop();
      request.stop();
    },
  };
}

/** Heard at once and then at its interval, while there is a reason. */
function createRepeater(platform: Pick<Platform, "every">, everyMs: number, ring: () => void) {
  const reasons = new Set<string>();
  let repeating: Cancel | undefined;
  const stop = () => {
    reasons.clear();
    repeating?.();
    repeating = undefined;
  };
  return {
    hold(reason: string): Cancel {
      reasons.add(reason);
      if (!repeating) {
        ring();
        repeating = platform.every(everyMs, ring);
      }
      return () => {
        reasons.delete(reason);
        if (reasons.size === 0) stop();
      };
    },
    stop,
  };
}
