import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { BENCHES } from "../bench/benches.ts";
import { performancePage } from "../bench/performance-page.ts";
import { keptResults } from "../bench/results.ts";
import { ROOT } from "./source-files.ts";

const PAGE = join(ROOT, "docs/PERFORMANCE.md");

it("BENCH-6 the page of figures is that of the kept results (UPDATE_DOCS=1 writes it)", async () => {
  const names = Object.keys(BENCHES);
  const page = performancePage(await keptResults(names), names);
  if (process.env.UPDATE_DOCS === "1") writeFileSync(PAGE, page);
  expect(readFileSync(PAGE, "utf8")).toBe(page);
});
