/** `npm run exercise:debrief`: the debrief sheet of an exercise, read from its log. */
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { EVENT_TYPES } from "../../shared/domain/modules.ts";
import { debriefText } from "../../shared/exercise/debrief-text.ts";
import { Replica } from "../app/replica.ts";
import { demoCourts } from "../demo/bootstrap.ts";
import { castIds } from "../exercise/cast.ts";
import { createExerciseDesk } from "../exercise/exercise-desk.ts";
import { loadScenario } from "../exercise/load-scenario.ts";
import { parseCommitBody } from "../log/commit-body.ts";
import type { LogStore } from "../log/log-store.ts";
import { openForReading, placeFrom } from "../log/open-for-reading.ts";
import { explained } from "./explained.ts";

const USAGE = `Prints the debrief sheet of an exercise: each time against its target, from the log alone.

  npm run exercise:debrief -- --data DIR [--scenario FILE] [--csv FILE]
  npm run exercise:debrief -- --mongodb URI [--scenario FILE] [--csv FILE]

  --scenario   the JSON file, where the scenario is not one that comes with the program
  --csv FILE   writes the sheet for a spreadsheet
  --help

The server may run. Exit status: 0 printed, 1 not an exercise or not readable, 2 wrong usage.`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      data: { type: "string" },
      mongodb: { type: "string" },
      scenario: { type: "string" },
      csv: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  const place = placeFrom(values);
  if (values.help || place === undefined) {
    console.log(USAGE);
    return values.help ? 0 : 2;
  }
  const { logs, close } = await openForReading(place);
  try {
    const log = logs.get("commits");
    return log === undefined ? notAnExercise() : await sheetOf(log, values);
  } finally {
    await close();
  }
}

function notAnExercise(): number {
  console.error("this log is no exercise (演练)");
  return 1;
}

async function sheetOf(
  log: Pick<LogStore, "read">,
  { scenario: file, csv }: { scenario?: string | undefined; csv?: string | undefined },
): Promise<number> {
  const [first] = await log.read(-1, 1);
  const parsed = first && parseCommitBody(first.body);
  const genesis = parsed?.ok ? parsed.body.genesis : undefined;
  if (!genesis?.exercise) return notAnExercise();
  const scenario = await loadScenario(file ?? genesis.exercise.scenario);
  const replica = new Replica(log, { mode: "EXERCISE", knownEventTypes: EVENT_TYPES });
  await replica.catchUp();
  const desk = createExerciseDesk({
    scenario,
    ids: castIds(scenario, await demoCourts()),
    log,
    world: replica.world,
    deployment: genesis.deployment,
    speed: genesis.exercise.speed,
    now: () => replica.tail.at,
    present: () => [],
  });
  console.log(debriefText(await desk.status()));
  if (csv === undefined) return 0;
  const { text } = await desk.debriefCsv();
  await writeFile(csv, text);
  console.log(`written: ${csv}`);
  return 0;
}

process.stdout.on("error", () => process.exit()); // `| head` has seen enough
process.exitCode = await explained(main);
