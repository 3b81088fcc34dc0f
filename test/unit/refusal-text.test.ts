import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { console as en } from "../../client/i18n/en/console.ts";
import { console as zh } from "../../client/i18n/zh/console.ts";
import { AUTHORITY } from "../../shared/domain/authority/table.ts";
import { CONFLICT_NOTES } from "../../shared/domain/kernel/conflict.ts";
import { ENTITY_TYPES, moduleOf } from "../../shared/domain/modules.ts";
import { REFUSALS, refusalText } from "../../shared/domain/refusal-text.ts";
import { REFUSAL_WORDS } from "../../shared/domain/refusal-words.ts";
import { clockRules } from "../../shared/domain/rules/clock-rules.ts";
import { readOracle, words } from "../oracle/read-oracle.ts";

const DOMAIN = fileURLToPath(new URL("../../shared/domain", import.meta.url));

/** Every code that the domain's sources refuse with, and the file that does. */
function refusedCodes(): Map<string, string> {
  const codes = new Map<string, string>();
  for (const name of readdirSync(DOMAIN, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".ts")) continue;
    const source = readFileSync(join(DOMAIN, name), "utf8");
    for (const match of source.matchAll(/\brefus(?:e|al)\(\s*"([A-Z_0-9]+)"/gu)) {
      if (match[1]) codes.set(match[1], name);
    }
  }
  return codes;
}

/** Codes that go through a helper (`when`, `numberGiven`, …) or stand in a literal refusal. */
function madeCodes(): Map<string, string> {
  const made =
    /(?:\bcode:\s*|\b(?:when|numberGiven|basisGiven|whenever)\([^;]*?,\s*)"([A-Z]+(?:_[A-Z0-9]+)+)"/gu;
  const codes = new Map<string, string>();
  for (const name of readdirSync(DOMAIN, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".ts")) continue;
    for (const [, code] of readFileSync(join(DOMAIN, name), "utf8").matchAll(made)) {
      if (code) codes.set(code, name);
    }
  }
  return codes;
}

/** Machines whose refusals name a state, and the word they name it by. */
const NAMING = ["operation", "incident", "order", "liaison", "suggestion", "supervision", "shift"];

const statesNamed = (): string[] =>
  readOracle("./states.csv")
    .filter(({ type }) => NAMING.includes(type ?? ""))
    .flatMap(({ from, to }) => [...words(from), ...words(to)])
    .filter((state) => !["NEW", "*", "=", "~"].includes(state));

const rolesAndParts = (): string[] =>
  Object.values(AUTHORITY)
    .flatMap((row) => Object.values(row))
    .flatMap(({ roles, parts = [] }) => [...(roles && roles !== "ANY" ? roles : []), ...parts]);

const CONFLICT_WORDS = { zh: zh.conflicts.note, en: en.conflicts.note };

describe("refusals", () => {
  it("every code of the sources has a text", () => {
    const codes = refusedCodes();
    expect(codes.size).toBeGreaterThan(40);
    expect([...codes].filter(([code]) => !REFUSALS[code])).toEqual([]);
  });

  it("every string that stands where a code is made has a text too", () => {
    const said = madeCodes();
    expect(said.size).toBeGreaterThan(10);
    expect([...said].filter(([code]) => !REFUSALS[code])).toEqual([]);
  });

  it("every state, role and part that a refusal may name has a word in both languages", () => {
    const named = [...statesNamed(), ...rolesAndParts()];
    expect(named.length).toBeGreaterThan(40);
    const missing = named.filter((code) => !REFUSAL_WORDS[code]?.zh || !REFUSAL_WORDS[code]?.en);
    expect([...new Set(missing)]).toEqual([]);
  });

  it.each(["zh", "en"])("every note of a conflict has words in %s", (language) => {
    const notes: Readonly<Record<string, string>> = CONFLICT_WORDS[language as "zh" | "en"];
    expect(CONFLICT_NOTES.filter((note) => !notes[note])).toEqual([]);
    expect(Object.keys(notes).sort()).toEqual([...CONFLICT_NOTES].sort());
  });

  it.each(["zh", "en"] as const)(
    "every level of every clock says in %s what it means",
    (language) => {
      const mute = clockRules().flatMap(({ id, levels }) =>
        levels.filter(({ say }) => !say[language].trim()).map(({ level }) => `${id} ${level}`),
      );
      expect(mute).toEqual([]);
    },
  );

  it("a code means the same in every module", () => {
    const clashes = ENTITY_TYPES.flatMap((type) => Object.entries(moduleOf(type).refusals)).filter(
      ([code, text]) => JSON.stringify(REFUSALS[code]) !== JSON.stringify(text),
    );
    expect(clashes).toEqual([]);
  });

  it.each(Object.entries(REFUSALS))("%s speaks Chinese and English, calmly", (_code, text) => {
    const { what, fix } = text;
    for (const zh of [what.zh, fix.zh]) expect(zh).toMatch(/\p{Script=Han}/u);
    for (const words of [what.zh, what.en, fix.zh, fix.en]) {
      expect(words).not.toMatch(/[!！。.]$|[!！]/u);
      expect(words).not.toBe("");
    }
    const params = (of: string) => [...of.matchAll(/\{\w+\}/gu)].map(String).sort();
    expect(params(what.zh + fix.zh)).toEqual(params(what.en + fix.en));
  });

  it("names what, the article and the way out", () => {
    expect(
      refusalText({ code: "PAUSE_ORDERED", ruleId: "OPS-9", params: { court: "甲法院" } }),
    ).toEqual({
      zh: "不能办理：甲法院已下令暂停（规则OPS-9）。须由甲法院或其上级法院解除",
      en: "Not possible: 甲法院 has ordered a pause (rule OPS-9). Only 甲法院 or a court above it can lift it",
    });
    expect(
      refusalText({ code: "DAYS_OUT_OF_RANGE", ruleId: "D1", params: { days: 16 } }).zh,
    ).toContain("（民事诉讼法第118条第2款）");
  });

  it("translates roles, relations and states in both languages", () => {
    expect(
      refusalText({ code: "ROLE_REQUIRED", params: { roles: "DIRECTOR,sceneCommander" } }),
    ).toEqual({
      zh: "不能办理：您的职务无此权限。需要：执行局长、现场指挥",
      en: "Not possible: Your role has no such right. Needed: director, scene commander",
    });
    const notReady = {
      code: "OPERATION_NOT_READY",
      params: { state: "PAUSED", needed: "ON_SCENE" },
    };
    expect(refusalText(notReady).zh).toBe("不能办理：行动当前为暂停。须先处于：到场");
  });

  it("stays readable for a code of a newer version", () => {
    expect(refusalText({ code: "FROM_THE_FUTURE" })).toEqual({
      zh: "不能办理：FROM_THE_FUTURE。请联系技术人员",
      en: "Not possible: FROM_THE_FUTURE. Ask your technician",
    });
  });
});
