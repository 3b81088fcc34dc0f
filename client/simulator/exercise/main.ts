import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import * as z from "zod";
import { parseScenario } from "../../../shared/exercise/scenario.ts";
import { trustOwnMachine } from "../trust-own-machine.ts";
import { playExercise } from "./play-exercise.ts";

const PARENT_LOOK_MS = 2_000;
const devices = z.array(
  z.union([
    z.object({ officerId: z.string(), token: z.string() }),
    z.object({ officerId: z.string(), login: z.string(), password: z.string() }),
  ]),
);
const options = z.object({
  url: z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/$/, "")),
  tokens: z.string().min(1),
  scenario: z.string().min(1),
  speed: z.coerce.number().positive(),
  parent: z.coerce.number().int().positive().optional(),
});

/** The server starts it; it ends with the server. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      url: { type: "string" },
      tokens: { type: "string" },
      scenario: { type: "string" },
      speed: { type: "string", default: "1" },
      parent: { type: "string" },
    },
  });
  const { url, tokens, scenario, speed, parent } = options.parse(values);
  trustOwnMachine(url);
  const player = playExercise({
    url,
    speed,
    scenario: parseScenario(JSON.parse(await readFile(scenario, "utf8"))),
    tokens: devices.parse(JSON.parse(await readFile(tokens, "utf8"))),
    say: (line) => console.error(`演练模拟席位 simulated seat: ${line}`),
  });
  const end = () => {
    player.stop();
    process.exit(0);
  };
  process.once("SIGTERM", end);
  process.once("SIGINT", end);
  if (parent !== undefined)
    setInterval(() => {
      if (process.ppid !== parent) end();
    }, PARENT_LOOK_MS);
}

await main();
