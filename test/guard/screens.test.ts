import { readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { indexText, pictureNames } from "../screens/index-text.ts";
import { FACES } from "../screens/registry.ts";
import { ROOT, readText } from "./source-files.ts";

const FOLDER = join(ROOT, "docs", "screens");
const MOST_BYTES = 12 * 1_024 * 1_024;

describe("pictures of the pages", () => {
  const files = readdirSync(FOLDER);

  it("HOUSE-13 the index is that of the register (UPDATE_DOCS=1 writes it)", () => {
    const current = indexText(FACES);
    if (process.env.UPDATE_DOCS === "1") writeFileSync(join(FOLDER, "README.md"), current);
    else expect(readText("docs/screens/README.md")).toBe(current);
  });

  it("HOUSE-13 every page has its pictures, and no picture is of a page that is gone", () => {
    const pictures = files.filter((name) => name.endsWith(".webp"));
    expect(pictures.sort()).toEqual([...pictureNames(FACES)].sort());
  });

  it("HOUSE-13 the folder stays small", () => {
    const bytes = files.reduce((sum, name) => sum + statSync(join(FOLDER, name)).size, 0);
    expect(bytes).toBeLessThanOrEqual(MOST_BYTES);
  });
});
