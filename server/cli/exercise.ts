/** `npm run exercise`: starts an exercise (演练) on a data folder of its own. */
import { access, rename } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { loadScenario } from "../exercise/load-scenario.ts";
import { run } from "../run.ts";
import { openStores } from "../stores.ts";
import { explained } from "./explained.ts";
import { serverConfig } from "./open-tool.ts";

const USAGE = `Starts an exercise (演练): the demonstration's province, a scenario, an EXERCISE log.

  npm run exercise -- [--scenario xiangyang] [--speed 1] [--data DIR] [--fresh]

  --scenario   name in shared/exercise/scenarios, or a JSON file (default xiangyang)
  --speed      seconds of the scenario per second, fixed at the first start (default 1)
  --data DIR   its own folder (default data-exercise/SCENARIO); started again, it goes on there
  --fresh      begins anew: what is in the folder is moved aside, never deleted
  --help

Everything else is said by the server's settings (PORT, HOST, TLS_CERT, ...). SIMULATOR=0 leaves the
seats at which nobody sits empty.`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      scenario: { type: "string", default: "xiangyang" },
      speed: { type: "string", default: "1" },
      data: { type: "string" },
      fresh: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const { id } = await loadScenario(values.scenario);
  const dataDir = values.data ?? join("data-exercise", id);
  const config = serverConfig(dataDir, {
    EXERCISE: values.scenario,
    EXERCISE_SPEED: values.speed,
  });
  if (values.fresh) await moveAside(dataDir);
  await run(config, openStores(config));
  return 0;
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

process.exitCode = await explained(main);
