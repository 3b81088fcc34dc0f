/** What `npm run test:long` consists of, in its order. */
import { globSync } from "node:fs";
import { basename, relative } from "node:path";
import { fileURLToPath } from "node:url";

export interface Piece {
  readonly name: string;
  readonly files: readonly string[];
  /** Settings that turn the small numbers of `npm run test:faults` into large ones. */
  readonly env: Readonly<Record<string, string>>;
}

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const FAULTS = "test/faults";

/** Each piece takes some minutes, so that a run which was cut off loses little. */
const LARGE: readonly Piece[] = [
  { name: "malformed", files: [`${FAULTS}/malformed.test.ts`], env: { MALFORMED: "10000" } },
  {
    name: "tampering",
    files: [`${FAULTS}/tampering.test.ts`],
    env: { TAMPERINGS: "14000", TAMPERED_FILES: "60" },
  },
];

/** The large pieces, then every other file of the folder with its small numbers: none is forgotten. */
export function piecesOfLongRun(files: readonly string[] = faultFiles()): readonly Piece[] {
  const named = new Set(LARGE.flatMap((piece) => piece.files));
  const rest = files.filter((file) => !named.has(file));
  return [
    ...LARGE,
    ...rest.map((file) => ({ name: basename(file, ".test.ts"), files: [file], env: {} })),
  ];
}

export function faultFiles(): readonly string[] {
  return globSync(`${FAULTS}/**/*.test.ts`, { cwd: ROOT })
    .map((file) => relative(ROOT, `${ROOT}/${file}`))
    .toSorted();
}
