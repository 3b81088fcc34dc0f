/** The tables of docs/PROTOCOL.md, made from the code. */
import * as z from "zod";
import { PROBLEMS } from "../../server/edge/http/problems.ts";
import {
  CENTER_ROLES,
  COMMAND_ROLES,
  FIELD_ROLES,
  ROLES,
} from "../../shared/domain/authority/roles.ts";
import { AUTHORITY, type Cell } from "../../shared/domain/authority/table.ts";
import type { EntityType } from "../../shared/domain/kernel/ref.ts";
import { commandEntry, ENTITY_TYPES } from "../../shared/domain/modules.ts";
import { REFUSALS } from "../../shared/domain/refusal-text.ts";
import {
  caseNo,
  commandId,
  epochMs,
  lat,
  latLng,
  lng,
  recordId,
  subjectRef,
} from "../../shared/wire/common.ts";
import { liftedFields } from "../../shared/wire/free-text.ts";
import { PAYLOADS } from "../../shared/wire/payloads.ts";
import { BATCH_LAYOUT } from "../../shared/wire/position-batch.ts";
import { FRAME_LAYOUT } from "../../shared/wire/position-frame.ts";
import { TRACK_LAYOUT } from "../../shared/wire/track-answer.ts";
import { readOracle } from "../oracle/read-oracle.ts";

export const protocolTables = (): Readonly<Record<string, string>> => ({
  commands: ENTITY_TYPES.map(commandsOf).join("\n\n"),
  fields: fieldTable(),
  problems: problemTable(),
  refusals: refusalTable(),
  frame: layoutTable(FRAME_LAYOUT),
  batch: layoutTable(BATCH_LAYOUT),
  tracks: layoutTable(TRACK_LAYOUT),
});

/** What JSON Schema says of a value, as far as these tables read it. */
interface JsonSchema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
}

const jsonOf = (schema: z.ZodType): JsonSchema => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: "input" });
  return rest as JsonSchema;
};

const keyOf = (schema: JsonSchema): string => JSON.stringify(schema);

/** Shapes that the document explains once, by name. */
const NAMED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    id: recordId,
    commandId,
    ms: epochMs,
    lat,
    lng,
    latLng,
    caseNo,
    subjectRef,
    role: z.enum(ROLES),
    about: PAYLOADS["detention.arrive"]?.shape.about as z.ZodType,
  }).map(([name, schema]) => [keyOf(jsonOf(schema)), name]),
);

function typeOf(schema: JsonSchema): string {
  const name = NAMED.get(keyOf(schema));
  if (name) return name;
  if (schema.enum) return schema.enum.join(" \\| ");
  switch (schema.type) {
    case "object":
      return objectOf(schema);
    case "array":
      return `[${typeOf(schema.items ?? {})}]${bounds(schema.minItems, schema.maxItems)}`;
    case "string":
      return `text${bounds(undefined, schema.maxLength)}`;
    case "integer":
    case "number":
      return `${schema.type}${bounds(schema.minimum, schema.maximum)}`;
    case "boolean":
      return "boolean";
    default:
      throw new Error(`no words for ${keyOf(schema)}`);
  }
}

const bounds = (least: number | undefined, most: number | undefined): string => {
  const isSafe = (n: number | undefined) => n !== undefined && Math.abs(n) < 9e15;
  if (isSafe(least) && isSafe(most)) return ` ${least}–${most}`;
  return isSafe(most) ? ` ≤${most}` : "";
};

function objectOf({ properties = {}, required = [] }: JsonSchema): string {
  const fields = Object.entries(properties).map(
    ([name, schema]) => `${name}${required.includes(name) ? "" : "?"}: ${typeOf(schema)}`,
  );
  return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
}

/** Top-level fields that are free text say so: their words never enter the log. */
function payloadOf(kind: string): string {
  const schema = PAYLOADS[kind];
  if (!schema) return "–";
  const free = new Set(liftedFields(schema));
  const { properties = {}, required = [] } = jsonOf(schema);
  const fields = Object.entries(properties).map(([name, field]) => {
    const type = free.has(name) ? typeOf(field).replace(/^text/, "free text") : typeOf(field);
    return `${name}${required.includes(name) ? "" : "?"}: ${type}`;
  });
  return fields.length === 0 ? "{}" : fields.join("<br>");
}

