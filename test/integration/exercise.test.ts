import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type ExercisePlayer,
  playExercise,
} from "../../client/simulator/exercise/play-exercise.ts";
import { type RunningServer, startServer } from "../../server/compose.ts";
import { readConfig } from "../../server/config.ts";
import { createLogger } from "../../server/edge/logging.ts";
import { loadScenario } from "../../server/exercise/load-scenario.ts";
import { type Scenario, seatsNamed } from "../../shared/exercise/scenario.ts";
import { SIMULATED_PREFIX } from "../../shared/exercise/status.ts";
import { exerciseStatus } from "../../shared/wire/exercise.ts";
import { eventually } from "../support/server/eventually.ts";
import { freePort } from "../support/server/free-port.ts";
import { readCommands, type StoredCommand, verifyLog } from "../support/server/read-log.ts";

/** Half an hour of the scenario in a minute: two real seconds for a minute's target, on a machine at work. */
const SPEED = 30;
const WITHIN_MS = 150_000;

let dataDir: string;
let scenario: Scenario;
let server: RunningServer;
let player: ExercisePlayer;
const refused: string[] = [];

const configOf = (port: number) =>
  readConfig(
    {
      PORT: String(port),
      DATA_DIR: dataDir,
      EXERCISE: "xiangyang",
      EXERCISE_SPEED: String(SPEED),
      SIMULATOR: "0",
    },
    () => [],
  );

const token = () => server.handout?.devices[0]?.token ?? "";
const ask = (path: string) =>
  fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${token()}` } });
const status = async () => exerciseStatus.parse(await (await ask("/api/exercise")).json());

describe("the Xiangyang eviction, every seat simulated, over real sockets", () => {
  let log: StoredCommand[];

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "exercise-"));
    scenario = await loadScenario("xiangyang");
    server = await startServer(configOf(await freePort()), {
      logger: createLogger("silent"),
      clientDir: join(dataDir, "no-client"),
    });
    player = playExercise({
      url: server.url,
      scenario,
      speed: SPEED,
      tokens: [...(server.handout?.devices ?? []), ...(server.handout?.desks ?? [])],
      say: (line) => refused.push(line),
    });
    await eventually(async () => {
      const { endedAt, steps } = await status();
      const open = steps.filter(({ state }) => state !== "DONE");
      const stuck = open
        .slice(0, 4)
        .map(({ id, state, done, of }) => `${id} ${state} ${done}/${of}`);
      if (endedAt === undefined)
        throw new Error(`open: ${stuck.join(", ")}; refused: ${refused.slice(0, 5).join(", ")}`);
    }, WITHIN_MS);
    log = await readCommands(dataDir);
  }, WITHIN_MS + 30_000);

  afterAll(async () => {
    player?.stop();
    await server?.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  test("EXR-10 every step stands in the log, by its own seat, and nothing was refused", async () => {
    const at = await status();
    expect(at.steps.filter(({ state }) => state !== "DONE")).toEqual([]);
    expect([refused, player.report().refusals]).toEqual([[], {}]);
    for (const step of scenario.steps) {
      const seats = seatsNamed(scenario, step.seat).map((seat) => at.ids.officers[seat]);
      const doers = log.filter(
        ({ command }) =>
          command.kind === step.kind &&
          command.id.startsWith(`${SIMULATED_PREFIX}${at.run}-${step.id}-`),
      );
      expect([step.id, doers.map(({ command }) => command.actor).sort()]).toEqual([
        step.id,
        seats.sort(),
      ]);
      expect(doers.every(({ command }) => command.events.length > 0)).toBe(true);
    }
  });

  test("EXR-11 the debrief is complete, measured from the log, and every target is met", async () => {
    const { targets } = await status();
    const lines = targets.map(
      ({ id, tookS, targetS }) => `${id.padEnd(18)} ${tookS} s of ${targetS} s`,
    );
    process.stdout.write(`${lines.join("\n")}\n`);
    expect(targets.map(({ id }) => id)).toEqual(scenario.targets.map(({ id }) => id));
    expect(targets.filter(({ verdict }) => verdict !== "MET")).toEqual([]);
    expect(targets.every(({ by }) => by?.simulated === true)).toBe(true);
  });

  test("EXR-12 the sheet is a file that says 演练 in its name and its first line", async () => {
    const answer = await ask("/api/exercise/debrief.csv");
    expect(answer.headers.get("content-disposition")).toContain("exercise-xiangyang-debrief.csv");
    const lines = (await answer.text()).split("\r\n");
    expect(lines[0]).toContain("演练 EXERCISE");
    expect(lines.length).toBeGreaterThan(scenario.targets.length + 5);
  });

  test("EXR-1 the log says that it is an exercise, and its chain is whole", async () => {
    const { exit, out } = await verifyLog(dataDir);
    expect(exit).toBe(0);
    expect(out).toContain("EXERCISE");
  });

  test("EXR-13 the crowd's phones were on the map, and each seat had its own socket", () => {
    const { connects, turnedAway, positions } = player.report();
    expect([connects, turnedAway]).toEqual([server.handout?.devices.length, 0]);
    expect(positions.stored).toBeGreaterThan(40);
  });
});
