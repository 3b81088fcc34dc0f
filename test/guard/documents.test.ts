import { existsSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { SETTINGS, settingsTable } from "../../server/settings.ts";
import { protocolTables } from "./protocol-tables.ts";
import { filesLike, importsOf, ROOT, readText } from "./source-files.ts";

const PROTOCOL = "docs/PROTOCOL.md";
const DOCUMENTS = filesLike("*.md", "docs/**/*.md");

/** What stands between `<!-- table: name -->` and `<!-- end -->`. */
const TABLE = /(<!-- table: (\w+) -->\n\n)([\s\S]*?)(\n\n<!-- end -->)/g;

const withTables = (text: string, tables: Readonly<Record<string, string>>): string =>
  text.replace(
    TABLE,
    (_, begin: string, name: string, _old, end: string) => `${begin}${tables[name]}${end}`,
  );

describe("documents", () => {
  it("HOUSE-9 README's settings are those of the program", () => {
    expect(readText("README.md")).toContain(settingsTable());
  });

  it("HOUSE-9 the Chinese README names the same settings and defaults", () => {
    const rows = [...readText("README.zh-CN.md").matchAll(/^\| ([A-Z][A-Z_]+) \| (.+?) \|/gm)];
    expect(rows.map(([, name, fallback]) => ({ name, default: fallback }))).toEqual(
      SETTINGS.map(({ name, default: fallback }) => ({ name, default: fallback || "–" })),
    );
  });

  it("HOUSE-10 the tables of the protocol are those of the code (UPDATE_DOCS=1 writes them)", () => {
    const text = readText(PROTOCOL);
    const tables = protocolTables();
    const held = [...text.matchAll(TABLE)].map(([, , name]) => name ?? "");
    expect(held.sort()).toEqual(Object.keys(tables).sort());
    const current = withTables(text, tables);
    if (process.env.UPDATE_DOCS === "1") writeFileSync(join(ROOT, PROTOCOL), current);
    else expect(text).toBe(current);
  });

  it("HOUSE-11 the client written from the document imports nothing of this repository", () => {
    const files = filesLike("test/protocol-client/**/*.ts");
    const foreign = importsOf(files).filter(
      ({ to }) => /^(client|server|shared|test)\//.test(to) && !files.includes(to),
    );
    expect(files).not.toEqual([]);
    expect(foreign).toEqual([]);
    expect(new Set(importsOf(files).map(({ to }) => to))).toEqual(new Set(["ws"]));
  });

  it("HOUSE-12 links lead somewhere", () => {
    const dead = DOCUMENTS.flatMap((file) =>
      [...readText(file).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
        .map(([, link]) => link ?? "")
        .filter((link) => !/^[a-z]+:/.test(link))
        .filter((link) => !existsSync(join(ROOT, dirname(file), link)))
        .map((link) => `${file} → ${link}`),
    );
    expect(dead).toEqual([]);
  });

  it("HOUSE-12 paths in code marks exist", () => {
    const paths = /`((?:client|server|shared|test|docs)\/[\w./-]*[\w/])`/g;
    // Written by a build or a run, not kept in the repository.
    const made = /^(client\/dist|test\/bench\/results\/|data\/)/;
    const gone = DOCUMENTS.flatMap((file) =>
      [...readText(file).matchAll(paths)]
        .map(([, path]) => path ?? "")
        .filter((path) => !made.test(path) && !existsSync(join(ROOT, path)))
        .map((path) => `${file}: ${path}`),
    );
    expect(gone).toEqual([]);
  });

  it("HOUSE-12 scripts that are named exist", () => {
    const { scripts } = JSON.parse(readText("package.json")) as { scripts: Record<string, string> };
    const unknown = DOCUMENTS.flatMap((file) =>
      [...readText(file).matchAll(/\bnpm run (?:-s )?([a-z][\w:-]*)/g)]
        .map(([, name]) => name ?? "")
        .filter((name) => !(name in scripts))
        .map((name) => `${file}: npm run ${name}`),
    );
    expect(unknown).toEqual([]);
  });
});
