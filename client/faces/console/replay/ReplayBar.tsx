import { type RefObject, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useStores } from "../../../store/stores-context.tsx";
import { formatSeconds, formatTime } from "../../../ui/format-time.ts";
import { useLanguage } from "../../../ui/use-language.ts";
import { useNow } from "../../../ui/use-now.tsx";
import type { ReplayFeed } from "./replay-feed.ts";
import { rangeAt, SPEEDS } from "./replay-range.ts";
import { useReplayState } from "./use-replay.ts";

const STEPS = [
  ["minutes", 600_000],
  ["minute", 60_000],
  ["seconds", 10_000],
] as const;

interface BarProps {
  readonly feed: ReplayFeed;
  readonly slider: RefObject<HTMLInputElement | null>;
}

/** The day under one slider, steps to both sides, and playing at three speeds. */
export function ReplayBar({ feed, slider }: BarProps) {
  const { t } = useTranslation("replay");
  const language = useLanguage();
  const now = useNow(1_000);
  const { from, to } = rangeAt(now);
  const at = useReplayState(feed, (s) => s.at);
  // Whoever came by keyboard steps at once.
  useEffect(() => slider.current?.focus(), [slider]);
  return (
    <footer className="replay-bar">
      <div className="replay-slide">
        <span>{formatTime(from, now, language)}</span>
        <input
          ref={slider}
          type="range"
          min={from}
          max={to}
          step={1_000}
          value={at}
          aria-label={t("slider")}
          aria-valuetext={t("sliderAt", { time: formatSeconds(at) })}
          onChange={(event) => feed.seek(Number(event.target.value))}
        />
        <span>{formatTime(to, now, language)}</span>
      </div>
      <div className="replay-controls">
        <Steps feed={feed} way={-1} />
        <Playing feed={feed} />
        <Steps feed={feed} way={1} />
        <Speeds feed={feed} />
      </div>
      <p className="replay-keys second">{t("keys")}</p>
    </footer>
  );
}

function Steps({ feed, way }: { feed: ReplayFeed; way: 1 | -1 }) {
  const { t } = useTranslation("replay");
  const { clock } = useStores();
  const at = useReplayState(feed, (s) => s.at);
  const { from, to } = rangeAt(clock.serverNow());
  const isAtEnd = way === 1 ? at >= to : at <= from;
  return (way === 1 ? STEPS.toReversed() : STEPS).map(([name, ms]) => (
    <button
      key={name}
      type="button"
      aria-label={t(way === 1 ? "later" : "earlier", { by: t(`by.${name}`) })}
      disabled={isAtEnd}
      onClick={() => feed.seek(feed.store.getState().at + way * ms)}
    >
      {way === 1 ? "+" : "−"}
      {t(`by.${name}`)}
    </button>
  ));
}

function Playing({ feed }: { feed: ReplayFeed }) {
  const { t } = useTranslation("replay");
  const playing = useReplayState(feed, (s) => s.playing);
  return (
    <button
      type="button"
      className="replay-play"
      aria-pressed={playing}
      onClick={() => (playing ? feed.pause() : feed.play())}
    >
      <span aria-hidden="true">{playing ? "■" : "▶"}</span> {t(playing ? "pause" : "play")}
    </button>
  );
}

function Speeds({ feed }: { feed: ReplayFeed }) {
  const { t } = useTranslation("replay");
  const speed = useReplayState(feed, (s) => s.speed);
  return (
    <fieldset className="replay-speeds">
      <legend className="visually-hidden">{t("speed")}</legend>
      {SPEEDS.map((each) => (
        <button
          key={each}
          type="button"
          aria-pressed={each === speed}
          onClick={() => feed.setSpeed(each)}
        >
          {t("times", { n: each })}
        </button>
      ))}
    </fieldset>
  );
}
