import { formatDuration, formatExport } from "../../../ui/format-time.ts";

/** 2026-11-21 14:03:22: a date belongs to it, because the two may be days apart. */
export const stamp = (at: number): string => formatExport(at).replace(/ \(.*\)$/u, "");

/** +01:00:00 when the machine is ahead, −01:00:00 when it is behind. */
export const signed = (offMs: number): string => `${offMs < 0 ? "−" : "+"}${formatDuration(offMs)}`;

/** Server time gives way by half a percent: an hour takes 200 hours. */
export const workedOffMs = (offMs: number): number => Math.abs(offMs) * 200;
