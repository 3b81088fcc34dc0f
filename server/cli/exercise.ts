/** `npm run exercise`: starts an exercise (演练) on a data folder of its own. */
import { access, rename } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { readConfig } from "../config.ts";
import { loadScenario } from "../exercise/load-scenario.ts";
import { explain } from "../explain-start.ts";
import { run } from "../run.ts";
import { openStores } from "../stores.ts";

const USAGE = `Starts an exercise (演练): the demonstration's province, a scenario, an EXERCISE log.

  npm run exercise -- [--scenario xiangyang] [--speed 1] [--data DIR] [--fresh]

  --scenario   name in shared/exercise/scenarios, or a JSON file (default xiangyang)
  --speed      seconds of the scenario per second, fixed at the first start (default 1)
  --data DIR   its own folder (default data-exercise/SCENARIO); started again, it goes on there
  --fresh      begins anew: what is in the folder is moved aside, never deleted
  --help

Everything else is said by the server's settings (PORT, HOST, TLS_CERT, ...). SIMULATOR=0 leaves the
seats at which nobody sits empty.`;

interface Wanted {
  readonly scenario: string;
  readonly speed: string;
  readonly data?: string | undefined;
  readonly fresh: boolean;
}

/** Nothing: the usage was printed. */
function wanted(args: readonly string[]): Wanted | undefined {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        scenario: { type: "string", default: "xiangyang" },
        speed: { type: "string", default: "1" },
        data: { type: "string" },
        fresh: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
    if (!values.help) return values;
  } catch {
    process.exitCode = 2; // parseArgs throws on every option that it does not know
  }
  console.log(USAGE);
  return undefined;
}

async function main(): Promise<void> {
  const said = wanted(process.argv.slice(2));
  if (!said) return;
  const { scenario, speed, fresh } = said;
  const { id } = await loadScenario(scenario);
  const dataDir = said.data ?? join("data-exercise", id);
  // Sentinel and simulator are children, and read the same settings.
  Object.assign(process.env, { EXERCISE: scenario, EXERCISE_SPEED: speed, DATA_DIR: dataDir });
  const config = readConfig();
  if (fresh) await moveAside(dataDir);
  await run(config, openStores(config));
}

/** A history is kept, whatever comes after it. */
async function moveAside(dataDir: string): Promise<void> {
  const isThere = await access(dataDir).then(
    () => true,
    () => false,
  );
  if (!isThere) return;
  const aside = `${dataDir}.${new Date().toISOString().replaceAll(/[:.]/g, "-")}`;
  await rename(dataDir, aside);
  console.log(`the exercise before is kept in ${aside}`);
}

main().catch((error: unknown) => {
  console.error(explain(error));
  process.exit(1);
});
