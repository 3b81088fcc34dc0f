import { mkdir, readFile, writeFile } from "node:fs/promises";
import { cpus, loadavg, totalmem } from "node:os";
import { performancePage, type Result } from "./performance-page.ts";
import { PIN } from "./pinned.ts";

const FOLDER = new URL("./results/", import.meta.url);
const PAGE = new URL("../../docs/PERFORMANCE.md", import.meta.url);
const GIB = 2 ** 30;

/** The results that are kept, by bench. */
export async function keptResults(names: readonly string[]): Promise<ReadonlyMap<string, Result>> {
  const found = new Map<string, Result>();
  for (const name of names) {
    const text = await readFile(new URL(`${name}.json`, FOLDER), "utf8").catch(() => undefined);
    if (text !== undefined) found.set(name, JSON.parse(text) as Result);
  }
  return found;
}

/** Keeps one result and writes the page anew. @param names all benches, in order. */
export async function keep(result: Result, names: readonly string[]): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  await writeFile(new URL(`${result.name}.json`, FOLDER), `${JSON.stringify(result, null, 2)}\n`);
  await writeFile(PAGE, performancePage(await keptResults(names), names));
}

/** To be asked before the run, which makes a load of its own. */
export const loadNow = (): number => loadavg()[0] ?? 0;

/** To be asked after the run, which may have bound itself to a core. @param load before it. */
export const thisMachine = (load: number): Result["machine"] => ({
  cpu: cpus()[0]?.model ?? "",
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / GIB),
  node: process.version,
  load,
  isPinned: PIN.isInUse,
});
