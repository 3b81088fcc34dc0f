import { createHash } from "node:crypto";
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { WIRE_HISTORY, WIRE_VERSION } from "../../shared/wire/version.ts";

const WIRE = fileURLToPath(new URL("../../shared/wire/", import.meta.url));
const VERSION_FILE = `${WIRE}version.ts`;
/** Gathers the schemas that the files of `payloads/` export; that it is complete is tested elsewhere. */
const GATHERS = "payloads.ts";

type JsonObject = { readonly [name: string]: unknown };

describe("wire version", () => {
  it("WIRE-6 has a line of history per version, oldest first", () => {
    expect(WIRE_HISTORY.map((line) => line.version)).toEqual(WIRE_HISTORY.map((_, i) => i + 1));
    expect(WIRE_VERSION).toBe(WIRE_HISTORY.at(-1)?.version);
    for (const { what } of WIRE_HISTORY) expect(what).toMatch(/\.$/);
  });

  it("WIRE-7 does not change shape without a new version", async () => {
    const hash = hashOf(await wireShape());
    if (process.env.UPDATE_WIRE_HASH === "1") recordHash(hash);
    else expect(WIRE_HISTORY.at(-1)?.hash, explain(hash)).toBe(hash);
  });

  it("WIRE-7 sees a new field, another limit and another layout", () => {
    const base = { at: z.number() };
    const shapes = [
      z.strictObject(base),
      z.strictObject({ ...base, by: z.string() }),
      z.strictObject({ at: z.number().max(9) }),
      z.strictObject({ at: z.number().optional() }),
    ].map((schema) => hashOf([shapeOf(schema)]));
    const layouts = [{ row: { lat: [4, "i32"] } }, { row: { lat: [8, "i32"] } }];
    expect(new Set([...shapes, ...layouts.map((l) => hashOf([shapeOf(l)]))]).size).toBe(6);
  });
});

/** Every exported schema, record of schemas and `…_LAYOUT`; not where it stands nor its name. */
async function wireShape(): Promise<string[]> {
  const files = globSync("**/*.ts", { cwd: WIRE }).filter((file) => file !== GATHERS);
  const shapes = new Set<string>();
  for (const file of files) {
    const exports = (await import(`${WIRE}${file}`)) as JsonObject;
    for (const [name, value] of Object.entries(exports)) {
      if (isWireShape(name, value)) shapes.add(shapeOf(value));
    }
  }
  return [...shapes].sort();
}

function isWireShape(name: string, value: unknown): boolean {
  if (value instanceof z.ZodType || name.endsWith("_LAYOUT")) return true;
  return isObject(value) && Object.values(value).some((member) => member instanceof z.ZodType);
}

/** One text per schema or layout, whatever the order of its members. */
function shapeOf(value: unknown): string {
  return JSON.stringify(sorted(toPlain(value)));
}

function toPlain(value: unknown): unknown {
  if (value instanceof z.ZodType) {
    return z.toJSONSchema(value, { unrepresentable: "any", io: "input" });
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, toPlain(member)]));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const names = Object.keys(value).sort();
  return Object.fromEntries(names.map((name) => [name, sorted(value[name])]));
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const hashOf = (shapes: readonly string[]): string =>
  createHash("sha256").update(shapes.join("\n")).digest("hex").slice(0, 16);

function recordHash(hash: string): void {
  const last = WIRE_HISTORY.at(-1);
  if (last?.hash === hash) return;
  expect(last?.released, explain(hash)).toBe(false);
  const source = readFileSync(VERSION_FILE, "utf8");
  const at = source.lastIndexOf('hash: "');
  const recorded = source.slice(at).replace(/hash: "[0-9a-f]*"/, `hash: "${hash}"`);
  writeFileSync(VERSION_FILE, source.slice(0, at) + recorded);
}

function explain(hash: string): string {
  const { version, released } = WIRE_HISTORY.at(-1) ?? { version: 0, released: true };
  const line = `add { version: ${version + 1}, what: "…", hash: "", released: false } to WIRE_HISTORY in shared/wire/version.ts, then `;
  return `What crosses the network changed shape (now ${hash}). To keep old clients out, ${
    released ? line : ""
  }run this test once with UPDATE_WIRE_HASH=1 and commit version.ts with the change.`;
}
