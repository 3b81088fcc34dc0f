import { hostname } from "node:os";
import { setTimeout as pause, setImmediate as turn } from "node:timers/promises";
import type { Logger } from "pino";
import { v7 as uuidv7 } from "uuid";
import { EVENT_TYPES } from "../shared/domain/modules.ts";
import type { Scenario } from "../shared/exercise/scenario.ts";
import { type Anchoring, createAnchoring } from "./anchoring.ts";
import type { Clock } from "./app/clock.ts";
import { beatDue } from "./app/heartbeat.ts";
import { everybody, type Kernel, openKernel } from "./app/kernel.ts";
import { LogRefused } from "./app/replica.ts";
import { reasonToClose } from "./app/rights.ts";
import { SlowWatch } from "./app/slow-watch.ts";
import { type Config, genesisOf, logModeOf } from "./config.ts";
import { bootstrapDemo, type DemoHandout, demoCourts } from "./demo/bootstrap.ts";
import { demoSecrets } from "./demo/seed.ts";
import { createMetrics, type Metrics } from "./edge/metrics.ts";
import type { Sessions } from "./edge/sessions.ts";
import { bootstrapExercise } from "./exercise/bootstrap-exercise.ts";
import { castIds } from "./exercise/cast.ts";
import { createExerciseDesk } from "./exercise/exercise-desk.ts";
import { scenarioOf } from "./exercise/load-scenario.ts";
import { claimAccounts, markJournal } from "./exercise/own-stores.ts";
import { checkOpenable } from "./log/check-openable.ts";
import type { Genesis } from "./log/commit-body.ts";
import { createNotifying, type Notifying } from "./notifying.ts";
import { openEdge } from "./open-edge.ts";
import { openJournal } from "./open-journal.ts";
import { createPositionService, type PositionService } from "./positions.ts";
import { openStores, type Stores } from "./stores.ts";
import { type Job, startJobs } from "./timers.ts";
import { startClock, watchTime } from "./watching.ts";

export interface ServerPorts {
  readonly logger: Logger;
  /** Folder of the built client. */
  readonly clientDir: string;
  /** Tests bring their own; otherwise the machine's, and what the configuration names. */
  readonly clock?: Clock & { notBefore?(at: number): void };
  readonly stores?: Stores;
  /** Commits a reconnecting client can be resumed over; tests bring a small ring. */
  readonly ringCommits?: number;
}

export interface RunningServer {
  /** e.g. `http://127.0.0.1:3000` */
  readonly url: string;
  readonly kernel: Kernel;
  readonly handout: DemoHandout | undefined;
  /** Finishes the append in flight, closes sockets with a reason, closes the stores. */
  stop(): Promise<void>;
}

const BEAT_EVERY_MS = 500;
const SCAN_EVERY_MS = 1_000;
/** How soon a commit of another process (a command-line tool, another node) is noticed. */
const FOLLOW_EVERY_MS = 1_000;
const EMERGENCY_LOOK_EVERY_MS = 250;
const EXPIRE_EVERY_MS = 1_000;
const SLOW_LOOK_EVERY_MS = 1_000;
const SWEEP_EVERY_MS = 600_000;

/** Dependencies in, running server out. With `stores.ts` the only place that knows every adapter. */
export async function startServer(config: Config, ports: ServerPorts): Promise<RunningServer> {
  const clock = await startClock(config, ports.logger, ports.clock);
  const node = hostname();
  const scenario = await scenarioOf(config);
  const stores = ports.stores ?? (await openStores(config));
  const metrics = createMetrics();
  await refuseOther(stores.log, genesisOf(config, scenario?.id));
  const journal = await openJournal(config, ports.logger);
  const kernel = await openKernel({
    ...stores,
    road: { journal, after: callLater },
    clock,
    genesis: genesisOf(config, scenario?.id),
    node,
    severalWriters: config.store.kind === "mongodb",
    newId: () => uuidv7(),
    pause,
    yieldTurn: () => turn(),
    ...(ports.ringCommits === undefined ? {} : { ringCommits: ports.ringCommits }),
    onAppend: ({ ms }) => metrics.appendSeconds.observe(ms / 1_000),
    onAnswer: (outcome) => metrics.commands.inc({ outcome: outcome.toLowerCase() }),
    onStoreMode: (store, err) => ports.logger.warn({ area: "store", store, err }, "the store"),
  });
  await claim(config, stores);
  const handout = await bootstrapped(config, scenario, { kernel, stores, clock });
  const positions = createPositionService(kernel, clock, metrics);
  const { logger } = ports;
  const anchoring = await createAnchoring(config, { kernel, stores, clock, metrics, logger });
  const notifying = createNotifying(config, { kernel, clock, logger });
  const edge = await openEdge(config, {
    ...ports,
    ...(notifying.outbox ? { outbox: notifying.outbox } : {}),
    ...(await exerciseDesk(config, scenario, { kernel, stores, clock })),
    warnings: anchoring.warnings,
    kernel,
    stores,
    clock,
    metrics,
    positions,
    handout,
  });
  closeRevoked(kernel);
  sayWhichStoreFails(kernel, stores);
  const work = { positions, sessions: edge.sessions, stores, clock, metrics, anchoring, notifying };
  const stopJobs = startJobs(
    [...watchTime(config, { kernel, clock, node }), ...periodicWork(kernel, work)],
    (area, err) => ports.logger.error({ err, area }, "periodic work failed"),
  );
  return {
    url: edge.url,
    kernel,
    handout,
    stop: async () => {
      await stopJobs();
      await notifying.stop();
      await kernel.executor.stop();
      await edge.close();
      positions.stop();
      await anchoring.finish();
      metrics.stop();
      await stores.close();
      await journal.close();
    },
  };
}

