import { createHash } from "node:crypto";
import { parse } from "csv-parse/sync";
import * as z from "zod";
import { ROLES, type Role } from "../../shared/domain/authority/roles.ts";
import type { EntityType } from "../../shared/domain/kernel/ref.ts";
import type { StateReader } from "../../shared/domain/kernel/state.ts";
import { UNIT_KINDS } from "../../shared/domain/unit/kinds.ts";
import type { SystemCommand } from "../app/api.ts";

/** The files that can be imported; each has a header line with these columns. */
export const IMPORT_KINDS = ["teams", "units", "officers", "devices", "assets"] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

/** One line of a file as commands, with what its account and device need. */
export interface ImportLine {
  readonly line: number;
  readonly commands: readonly SystemCommand[];
  /** Login to make for an officer. */
  readonly login?: { readonly login: string; readonly officerId: string };
  /** Device that needs an enrolment code. */
  readonly deviceId?: string;
}

export interface ReadLines {
  readonly lines: readonly ImportLine[];
  readonly refused: readonly string[];
}

const text = z.string().trim().min(1);
const optional = z
  .string()
  .trim()
  .transform((value) => (value === "" ? undefined : value))
  .optional();

const COLUMNS = {
  teams: z.object({ court: text, name: text }),
  officers: z.object({
    court: text,
    name: text,
    title: text,
    badge: text,
    gender: z.enum(["M", "F"]),
    cert: optional,
    team: optional,
    /** Linked unit that a LIAISON_USER sits for. */
    unit: optional,
    roles: z
      .string()
      .transform((v) =>
        v
          .split("|")
          .map((r) => r.trim())
          .filter(Boolean),
      )
      .pipe(z.array(z.enum(ROLES))),
    login: optional,
  }),
  devices: z.object({
    kind: z.enum(["PHONE", "TRACKER", "KIOSK"]),
    label: text,
    badge: optional,
    court: optional,
  }),
  units: z.object({
    court: text,
    kind: z.enum(UNIT_KINDS),
    name: text,
    phone: optional,
  }),
  assets: z.object({
    court: text,
    kind: z.enum(["VEHICLE", "TERMINAL", "BODYCAM", "GEAR", "DRONE"]),
    number: text,
  }),
} as const;

type Row<K extends ImportKind> = z.infer<(typeof COLUMNS)[K]>;

/** Stable ids from what identifies a line, so that importing a file twice changes nothing. */
const idOf = (...parts: readonly string[]): string =>
  createHash("sha256").update(parts.join("\n")).digest("hex").slice(0, 24);

function register(type: EntityType, id: string, payload: object): SystemCommand {
  const given = Object.fromEntries(
    Object.entries(payload).filter(([, value]) => value !== undefined),
  );
  return {
    id: `sys:import:${type}:${id}`,
    kind: `${type}.register`,
    ref: { type, id },
    payload: given,
  };
}

/** What the lines are resolved against: courts, teams, units and officers that exist already. */
export function readLines(kind: ImportKind, csv: string, world: StateReader): ReadLines {
  const rows = parse(csv, {
    columns: true,
    skip_empty_lines: true,
    trim: true,
    bom: true,
  }) as unknown[];
  const names = lookups(world);
  const lines: ImportLine[] = [];
  const refused: string[] = [];
  rows.forEach((row, index) => {
    const line = index + 2;
    const parsed = COLUMNS[kind].safeParse(row);
    const made = parsed.success ? MAKERS[kind](parsed.data as never, names) : issueOf(parsed.error);
    if (typeof made === "string") refused.push(`${kind} line ${line}: ${made}`);
    else lines.push({ line, ...made });
  });
  return { lines, refused };
}

const issueOf = (error: z.ZodError): string =>
  `${error.issues[0]?.path.join(".") ?? "line"}: ${error.issues[0]?.message ?? "unreadable"}`;

