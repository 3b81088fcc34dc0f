import type { View } from "./goals.ts";
import type { ConsoleOf } from "./messages.ts";
import { type BenchProvince, GROUPS } from "./province.ts";

/** Consoles with their sessions: of the intermediate courts in turn, or all of the High Court. */
export function consolesOf(view: View, count: number, { cookies }: BenchProvince): ConsoleOf[] {
  return Array.from({ length: count }, (_, i) => {
    const group = view === "full" ? 0 : i % GROUPS;
    const sessions = view === "full" ? cookies.high : (cookies.groups[group] ?? []);
    const turn = view === "full" ? i : Math.floor(i / GROUPS);
    return { group, cookie: sessions[turn % sessions.length] ?? "" };
  });
}
