import type { Incident, IncidentLevel } from "./state.ts";

/** Ascending. */
const INCIDENT_LEVELS: readonly IncidentLevel[] = [
  "GENERAL",
  "LARGER",
  "MAJOR",
  "ESPECIALLY_MAJOR",
];

const rank = (level: IncidentLevel): number => INCIDENT_LEVELS.indexOf(level);

export const levelAtLeast = (level: IncidentLevel, least: IncidentLevel): boolean =>
  rank(level) >= rank(least);

export const higherLevel = (a: IncidentLevel, b: IncidentLevel): IncidentLevel =>
  rank(b) > rank(a) ? b : a;

/** From this many injured on, or with any death, an incident is 特别重大 whatever anybody says. */
const INJURED_OF_ESPECIALLY_MAJOR = 3;

export function levelByCasualties(
  level: IncidentLevel,
  { dead, injured }: Incident["casualties"],
): IncidentLevel {
  return dead > 0 || injured >= INJURED_OF_ESPECIALLY_MAJOR ? "ESPECIALLY_MAJOR" : level;
}

const ENDED: ReadonlySet<Incident["state"]> = new Set(["RESOLVED", "REVIEWED", "FALSE_ALARM"]);

export const isOpen = (incident: Incident): boolean => !ENDED.has(incident.state);
