import {
  type FacePages,
  LANGUAGES,
  pictureOf,
  type ScreenPage,
  SIZE_NAMES,
} from "./screen-page.ts";

const HEAD = `# What the pages look like

Pictures of a demonstration with invented people, taken by \`npm run screens\` (\`-- --face wall\`, \`-- --page wall-quiet\` for a part); nobody edits this file. A page is taken at 3840×2160 (kept smaller), 1366×768 and 390×844, in Chinese and in English. The map is a sketch of one province for internal use.
`;

const COLUMNS = SIZE_NAMES.flatMap((size) => LANGUAGES.map((language) => ({ size, language })));

/** `docs/screens/README.md`: one line a page, with what one sees and its pictures. */
export function indexText(faces: readonly FacePages[]): string {
  const parts = faces.filter(({ pages }) => pages.length > 0).map(partOf);
  return `${[HEAD, ...parts].join("\n")}`;
}

function partOf({ face, pages }: FacePages): string {
  return `## ${face}\n\n| page | what one sees | pictures |\n|---|---|---|\n${pages.map(rowOf).join("\n")}\n`;
}

function rowOf(page: ScreenPage): string {
  const links = COLUMNS.filter(({ size }) => (page.sizes ?? SIZE_NAMES).includes(size)).map(
    ({ size, language }) => `[${size} ${language}](${pictureOf(page.name, size, language)})`,
  );
  return `| ${page.name} | ${page.shows} | ${links.join(" ")} |`;
}

/** The names of all pictures that there are to be. */
export const pictureNames = (faces: readonly FacePages[]): readonly string[] =>
  faces.flatMap(({ pages }) =>
    pages.flatMap(({ name, sizes = SIZE_NAMES }) =>
      sizes.flatMap((size) => LANGUAGES.map((language) => pictureOf(name, size, language))),
    ),
  );
