import { describe, expect, it } from "vitest";
import { filesLike, readText } from "./source-files.ts";
import { titlesIn } from "./test-titles.ts";

const ID = /^[A-Z][A-Z0-9]*?-?\d+(?=\s|$)/;
/** `- **ID** …` in a list, `| ID | …` in a table. */
const RULE = /^(?:- \*\*([A-Z][A-Z0-9]*?-?\d+)\*\*|\| ([A-Z][A-Z0-9]*?-?\d+) \|)/gm;

const SPECS = filesLike("docs/spec/*.md");
const rules = SPECS.flatMap((file) =>
  [...readText(file).matchAll(RULE)].map(([, listed, tabled]) => ({
    id: listed ?? tabled ?? "",
    file,
  })),
);
const known = new Set(rules.map(({ id }) => id));

/** Suites that are read by `*.contract.ts` for several adapters count as tests too. */
const TESTS = filesLike("test/**/*.{test,contract}.{ts,tsx}");

/**
 * Tests whose rule has no number yet: sentences about words, sounds and looks that no spec file
 * names. A file leaves this list when its titles are numbered.
 */
const UNNUMBERED = [
  "test/unit/i18n.test.ts",
  "test/unit/link-http.test.ts",
  "test/unit/refusal-text.test.ts",
  "test/unit/ui-acts.test.ts",
  "test/unit/ui-sounds.test.ts",
  "test/unit/ui-time.test.ts",
  "test/unit/wire-payloads.test.ts",
];

const withoutRule = (file: string): string[] =>
  titlesIn(readText(file)).filter((title) => !known.has(ID.exec(title)?.[0] ?? ""));

describe("rules and titles", () => {
  it("HOUSE-8 every title begins with the id of a rule", () => {
    const wrong = TESTS.filter((file) => !UNNUMBERED.includes(file)).flatMap((file) =>
      withoutRule(file).map((title) => `${file}: ${title}`),
    );
    expect(wrong).toEqual([]);
  });

  it("HOUSE-8 the search reads the titles there are, those behind .each and .skipIf too", () => {
    // Put together here, or this file itself would seem to hold these tests.
    const [t, i] = ["test", "it"];
    const source = [
      `${t}("A-1 plain", () => {});`,
      `${i}.each([f("(", ")"), [1]])("A-2 each %s", () => {});`,
      `describe.skipIf(x)("no test", () => { ${i}.skipIf(no)("A-3 skip", () => {}) });`,
      `latest("no"); ${i}.each(names)(title, () => {});`,
    ].join("\n");
    expect(titlesIn(source)).toEqual(["A-1 plain", "A-2 each %s", "A-3 skip"]);
    expect(TESTS.flatMap((file) => titlesIn(readText(file))).length).toBeGreaterThan(600);
    const silent = TESTS.filter((file) => titlesIn(readText(file)).length === 0);
    expect(silent.filter((file) => !/\.contract\.ts"/.test(readText(file)))).toEqual([]);
  });

  it("HOUSE-8 a file whose titles are all numbered leaves the list of exceptions", () => {
    expect(UNNUMBERED.filter((file) => withoutRule(file).length === 0)).toEqual([]);
  });

  it("HOUSE-8 an id stands once", () => {
    const ids = rules.map(({ id }) => id);
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
  });

  it("HOUSE-8 docs/SPEC.md names each spec file with the prefixes of its rules", () => {
    const index = readText("docs/SPEC.md");
    const rows = [...index.matchAll(/^\| (.+?) \| \[.+?\]\((spec\/.+?\.md)\) \|/gm)];
    const said = rows.flatMap(([, prefixes, file]) =>
      [...(prefixes ?? "").matchAll(/`([A-Z0-9]+)`/g)].map(
        ([, prefix]) => `${prefix} docs/${file}`,
      ),
    );
    const prefixOf = (id: string) => id.replace(/-?\d+$/, "");
    const real = new Set(rules.map(({ id, file }) => `${prefixOf(id)} ${file}`));
    expect(said.sort()).toEqual([...real].sort());
    for (const file of SPECS) expect(index).toContain(`(${file.replace("docs/", "")})`);
  });
});
