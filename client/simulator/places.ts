import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import * as z from "zod";
import { distanceM } from "../../shared/geo/distance.ts";

export interface Point {
  readonly lat: number;
  readonly lng: number;
}

/** A court of the demo province as its officers know it. */
export interface CourtPlace {
  readonly id: string;
  readonly name: string;
  /** `江夏区`, for titles of operations. */
  readonly short: string;
  readonly tier: "HIGH" | "INTERMEDIATE" | "BASIC";
  readonly caseCode: string;
  readonly seat: Point;
  /** Mountains: longer ways, and four times as often without coverage. */
  readonly hills: boolean;
}

/** The file from which the demo province is built. */
const DEMO_COURTS = new URL("../../server/demo/courts-hubei.csv", import.meta.url);

const line = z.object({
  caseCode: z.string(),
  name: z.string(),
  tier: z.enum(["HIGH", "INTERMEDIATE", "BASIC"]),
  parent: z.string(),
  lat: z.coerce.number(),
  lng: z.coerce.number(),
});
type Line = z.infer<typeof line>;

/** Ids follow the line numbers, as at the server. */
export function readPlaces(file: URL | string = DEMO_COURTS): CourtPlace[] {
  const rows: unknown[] = parse(readFileSync(file, "utf8"), {
    columns: true,
    trim: true,
    bom: true,
  });
  return rows.map((row, index) =>
    placeOf(line.parse(row), `court-${String(index).padStart(3, "0")}`),
  );
}

const placeOf = ({ caseCode, name, tier, parent, lat, lng }: Line, id: string): CourtPlace => ({
  id,
  name,
  short: name
    .replace(/(中级)?人民法院$|法院$/, "")
    .replace(/^(?:湖北省|武汉市|黄石市|十堰市|宜昌市|襄阳市|荆门市|荆州市)(?=.{2})/, ""),
  tier,
  caseCode: caseCode.replace(/[^\p{Script=Han}\d]/gu, ""),
  seat: { lat, lng },
  hills: isHills(caseCode, parent, name),
});

/** 十堰 (鄂03), 恩施 (鄂28) and 神农架. */
const HILL_CODES: readonly string[] = ["鄂03", "鄂28"];
const isHills = (caseCode: string, parent: string, name: string): boolean =>
  HILL_CODES.includes(parent) || HILL_CODES.includes(caseCode) || name.includes("神农架");

const M_PER_DEG_LAT = 111_195;

/** The point `metres` away in direction `deg` (clockwise from north); flat, good to some 10 km. */
export function pointAt(from: Point, metres: number, deg: number): Point {
  const rad = (deg * Math.PI) / 180;
  const perDegLng = M_PER_DEG_LAT * Math.cos((from.lat * Math.PI) / 180);
  return {
    lat: from.lat + (metres * Math.cos(rad)) / M_PER_DEG_LAT,
    lng: from.lng + (metres * Math.sin(rad)) / perDegLng,
  };
}

/** The nearest other basic court within reach, for an operation in its district. */
export function neighbourOf(
  court: CourtPlace,
  places: readonly CourtPlace[],
  withinM: number,
): CourtPlace | undefined {
  return places
    .filter(({ id, tier }) => id !== court.id && tier === "BASIC")
    .map((place) => ({ place, away: distanceM(court.seat, place.seat) }))
    .filter(({ away }) => away > 500 && away < withinM)
    .sort((a, b) => a.away - b.away)[0]?.place;
}
