import type { ExerciseStatus } from "../wire/exercise.ts";

/** The debrief sheet for a terminal. */
export function debriefText(status: ExerciseStatus): string {
  const { deployment, scenario, speed, targets, seats } = status;
  const titleOf = new Map(seats.map(({ seat, title, court }) => [seat, `${court} ${title}`]));
  const met = targets.filter(({ verdict }) => verdict === "MET").length;
  return [
    `演练 EXERCISE · ${deployment} · ${scenario.title.zh} ${scenario.title.en} · ×${speed}`,
    ...targets.map(({ title, verdict, tookS, targetS, by, awaited = [] }) => {
      const took = tookS === undefined ? "-" : `${tookS} s`;
      const who = by
        ? `${by.court} ${by.title} ${by.name}${by.simulated ? "（模拟）" : ""}`
        : awaited.map((seat) => titleOf.get(seat) ?? seat).join("；");
      return `${verdict.padEnd(11)} ${took.padStart(7)} / ${`${targetS} s`.padEnd(7)} ${title.zh} ${title.en}: ${who}`;
    }),
    `${met} / ${targets.length} met`,
  ].join("\n");
}
