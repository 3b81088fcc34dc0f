import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { ENTITY_TYPES, moduleOf } from "../../shared/domain/modules.ts";
import { REFUSALS, refusalText } from "../../shared/domain/refusal-text.ts";

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

describe("refusals", () => {
  it("every code of the sources has a text", () => {
    const codes = refusedCodes();
    expect(codes.size).toBeGreaterThan(40);
    expect([...codes].filter(([code]) => !REFUSALS[code])).toEqual([]);
  });

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
