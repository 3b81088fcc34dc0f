import { FIELD_ROLES } from "../authority/roles.ts";
import type { Court } from "../court/state.ts";
import type { LatLng } from "../kernel/record.ts";
import type { Bilingual } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import { servesAt } from "../officer/lent.ts";
import { rolesOf } from "../officer/roles-of.ts";
import type { Officer } from "../officer/state.ts";
import { rosterOf } from "../operation/roster.ts";
import { isEnded } from "../operation/steps.ts";
import { liveAssist } from "./assist.ts";
import { isOpen } from "./level.ts";

/** Enforcement acts need two officers at least (C3); a court with fewer comes after those with two. */
const ENOUGH = 2;

export interface ReadyCourt {
  readonly courtId: string;
  /** Metres from the nearest ready officer, or from the court where no position is known. */
  readonly distanceM: number;
  readonly from: "POSITION" | "SEAT";
  /** Nearest first; those without a position count from their court. */
  readonly officerIds: readonly string[];
  readonly enough: boolean;
  /** Why it stands where it stands. */
  readonly reasons: readonly Bilingual[];
}

export interface NearestOptions {
  /** Great-circle metres. */
  readonly distanceM: (a: LatLng, b: LatLng) => number;
  /** Last positions by officer, as fresh as the caller wants them; none stand in the log. */
  readonly positions?: ReadonlyMap<string, LatLng>;
  /** Courts that are not asked: the enforcing court itself, one that declined. */
  readonly except?: readonly string[];
}

/**
 * Courts that could move first to a place: with two ready officers or more before those with one,
 * the nearer before the farther (practice 执行110: the nearest court moves first). Ready is who works
 * in the field, is on duty or on standby, and is neither in a running operation nor sent to help.
 * Courts without anybody ready are left out.
 */
export function nearestReady(
  state: StateReader,
  place: LatLng,
  options: NearestOptions,
): readonly ReadyCourt[] {
  const byCourt = readyByCourt(state);
  const ranked = [...state.all("court")].flatMap((court) => {
    const officers = byCourt.get(court.id) ?? [];
    const asked = officers.length > 0 && !options.except?.includes(court.id);
    return asked ? [rankOf(court, officers, place, options)] : [];
  });
  return ranked.sort(
    (a, b) =>
      Number(b.enough) - Number(a.enough) ||
      a.distanceM - b.distanceM ||
      a.courtId.localeCompare(b.courtId),
  );
}

function readyByCourt(state: StateReader): ReadonlyMap<string, readonly Officer[]> {
  const sent = sentToHelp(state);
  const found = new Map<string, Officer[]>();
  for (const officer of state.all("officer")) {
    if (!isReady(officer, state) || sent.has(officer.id)) continue;
    const courtId = servesAt(officer, state);
    found.set(courtId, [...(found.get(courtId) ?? []), officer]);
  }
  return found;
}

function isReady(officer: Officer, state: StateReader): boolean {
  if (officer.disabled || (officer.duty !== "ON_DUTY" && officer.duty !== "STANDBY")) return false;
  if (!rolesOf(officer).some((role) => FIELD_ROLES.includes(role))) return false;
  return !state
    .linked("operation", `officer:${officer.id}`)
    .some(
      (operation) =>
        operation.state !== "APPROVED" &&
        !isEnded(operation) &&
        rosterOf(operation).includes(officer.id),
    );
}

const sentToHelp = (state: StateReader): ReadonlySet<string> =>
  new Set(
    [...state.all("incident")]
      .filter(isOpen)
      .flatMap((incident) => liveAssist(incident)?.officerIds ?? []),
  );

function rankOf(
  court: Court,
  officers: readonly Officer[],
  place: LatLng,
  { distanceM, positions }: NearestOptions,
): ReadyCourt {
  const seatM = distanceM(court.seat, place);
  const ways = officers
    .map(({ id }) => {
      const at = positions?.get(id);
      return { id, known: at !== undefined, metres: at ? distanceM(at, place) : seatM };
    })
    .sort((a, b) => a.metres - b.metres || a.id.localeCompare(b.id));
  const [first] = ways;
  const metres = first?.metres ?? seatM;
  const from = first?.known ? "POSITION" : "SEAT";
  const enough = officers.length >= ENOUGH;
  return {
    courtId: court.id,
    distanceM: metres,
    from,
    officerIds: ways.map(({ id }) => id),
    enough,
    reasons: [howFar(metres, from), howMany(officers.length, enough)],
  };
}

function howFar(metres: number, from: ReadyCourt["from"]): Bilingual {
  const km = (metres / 1_000).toFixed(1);
  return from === "POSITION"
    ? { zh: `最近人员距现场${km}公里`, en: `nearest officer ${km} km away` }
    : { zh: `法院距现场${km}公里（人员位置未知）`, en: `court ${km} km away, positions unknown` };
}

const howMany = (count: number, enough: boolean): Bilingual =>
  enough
    ? { zh: `可出动${count}人`, en: `${count} officers ready` }
    : { zh: `仅可出动${count}人，不足两人`, en: `only ${count} officer ready, fewer than two` };
