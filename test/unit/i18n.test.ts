import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { CONSOLE_TEXTS } from "../../client/faces/console/console-texts.ts";
import { fieldWords } from "../../client/faces/console/forms/field-words.ts";
import { FORMS } from "../../client/faces/console/forms/forms.ts";
import { createI18n, type Texts } from "../../client/i18n/i18n.ts";
import { AUTHORITY } from "../../shared/domain/authority/table.ts";
import { codeOf, filesLike } from "../guard/source-files.ts";

const FOLDER = new URL("../../client/i18n/", import.meta.url);
const filesOf = (language: string) => readdirSync(new URL(`${language}/`, FOLDER)).sort();

async function textsOf(language: string, file: string): Promise<Texts> {
  const module = (await import(new URL(`${language}/${file}`, FOLDER).href)) as Record<
    string,
    Texts
  >;
  return module[file.replace(/\.ts$/u, "")] as Texts;
}

/** `a.b.c` of every sentence, with the names it fills in. */
function keysOf(texts: Texts, path = ""): string[] {
  return Object.entries(texts).flatMap(([key, value]) => {
    const at = path ? `${path}.${key}` : key;
    if (typeof value !== "string") return keysOf(value, at);
    const names = [...value.matchAll(/\{\{(\w+)\}\}/gu)].map((found) => found[1]).sort();
    return `${at} ${names.join(",")}`;
  });
}

/** The namespaces that a file asks for: a key without one is of these. */
const namespacesOf = (code: string): string[] =>
  [...code.matchAll(/useTranslation\(\[?([^)\]]*)/gu)].flatMap(([, names = ""]) =>
    [...names.matchAll(/"(\w+)"/gu)].map(([, name = ""]) => name),
  );

/** Every key that is written out in this code, `ns:key` or `key`; composed ones are not seen. */
const keysIn = (code: string): string[] =>
  [...code.matchAll(/\bt\(\s*"([^"\n]+)"/gu), ...code.matchAll(/"([a-z]+:[a-zA-Z][\w.]*)"/gu)]
    .map(([, key = ""]) => key)
    .filter((key) => !/^(?:node|https?|data|tel|blob):|\.$/u.test(key));

describe("texts", () => {
  test("every namespace exists in both languages", () => {
    expect(filesOf("en")).toEqual(filesOf("zh"));
  });

  test.each(filesOf("zh"))(
    "%s has the same keys and parameters in both languages",
    async (file) => {
      const [zh, en] = await Promise.all([textsOf("zh", file), textsOf("en", file)]);
      expect(keysOf(en).sort()).toEqual(keysOf(zh).sort());
    },
  );

  test.each(filesOf("zh"))("%s has no empty sentence and no exclamation mark", async (file) => {
    for (const language of ["zh", "en"]) {
      const sentences = JSON.stringify(await textsOf(language, file));
      expect(sentences).not.toMatch(/:""/u);
      expect(sentences).not.toMatch(/[!！]|请稍候/u);
    }
  });

  test("every action of the authority table has a word for its control", async () => {
    const texts = createI18n("zh", {
      action: { zh: await textsOf("zh", "action.ts"), en: await textsOf("en", "action.ts") },
    });
    const without = Object.keys(AUTHORITY).filter((kind) => !texts.exists(`action:${kind}`));
    expect(without).toEqual([]);
  });

  test("every key that a face writes out has its sentence", async () => {
    const names = filesOf("zh").map((file) => file.replace(/\.ts$/u, ""));
    const both = await Promise.all(
      names.map(
        async (name): Promise<[string, Record<"zh" | "en", Texts>]> => [
          name,
          { zh: await textsOf("zh", `${name}.ts`), en: await textsOf("en", `${name}.ts`) },
        ],
      ),
    );
    const texts = createI18n("zh", Object.fromEntries(both));
    const without = filesLike("client/**/*.ts", "client/**/*.tsx").flatMap((path) => {
      const code = codeOf(path);
      const own = namespacesOf(code);
      const ns = own.length > 0 ? [...own, "common"] : names;
      return keysIn(code)
        .filter((key) => !texts.exists(key, { ns, count: 1 }))
        .map((key) => `${path} ${key}`);
    });
    expect([...new Set(without)]).toEqual([]);
  });

  test("every field of a form has its word, and every choice that it offers", async () => {
    const both = async (file: string) => ({
      zh: await textsOf("zh", file),
      en: await textsOf("en", file),
    });
    const [domain, operation] = [await both("domain.ts"), await both("operation.ts")];
    const texts = createI18n("zh", { ...CONSOLE_TEXTS, domain, operation });
    const isWord = (key: string) =>
      typeof texts.t(key, { ns: "console", defaultValue: null }) === "string";
    const without = Object.entries(FORMS).flatMap(([kind, { fields }]) =>
      fields.flatMap((field) => {
        const named = fieldWords("label", kind, field.name).find((key) =>
          texts.exists(key, { ns: "console" }),
        );
        const choices =
          "values" in field ? field.values.map((value) => `${field.words}.${value}`) : [];
        return [
          ...(named !== undefined && isWord(named) ? [] : [`${kind} ${field.name}`]),
          ...choices.filter((key) => !isWord(key)),
        ];
      }),
    );
    expect([...new Set(without)]).toEqual([]);
  });

  test("an English seat speaks English, and a language is switched in place", async () => {
    const texts = createI18n("en", {
      common: { zh: await textsOf("zh", "common.ts"), en: await textsOf("en", "common.ts") },
    });
    expect(texts.t("clock.over")).toBe("over by");
    await texts.changeLanguage("zh");
    expect(texts.t("clock.over")).toBe("已超");
    expect(texts.t("age.seconds", { n: 12 })).toBe("12 秒前");
  });
});
