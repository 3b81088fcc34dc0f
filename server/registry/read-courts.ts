import { parse } from "csv-parse/sync";
import * as z from "zod";
import type { SystemCommand } from "../app/api.ts";

/**
 * Reads a court tree from CSV: `caseCode,name,tier,parent,lat,lng,coord`, parents before children,
 * `parent` naming the parent's caseCode. Case codes may be uncertain (a trailing `?`), so they are
 * never an id: ids are made from the line number, which is stable for a given file.
 */
const line = z.object({
  caseCode: z.string().min(1),
  name: z.string().min(2),
  tier: z.enum(["HIGH", "INTERMEDIATE", "BASIC"]),
  parent: z.string(),
  lat: z.coerce.number().min(-90).max(90),
  lng: z.coerce.number().min(-180).max(180),
  coord: z.enum(["CTR", "WIKI", "EST", "SURVEYED"]),
});

export interface CourtLine extends z.infer<typeof line> {
  readonly id: string;
  readonly parentId?: string;
}

export interface CourtFile {
  readonly courts: readonly CourtLine[];
  /** One sentence per refused line, with its number in the file. */
  readonly refused: readonly string[];
}

export function readCourts(csv: string): CourtFile {
  const rows = parse(csv, {
    columns: true,
    skip_empty_lines: true,
    trim: true,
    bom: true,
  }) as unknown[];
  const courts: CourtLine[] = [];
  const refused: string[] = [];
  const idByCode = new Map<string, string>();
  rows.forEach((row, index) => {
    const at = `line ${index + 2}`;
    const parsed = line.safeParse(row);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      refused.push(`${at}: ${issue?.path.join(".") ?? "line"}: ${issue?.message ?? "unreadable"}`);
      return;
    }
    const { data } = parsed;
    const parentId = idByCode.get(data.parent);
    if (data.parent !== "" && !parentId) {
      refused.push(`${at}: parent "${data.parent}" stands nowhere above`);
      return;
    }
    const id = `court-${String(index).padStart(3, "0")}`;
    if (idByCode.has(data.caseCode))
      refused.push(`${at}: case code "${data.caseCode}" appears twice`);
    else idByCode.set(data.caseCode, id);
    courts.push({ ...data, id, ...(parentId ? { parentId } : {}) });
  });
  return { courts, refused };
}

const kindOf = (name: string): string => {
  if (name.includes("海事")) return "MARITIME";
  if (name.includes("铁路")) return "RAILWAY";
  return /开发区|经济技术|高新/.test(name) ? "DEV_ZONE" : "LOCAL";
};

/** The command that registers one court, with an id of its own so that a repeated import changes nothing. */
export const registerCourt = (court: CourtLine): SystemCommand => ({
  id: `sys:import:court:${court.id}`,
  kind: "court.register",
  ref: { type: "court", id: court.id },
  payload: {
    name: court.name,
    tier: court.tier,
    ...(court.parentId ? { parentId: court.parentId } : {}),
    caseCode: court.caseCode,
    kind: kindOf(court.name),
    seat: { lat: court.lat, lng: court.lng },
    seatSource: court.coord,
  },
});