function commandsOf(type: EntityType): string {
  const kinds = Object.keys(PAYLOADS).filter((kind) => commandEntry(kind)?.type === type);
  const rows = kinds.map((kind) => {
    const { nature, target } = commandEntry(kind)?.spec ?? { nature: "?", target: "?" };
    return row([
      `\`${kind}\``,
      nature.toLowerCase(),
      target.toLowerCase(),
      payloadOf(kind),
      who(kind),
    ]);
  });
  return [
    `#### \`${type}\``,
    "",
    row(["kind", "nature", "record", "payload", "who may"]),
    "|---|---|---|---|---|",
    ...rows,
  ].join("\n");
}

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

const who = (kind: string): string =>
  Object.entries(AUTHORITY[kind] ?? {})
    .map(([relation, cell]) => `${relation}: ${cellOf(cell)}`)
    .join("<br>");

function cellOf({ roles, parts, except, inCourt }: Cell): string {
  const may = [
    ...(roles === "ANY" ? ["anybody"] : grouped(roles ?? [])),
    ...(parts ?? []).map((part) => `*${part}*`),
  ].join(", ");
  const not = except ? `, not *${except.join(", ")}*` : "";
  return `${may}${not}${inCourt ? ` of *${inCourt}*` : ""}`;
}

const GROUPS: readonly (readonly [string, readonly string[]])[] = [
  ["CENTER", CENTER_ROLES],
  ["COMMAND", COMMAND_ROLES],
  ["FIELD", FIELD_ROLES],
];

function grouped(roles: readonly string[]): string[] {
  let rest = [...roles];
  const names: string[] = [];
  for (const [name, members] of GROUPS) {
    if (!members.every((role) => rest.includes(role))) continue;
    names.push(name);
    rest = rest.filter((role) => !members.includes(role));
  }
  return [...names, ...rest];
}

/** From the hand-written table that the projections are tested against (AUD-1). */
function fieldTable(): string {
  const groups = new Map<string, string[]>();
  for (const { record, field, audiences } of readOracle("audience.csv")) {
    const key = `${record}\n${audiences}`;
    groups.set(key, [...(groups.get(key) ?? []), field ?? ""]);
  }
  const rows = [...groups].map(([key, fields]) => {
    const [record = "", audiences = ""] = key.split("\n");
    return row([`\`${record}\``, fields.join(", "), audiences]);
  });
  return [row(["record", "fields", "audiences"]), "|---|---|---|", ...rows].join("\n");
}

function problemTable(): string {
  const rows = Object.entries(PROBLEMS)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, { status, en }]) => row([`\`${code}\``, String(status), en]));
  return [row(["code", "status", "meaning"]), "|---|---|---|", ...rows].join("\n");
}

function refusalTable(): string {
  const rows = Object.entries(REFUSALS)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, { what, fix }]) => row([`\`${code}\``, what.en, fix.en]));
  return [row(["code", "what is refused", "what would satisfy it"]), "|---|---|---|", ...rows].join(
    "\n",
  );
}

type Place = readonly [offset: number, type: string, value?: unknown];

interface Layout {
  readonly headerBytes: number;
  readonly rowBytes: number;
  readonly row: Readonly<Record<string, Place>>;
}

function layoutTable(layout: Layout): string {
  const isPlace = (entry: [string, unknown]): entry is [string, Place] => Array.isArray(entry[1]);
  const header = Object.entries(layout).filter(isPlace);
  const linesOf = (places: readonly (readonly [string, Place])[]) =>
    places.map(([name, [offset, type, value]]) =>
      row([String(offset), name, type, value === undefined ? "" : shownValue(value)]),
    );
  return [
    `Header, ${layout.headerBytes} bytes:`,
    "",
    row(["offset", "field", "type", "value"]),
    "|---|---|---|---|",
    ...linesOf(header),
    "",
    `Each row, ${layout.rowBytes} bytes:`,
    "",
    row(["offset", "field", "type", ""]),
    "|---|---|---|---|",
    ...linesOf(Object.entries(layout.row)),
  ].join("\n");
}

const shownValue = (value: unknown): string =>
  typeof value === "number" && value > 9 ? `0x${value.toString(16)}` : String(value);