interface Lookups {
  court(nameOrId: string): string | undefined;
  team(courtId: string, name: string): string | undefined;
  unit(courtId: string, name: string): string | undefined;
  officer(badge: string): string | undefined;
}

function lookups(world: StateReader): Lookups {
  const courts = new Map(
    [...world.all("court")].flatMap((c) => [[c.name, c.id] as const, [c.id, c.id] as const]),
  );
  const teams = new Map([...world.all("team")].map((t) => [`${t.courtId}\n${t.name}`, t.id]));
  const units = new Map([...world.all("unit")].map((u) => [`${u.courtId}\n${u.name}`, u.id]));
  const officers = new Map([...world.all("officer")].map((o) => [o.badgeNo, o.id]));
  return {
    court: (name) => courts.get(name),
    team: (courtId, name) => teams.get(`${courtId}\n${name}`),
    unit: (courtId, name) => units.get(`${courtId}\n${name}`),
    officer: (badge) => officers.get(badge),
  };
}

type Made = Omit<ImportLine, "line"> | string;

const MAKERS: { readonly [K in ImportKind]: (row: Row<K>, names: Lookups) => Made } = {
  teams: ({ court, name }, names) => {
    const courtId = names.court(court);
    if (!courtId) return noCourt(court);
    return { commands: [register("team", `team-${idOf(courtId, name)}`, { courtId, name })] };
  },
  officers: officerLine,
  devices: ({ kind, label, badge, court }, names) => {
    const officerId = badge === undefined ? undefined : names.officer(badge);
    const courtId = court === undefined ? undefined : names.court(court);
    if (badge !== undefined && !officerId) return `no officer with badge ${badge}`;
    if (court !== undefined && !courtId) return noCourt(court);
    const deviceId = `dev-${idOf(kind, label, badge ?? "", court ?? "")}`;
    return {
      commands: [register("device", deviceId, { kind, label, officerId, courtId })],
      deviceId,
    };
  },
  units: ({ court, kind, name, phone }, names) => {
    const courtId = names.court(court);
    if (!courtId) return noCourt(court);
    return {
      commands: [
        register("unit", `unit-${idOf(courtId, kind, name)}`, {
          courtId,
          kind,
          name,
          dutyPhone: phone,
        }),
      ],
    };
  },
  assets: ({ court, kind, number }, names) => {
    const courtId = names.court(court);
    if (!courtId) return noCourt(court);
    return {
      commands: [
        register("asset", `asset-${idOf(kind, number)}`, { courtId, kind, plateOrSn: number }),
      ],
    };
  },
};

function officerLine(row: Row<"officers">, names: Lookups): Made {
  const { court, name, title, badge, gender, cert, team, unit, roles, login } = row;
  const courtId = names.court(court);
  if (!courtId) return noCourt(court);
  const teamId = team === undefined ? undefined : names.team(courtId, team);
  if (team !== undefined && !teamId) return `no team ${team} in ${court}: import teams first`;
  const unitId = unit === undefined ? undefined : names.unit(courtId, unit);
  if (unit !== undefined && !unitId) return `no unit ${unit} of ${court}: import units first`;
  const officerId = `off-${idOf(badge)}`;
  const known = names.officer(badge);
  if (known !== undefined && known !== officerId) return `badge ${badge} belongs to somebody else`;
  const payload = {
    ...{ courtId, name, title, badgeNo: badge, gender, execCertNo: cert, teamId },
    unitId,
  };
  return {
    commands: [
      register("officer", officerId, payload),
      ...roles.map((role) => grant(officerId, role)),
    ],
    ...(login === undefined ? {} : { login: { login: login.toLowerCase(), officerId } }),
  };
}

const grant = (officerId: string, role: Role): SystemCommand => ({
  id: `sys:import:grant:${officerId}:${role}`,
  kind: "officer.grant",
  ref: { type: "officer", id: officerId },
  payload: { role },
});

const noCourt = (court: string): string => `no court ${court}`;
