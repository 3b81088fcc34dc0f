import type { Language } from "../store/ui.ts";

/** Courts of the province keep one time, whatever the device thinks. */
const ZONE = "Asia/Shanghai";
/** China has had no other offset since 1991; cheaper than `Intl` in a list that ticks. */
const OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;

const two = (n: number): string => String(n).padStart(2, "0");
const shifted = (at: number): Date => new Date(at + OFFSET_MS);
const dayOf = (at: number): number => Math.floor((at + OFFSET_MS) / DAY_MS);

const hhmm = (at: number): string =>
  `${two(shifted(at).getUTCHours())}:${two(shifted(at).getUTCMinutes())}`;

/** 14:03:22 */
export const formatSeconds = (at: number): string =>
  `${hhmm(at)}:${two(shifted(at).getUTCSeconds())}`;

const NEAR: Readonly<Record<Language, Readonly<Record<-1 | 1, string>>>> = {
  zh: { [-1]: "昨日 ", 1: "明日 " },
  en: { [-1]: "yesterday ", 1: "tomorrow " },
};

/** 14:03 today, 昨日 14:03, 11-21 14:03, 2025-11-21 14:03 in another year. */
export function formatTime(at: number, now: number, language: Language = "zh"): string {
  const days = dayOf(at) - dayOf(now);
  if (days === 0) return hhmm(at);
  if (days === -1 || days === 1) return `${NEAR[language][days]}${hhmm(at)}`;
  const date = shifted(at);
  const day = `${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`;
  const sameYear = date.getUTCFullYear() === shifted(now).getUTCFullYear();
  return `${sameYear ? "" : `${date.getUTCFullYear()}-`}${day} ${hhmm(at)}`;
}

/** For exports: always with the zone. 2026-11-21 14:03:22 (Asia/Shanghai) */
export function formatExport(at: number): string {
  const date = shifted(at);
  const day = `${date.getUTCFullYear()}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`;
  return `${day} ${formatSeconds(at)} (${ZONE})`;
}

/** 00:42, 05:40:11, 3d 04:00:00: minutes and seconds; hours and days only when there are some. */
export function formatDuration(ms: number, language: Language = "zh"): string {
  const seconds = Math.floor(Math.abs(ms) / 1_000);
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor((seconds % 86_400) / 3_600);
  const rest = `${two(Math.floor((seconds % 3_600) / 60))}:${two(seconds % 60)}`;
  if (days > 0) return `${days}${language === "zh" ? "天 " : " d "}${two(hours)}:${rest}`;
  return hours > 0 ? `${two(hours)}:${rest}` : rest;
}

/** The words of an age: a unit and a number, or `now` under 5 s (said only when it is old). */
export function ageWords(ms: number): {
  readonly unit: "now" | "seconds" | "minutes" | "hours" | "days";
  readonly n: number;
} {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  if (seconds < 1) return { unit: "now", n: 0 };
  if (seconds < 120) return { unit: "seconds", n: seconds };
  if (seconds < 7_200) return { unit: "minutes", n: Math.floor(seconds / 60) };
  if (seconds < 172_800) return { unit: "hours", n: Math.floor(seconds / 3_600) };
  return { unit: "days", n: Math.floor(seconds / 86_400) };
}
