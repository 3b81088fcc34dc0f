/** What is played: a demonstration or an exercise. Imported only where there is one. */
import type { Scenario } from "../shared/exercise/scenario.ts";
import type { Clock } from "./app/clock.ts";
import type { Kernel } from "./app/kernel.ts";
import type { Config } from "./config.ts";
import { bootstrapDemo, type DemoHandout, demoCourts } from "./demo/bootstrap.ts";
import { demoSecrets } from "./demo/seed.ts";
import type { ExerciseDesk } from "./edge/http/http-deps.ts";
import { bootstrapExercise } from "./exercise/bootstrap-exercise.ts";
import { castIds } from "./exercise/cast.ts";
import { createExerciseDesk } from "./exercise/exercise-desk.ts";
import { isOneOfSeveral } from "./open-node.ts";
import type { Stores } from "./stores.ts";
import { readOrCreateMasterKey } from "./vault/master-key.ts";

interface Opened {
  readonly kernel: Kernel;
  readonly stores: Stores;
  readonly clock: Clock;
}

/** What it is made of, unless it stands there already. */
export async function bootstrapPlay(
  { node, vaultKeyFile, demoSeedFile }: Config,
  scenario: Scenario | undefined,
  { kernel: { app }, stores: { accounts }, clock }: Opened,
): Promise<DemoHandout> {
  const key = isOneOfSeveral(node) ? await readOrCreateMasterKey(vaultKeyFile) : undefined;
  const derive = await demoSecrets(demoSeedFile, key);
  const now = () => clock.now();
  return scenario
    ? bootstrapExercise(scenario, { app, accounts, derive, now })
    : bootstrapDemo(app, accounts, derive, now);
}

/** Whoever looks on by a session of his own is a person; the simulator comes with device keys. */
export async function exerciseDesk(
  deployment: string,
  { speed }: NonNullable<Config["exercise"]>,
  scenario: Scenario,
  { kernel: { replica, views }, stores, clock }: Opened,
): Promise<ExerciseDesk> {
  return createExerciseDesk({
    scenario,
    ids: castIds(scenario, await demoCourts()),
    log: stores.log,
    world: replica.world,
    deployment,
    speed,
    now: () => clock.now(),
    present: function* () {
      for (const { officerId, deviceId } of views.registry.subscribers())
        if (officerId !== undefined && deviceId === undefined) yield officerId;
    },
  });
}
