import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

export const readText = (path: string): string => readFileSync(join(ROOT, path), "utf8");

/** Paths from the root of the repository. */
export const filesLike = (...patterns: string[]): string[] =>
  globSync(patterns, { cwd: ROOT, exclude: (name) => /(^|\/)(node_modules|dist)$/.test(name) })
    .map((path) => path.replaceAll("\\", "/"))
    .sort();

export interface Import {
  readonly from: string;
  /** Path from the root, `node:…`, or the name of a package. */
  readonly to: string;
}

/** `import … from "x"`, `import "x"`, `export … from "x"`, `import("x")`. */
const SPECIFIER =
  /^(?:import|export)\s+(?:type\s+)?(?:[\w*{}\s,$]+?\sfrom\s+)?"([^"\n]+)"|\bimport\(\s*"([^"\n]+)"\s*\)/gm;

/** Every import of these files, types and dynamic ones too. */
export function importsOf(files: readonly string[]): Import[] {
  return files.flatMap((from) =>
    [...readText(from).matchAll(SPECIFIER)].map(([, still, lazy]) => {
      const written = still ?? lazy ?? "";
      const to = written.startsWith(".") ? normalize(join(dirname(from), written)) : written;
      return { from, to };
    }),
  );
}

/** Source without comments, so that a word in a sentence is not taken for a use. */
export const codeOf = (path: string): string =>
  readText(path)
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/(^|\s)\/\/.*$/gm, "$1");