/** Before anything else of a folder is opened: nothing of another kind of log may be touched. */
async function refuseOther(
  log: Pick<Stores["log"], "read">,
  { mode, exercise }: Genesis,
): Promise<void> {
  const [first] = await log.read(-1, 1);
  if (!first) return;
  const expected = { mode, ...(exercise ? { exercise } : {}), knownEventTypes: EVENT_TYPES };
  const opened = checkOpenable(first, expected);
  if (!opened.ok) throw new LogRefused(opened.message);
}

/** What lies beside the log becomes an exercise's own, once the log has said that it is one. */
async function claim(config: Config, { accounts }: Pick<Stores, "accounts">): Promise<void> {
  await claimAccounts(accounts, logModeOf(config));
  if (config.exercise && config.store.kind !== "memory") await markJournal(config.emergency.dir);
}

type Opened = Pick<WorkParts, "stores" | "clock"> & { readonly kernel: Kernel };

/** What a demonstration or an exercise is made of; nothing in a LIVE system. */
async function bootstrapped(
  config: Config,
  scenario: Scenario | undefined,
  { kernel: { app }, stores: { accounts }, clock }: Opened,
): Promise<DemoHandout | undefined> {
  if (!config.demo && !scenario) return undefined;
  const derive = await demoSecrets(config.dataDir);
  const now = () => clock.now();
  return scenario
    ? bootstrapExercise(scenario, { app, accounts, derive, now })
    : bootstrapDemo(app, accounts, derive, now);
}

/** Whoever looks on by a session of his own is a person; the simulator comes with device keys. */
async function exerciseDesk(
  { exercise, deployment }: Config,
  scenario: Scenario | undefined,
  { kernel, stores, clock }: Opened,
) {
  if (!exercise || !scenario) return {};
  const { replica, views } = kernel;
  const desk = createExerciseDesk({
    scenario,
    ids: castIds(scenario, await demoCourts()),
    log: stores.log,
    world: replica.world,
    deployment,
    speed: exercise.speed,
    now: () => clock.now(),
    present: function* () {
      for (const { officerId, deviceId } of views.registry.subscribers())
        if (officerId !== undefined && deviceId === undefined) yield officerId;
    },
  });
  return { exercise: desk };
}

function callLater(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}

function sayWhichStoreFails({ troubles }: Kernel, { isFailing }: Stores): void {
  troubles.add("VAULT", isFailing.VAULT);
  troubles.add("ACCOUNTS", isFailing.ACCOUNTS);
}

/** A commit that touches an officer or a device may end what its sockets see. */
function closeRevoked({ onTouched, views, replica }: Kernel): void {
  onTouched((touched) => {
    if (!touched.some(({ type }) => type === "officer" || type === "device")) return;
    for (const subscriber of views.registry.subscribers()) {
      const reason = reasonToClose(replica.world, subscriber);
      if (reason) subscriber.close(reason);
    }
  });
}

interface WorkParts {
  readonly positions: PositionService;
  readonly sessions: Sessions;
  readonly stores: Stores;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly anchoring: Anchoring;
  readonly notifying: Notifying;
}

/** A session may end by time while its socket looks on. */
function closeExpired(kernel: Kernel, now: number): void {
  for (const subscriber of everybody(kernel)) {
    if (subscriber.expiresAt !== undefined && subscriber.expiresAt <= now)
      subscriber.close("SIGNED_OUT");
  }
}

function periodicWork(
  kernel: Kernel,
  { positions, sessions, stores, clock, metrics, anchoring, notifying }: WorkParts,
): Job[] {
  const { views } = kernel;
  const slow = new SlowWatch();
  return [
    {
      name: "slow consumers",
      everyMs: SLOW_LOOK_EVERY_MS,
      run: () => slow.look(everybody(kernel), clock.monotonic()),
    },
    {
      name: "view queue",
      everyMs: SCAN_EVERY_MS,
      run: () => metrics.viewQueue.set(views.backlog()),
    },
    {
      name: "heartbeat",
      everyMs: BEAT_EVERY_MS,
      run: () =>
        beatDue(views.registry, {
          now: clock.now(),
          covered: views.coveredTo(),
          store: kernel.storeMode(),
          trouble: kernel.troubles.now(),
          positions: (view) => positions.mark(view.key),
        }),
    },
    { name: "observers", everyMs: SCAN_EVERY_MS, run: () => kernel.observers.beat() },
    {
      name: "emergency",
      everyMs: EMERGENCY_LOOK_EVERY_MS,
      run: () => kernel.emergencyViews.look(),
    },
    { name: "stores", everyMs: FOLLOW_EVERY_MS, run: () => stores.lookAgain() },
    { name: "follow", everyMs: FOLLOW_EVERY_MS, run: () => kernel.follow() },
    { name: "expiry", everyMs: EXPIRE_EVERY_MS, run: () => closeExpired(kernel, clock.now()) },
    ...anchoring.jobs,
    ...notifying.jobs,
    { name: "sessions", everyMs: SWEEP_EVERY_MS, run: () => sessions.sweep() },
  ];
}
