/**
 * How much happens on a working day of the province, for 350 terminals in the field. All ESTIMATES
 * from public figures; fewer terminals have proportionally less.
 */
export const TERMINALS = 350;

const MINUTE_S = 60;
const HOUR_S = 3_600;

/** The plan's day; the night between is skipped. */
export const DAY_BEGINS_S = 6 * HOUR_S;
export const DAY_ENDS_S = 22 * HOUR_S;
export const MUSTER_S = [7 * HOUR_S, 8 * HOUR_S] as const;
/** Three crews in five go home after office hours, the others after the second peak. */
export const HOME_EARLY_S = [17.5 * HOUR_S, 19 * HOUR_S] as const;
export const HOME_LATE_S = [20.5 * HOUR_S, 21.5 * HOUR_S] as const;
export const EARLY_SHARE = 0.6;

/**
 * Organised operations: 25 a day by the figures, all in the morning peak; the others are added so
 * that a visitor of the afternoon and of the second peak sees some too.
 */
export const OPERATIONS = [
  { count: 25, departS: [8.2 * HOUR_S, 9.5 * HOUR_S] },
  { count: 8, departS: [13.5 * HOUR_S, 15 * HOUR_S] },
  { count: 12, departS: [17.8 * HOUR_S, 18.6 * HOUR_S] },
] as const;

/** Chance that an outing ends with a person: 45 compelled and 20 detained a day in 420 outings. */
export const COMPEL_PER_OUTING = 45 / 420;
export const DETAIN_PER_OUTING = 20 / 420;
/** Of the detentions, those without the president's approval before (D2). */
export const EMERGENCY_SHARE = 0.12;
/** Of the compelled appearances, those that become a detention. */
export const CONVERT_SHARE = 0.12;

export const POLICE_A_DAY = { P4: 300, P3: 30, P2: 8 } as const;
/** Incidents of level 一般: 1 in 150 outings. */
export const INCIDENTS_A_DAY = 3;
/** Calls for help: so rare that a visitor meets one now and then. */
export const SOS_A_DAY = 4;
/** Nobody calls for help while people still look around. Real time. */
export const FIRST_SOS_AFTER_MS = 4 * MINUTE_S * 1_000;

/** Part of the minutes without coverage. */
export const DROPOUT = { city: 0.03, hills: 0.12 } as const;
export const DROPOUT_LASTS_S = [2 * MINUTE_S, 8 * MINUTE_S] as const;

/** Of the terminals, those that speak OsmAnd's protocol by HTTP. */
export const OSMAND_SHARE = 0.05;
