import type { StateReader } from "../kernel/state.ts";
import { tierPathOf } from "./relation.ts";

/**
 * The kinds of seat that exist so far; more come with oversight and admin. `inspector` and
 * `president` show what nobody else of their court may see (interference records); no face yet.
 */
export type Seat =
  | "console"
  | "wall"
  | "field"
  | "partner"
  | "inspector"
  | "president"
  /** 观摩: no record is ever addressed to it; it is shown frames of 30 s ago (OBS-1). */
  | "observer";

/** How a view stands to a record. `parent` is one tier above, `high` two; `unit` is asked for help. */
export type Standing =
  | "own"
  | "parent"
  | "high"
  | "host"
  | "public"
  | "issuer"
  | "recipient"
  | "copied"
  /** 受托法院 of a delegation: a sibling that answers what it was asked. */
  | "entrusted"
  | "unit";

/**
 * Standing × seat: what `project` is asked for. DTOs are computed once per audience. A third part
 * narrows it to one court, where courts of the same standing may not see the same.
 */
export type Audience = `${Standing}.${Seat}` | `${Standing}.${Seat}.${string}`;

/** `console:COURT` · `wall:COURT` · `field:OFFICER` · `partner:UNIT`, or every view of a seat: `console:*`. */
export type ViewKey = `${Seat}:${string}`;

export interface AudienceEntry {
  readonly view: ViewKey;
  readonly audience: Audience;
}

/** Asked for each record of each snapshot: nothing is cut into a list for it. */
export function seatOf(audience: Audience): Seat {
  const from = audience.indexOf(".") + 1;
  const to = audience.indexOf(".", from);
  return audience.slice(from, to < 0 ? undefined : to) as Seat;
}

export const standingOf = (audience: Audience): Standing =>
  audience.slice(0, audience.indexOf(".")) as Standing;

/** The court that the audience is narrowed to, if it is. */
const narrowedTo = (audience: Audience): string | undefined =>
  audience.split(".").slice(2).join(".") || undefined;

/** The court that sits in this audience of the record, where the audience alone says which. */
export function courtOfAudience(
  audience: Audience,
  record: { readonly courtId: string; readonly tierPath: readonly string[] },
): string | undefined {
  const standing = standingOf(audience);
  if (standing === "own" || standing === "issuer") return record.courtId;
  if (standing === "parent") return record.tierPath.at(-2);
  return standing === "high" ? record.tierPath.at(-3) : narrowedTo(audience);
}

const CENTER_SEATS = ["console", "wall"] as const;

/** Console and wall of one court, as `standing`. */
export const courtViews = (courtId: string, standing: Standing): AudienceEntry[] =>
  CENTER_SEATS.map((seat) => ({
    view: `${seat}:${courtId}` as const,
    audience: `${standing}.${seat}` as const,
  }));

/** The same for a court that may not see what others of its standing see. */
export const narrowedViews = (courtId: string, standing: Standing): AudienceEntry[] =>
  CENTER_SEATS.map((seat) => ({
    view: `${seat}:${courtId}` as const,
    audience: `${standing}.${seat}.${courtId}` as const,
  }));

/** The phones of these officers: the own court's projection of records in which they are named. */
export const fieldViews = (officerIds: Iterable<string>): AudienceEntry[] =>
  [...new Set(officerIds)].map((id) => ({
    view: `field:${id}` as const,
    audience: "own.field" as const,
  }));

/** The desk of the linked unit that a request is addressed to; nobody without an addressee. */
export const unitViews = (unitId: string | undefined): AudienceEntry[] =>
  unitId === undefined ? [] : [{ view: `partner:${unitId}`, audience: "unit.partner" }];

/**
 * Own court, and up the tree as far as `climb` says: 0 own only, 1 + parent, 2 + High Court.
 */
export function tierViews(
  state: StateReader,
  courtId: string,
  climb: 0 | 1 | 2 = 2,
): AudienceEntry[] {
  const path = tierPathOf(state, courtId);
  const parent = path.at(-2);
  const high = path.at(-3);
  return [
    ...courtViews(courtId, "own"),
    ...(climb >= 1 && parent ? courtViews(parent, "parent") : []),
    ...(climb >= 2 && high ? courtViews(high, "high") : []),
  ];
}

/** One entry per view: the first (strongest) standing wins. */
export function uniqueViews(entries: readonly AudienceEntry[]): AudienceEntry[] {
  const seen = new Set<string>();
  return entries.filter((e) => !seen.has(e.view) && seen.add(e.view));
}
