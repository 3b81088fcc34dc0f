import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseScenario, type Scenario, ScenarioError } from "../../shared/exercise/scenario.ts";
import { type Config, ConfigError } from "../config.ts";

const FOLDER = new URL("../../shared/exercise/scenarios/", import.meta.url);

/** `xiangyang` is a scenario that comes with the program, anything with a dot or slash a file. */
export const scenarioFile = (scenario: string): string =>
  /^[a-z0-9-]+$/.test(scenario)
    ? fileURLToPath(new URL(`${scenario}.json`, FOLDER))
    : resolve(scenario);

/** @throws ConfigError, in words for whoever starts it. */
export async function loadScenario(scenario: string): Promise<Scenario> {
  const file = scenarioFile(scenario);
  const text = await readFile(file, "utf8").catch(() => {
    throw new ConfigError([
      `EXERCISE=${scenario}: there is no such scenario (${file}); write the name of one in shared/exercise/scenarios, or a JSON file`,
    ]);
  });
  try {
    return parseScenario(JSON.parse(text));
  } catch (error) {
    if (error instanceof ScenarioError)
      throw new ConfigError(error.lines.map((line) => `${file}: ${line}`));
    if (error instanceof SyntaxError) throw new ConfigError([`${file}: ${error.message}`]);
    throw error;
  }
}

export const scenarioOf = async ({
  exercise,
}: Pick<Config, "exercise">): Promise<Scenario | undefined> =>
  exercise && loadScenario(exercise.scenario);

export const scenarioIdOf = async (config: Pick<Config, "exercise">): Promise<string | undefined> =>
  (await scenarioOf(config))?.id;
