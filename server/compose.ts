import { setTimeout as pause, setImmediate as turn } from "node:timers/promises";
import type { Logger } from "pino";
import { v7 as uuidv7 } from "uuid";
import { EVENT_TYPES } from "../shared/domain/modules.ts";
import type { Scenario } from "../shared/exercise/scenario.ts";
import { type Anchoring, createAnchoring } from "./anchoring.ts";
import type { Clock } from "./app/clock.ts";
import { closeExpired, closeRevoked } from "./app/ended-rights.ts";
import { givingWay } from "./app/give-way.ts";
import { beatInTurns } from "./app/heartbeat.ts";
import { everybody, type Kernel, openKernel } from "./app/kernel.ts";
import { LogRefused } from "./app/replica.ts";
import { SlowWatch } from "./app/slow-watch.ts";
import { type Config, genesisOf, logModeOf } from "./config.ts";
import type { DemoHandout } from "./demo/bootstrap.ts";
import { createMetrics, type Metrics } from "./edge/metrics.ts";
import type { Sessions } from "./edge/sessions.ts";
import { claimAccounts, markJournal } from "./exercise/own-stores.ts";
import { inItsTime } from "./in-its-time.ts";
import { checkOpenable } from "./log/check-openable.ts";
import type { Genesis } from "./log/commit-body.ts";
import { ownPlaces } from "./node-places.ts";
import { createNotifying, type Notifying } from "./notifying.ts";
import { openEdge } from "./open-edge.ts";
import { openJournal } from "./open-journal.ts";
import { isOneOfSeveral, type JoinBus, type NodeLink, openNode } from "./open-node.ts";
import { readStateAhead, stateKeeping } from "./open-state-cache.ts";
import type { PositionService } from "./positions.ts";
import { openStores, type Stores } from "./stores.ts";
import { type Job, startJobs } from "./timers.ts";
import { trackedPositions } from "./tracked-positions.ts";
import { startClock, watchTime } from "./watching.ts";

export interface ServerPorts {
  readonly logger: Logger;
  /** Folder of the built client. */
  readonly clientDir: string;
  /** Tests bring their own; otherwise the machine's, and what the configuration names. */
  readonly clock?: Clock & { notBefore?(at: number): void };
  readonly stores?: Stores;
  /** The bus between nodes; otherwise the Redis that the configuration names. */
  readonly joinBus?: JoinBus;
  /** Commits a reconnecting client can be resumed over; tests bring a small ring. */
  readonly ringCommits?: number;
}

export interface RunningServer {
  /** e.g. `http://127.0.0.1:3000` */
  readonly url: string;
  readonly kernel: Kernel;
  /** The one door of all positions. */
  readonly ingest: PositionService["ingest"];
  /** Where an officer was last, by his index of positions. */
  readonly lastPosition: PositionService["last"];
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
const TRACKS_LOOK_EVERY_MS = 2_000;
const SWEEP_EVERY_MS = 600_000;

/** Dependencies in, running server out. With `stores.ts` the only place that knows every adapter. */
export async function startServer(given: Config, ports: ServerPorts): Promise<RunningServer> {
  const config = { ...given, ...(await ownPlaces(given, true)) };
  const kept = readStateAhead(config);
  const clock = await startClock(config, ports.logger, ports.clock);
  const node = config.node.name;
  const scenario = await playedScenario(config);
  const stores = ports.stores ?? (await openStores(config));
  const metrics = createMetrics();
  await refuseOther(stores.log, genesisOf(config, scenario?.id));
  const journal = await openJournal(config, ports.logger);
  let committed = () => undefined as void;
  const kernel = await openKernel({
    ...stores,
    ...(await stateKeeping(config, kept, ports.logger)),
    road: { journal, after: callLater },
    clock,
    genesis: genesisOf(config, scenario?.id),
    node,
    // Command-line tools append to the file of a running server too.
    isOneOfSeveral: isOneOfSeveral(config.node),
    severalWriters: config.store.kind !== "memory" || isOneOfSeveral(config.node),
    newId: () => uuidv7(),
    pause,
    yieldTurn: () => turn(),
    ...(ports.ringCommits === undefined ? {} : { ringCommits: ports.ringCommits }),
    onCommitted: () => committed(),
    onAppend: ({ ms }) => metrics.appendSeconds.observe(ms / 1_000),
    onAnswer: (outcome) => metrics.commands.inc({ outcome: outcome.toLowerCase() }),
    onFlushFailed: (err) =>
      ports.logger.error({ area: "views", err }, "a commit was not sent; the screens ask for it"),
    onStoreMode: (store, err) => ports.logger.warn({ area: "store", store, err }, "the store"),
  });
  await inItsTime(() => claim(config, stores));
  const handout = await bootstrappedAmongOthers(config, kernel, () =>
    inItsTime(() => bootstrapped(config, scenario, { kernel, stores, clock })),
  );
  const { logger, joinBus } = ports;
  const nodes = await openNode(config, { kernel, stores, clock, logger, joinBus });
  committed = nodes.committed;
  const positions = await trackedPositions(config, {
    kernel,
    stores,
    clock,
    metrics,
    logger,
    exchange: nodes.exchange,
  });
  const anchoring = await createAnchoring(config, { kernel, stores, clock, metrics, logger });
  const notifying = createNotifying(config, {
    kernel,
    clock,
    logger,
    mayCall: nodes.mayCall,
  });
  const edge = await openEdge(config, {
    ...ports,
    ...(notifying.outbox ? { outbox: notifying.outbox } : {}),
    ...(await exerciseOf(config, scenario, { kernel, stores, clock })),
    warnings: () => [...anchoring.warnings(), ...nodes.warnings()],
    nodes,
    kernel,
    stores,
    clock,
    metrics,
    positions,
    handout,
  });
  closeRevoked(kernel);
  sayWhichStoreFails(kernel, stores);
  const { sessions } = edge;
  const work = { positions, sessions, stores, clock, metrics, anchoring, notifying, nodes };
  const stopJobs = startJobs(
    [
      ...watchTime(config, { kernel, clock, node, mayScan: nodes.mayScan }),
      ...periodicWork(kernel, work),
    ],
    (area, err) => ports.logger.error({ err, area }, "periodic work failed"),
  );
  return {
    url: edge.url,
    kernel,
    ingest: positions.ingest,
    lastPosition: positions.last,
    handout,
    stop: async () => {
      await stopJobs();
      await Promise.all([notifying.stop(), kernel.keeper?.stop()]);
      await kernel.executor.stop();
      await edge.close();
      await nodes.close();
      await positions.stop();
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

const BOOTSTRAP_TRIES = 5;
const BOOTSTRAP_AGAIN_MS = 500;

/** Another node may be making the same things at this moment: what it was first with is there then. */
async function bootstrappedAmongOthers<T>(
  { node }: Config,
  kernel: Kernel,
  make: () => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await make();
    } catch (error) {
      if (!isOneOfSeveral(node) || tries >= BOOTSTRAP_TRIES) throw error;
      await pause(BOOTSTRAP_AGAIN_MS);
      await kernel.follow();
    }
  }
}

/** What a demonstration or an exercise is made of; nothing in a LIVE system. */
async function bootstrapped(
  config: Config,
  scenario: Scenario | undefined,
  opened: Opened,
): Promise<DemoHandout | undefined> {
  if (!config.demo && !scenario) return undefined;
  const { bootstrapPlay } = await import("./play.ts");
  return bootstrapPlay(config, scenario, opened);
}

async function exerciseOf(
  { exercise, deployment }: Config,
  scenario: Scenario | undefined,
  opened: Opened,
) {
  if (!exercise || !scenario) return {};
  const { exerciseDesk } = await import("./play.ts");
  return { exercise: await exerciseDesk(deployment, exercise, scenario, opened) };
}

async function playedScenario(config: Config): Promise<Scenario | undefined> {
  if (!config.exercise) return undefined;
  const { scenarioOf } = await import("./exercise/load-scenario.ts");
  return scenarioOf(config);
}

function callLater(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}

function sayWhichStoreFails({ troubles }: Kernel, { isFailing }: Stores): void {
  troubles.add("VAULT", isFailing.VAULT);
  troubles.add("ACCOUNTS", isFailing.ACCOUNTS);
}

interface WorkParts {
  readonly positions: PositionService;
  readonly sessions: Sessions;
  readonly stores: Stores;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly anchoring: Anchoring;
  readonly notifying: Notifying;
  readonly nodes: NodeLink;
}

function periodicWork(
  kernel: Kernel,
  { positions, sessions, stores, clock, metrics, anchoring, notifying, nodes }: WorkParts,
): Job[] {
  const { views } = kernel;
  const slow = new SlowWatch();
  const giveWay = givingWay(
    () => turn(),
    () => views.backlog(),
  );
  return [
    {
      name: "slow consumers",
      everyMs: SLOW_LOOK_EVERY_MS,
      run: () => slow.lookInTurns(everybody(kernel), clock.monotonic(), giveWay),
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
        beatInTurns(
          views.registry,
          {
            now: clock.now(),
            covered: views.coveredTo(),
            store: kernel.storeMode(),
            trouble: kernel.troubles.now(),
            positions: (view) => positions.mark(view.key),
          },
          giveWay,
        ),
    },
    { name: "observers", everyMs: SCAN_EVERY_MS, run: () => kernel.observers.beat() },
    {
      name: "emergency",
      everyMs: EMERGENCY_LOOK_EVERY_MS,
      run: () => kernel.emergencyViews.look(),
    },
    { name: "stores", everyMs: FOLLOW_EVERY_MS, run: () => stores.lookAgain() },
    { name: "tracks", everyMs: TRACKS_LOOK_EVERY_MS, run: () => positions.lookAfterTracks() },
    { name: "kept state", everyMs: SCAN_EVERY_MS, run: () => kernel.keeper?.look() },
    { name: "follow", everyMs: FOLLOW_EVERY_MS, run: () => kernel.follow() },
    {
      name: "expiry",
      everyMs: EXPIRE_EVERY_MS,
      run: () => closeExpired(everybody(kernel), clock.now(), giveWay),
    },
    ...anchoring.jobs,
    ...notifying.jobs,
    ...nodes.jobs(positions),
    { name: "sessions", everyMs: SWEEP_EVERY_MS, run: () => sessions.sweep() },
    { name: "past", everyMs: SWEEP_EVERY_MS, run: () => kernel.past.forgetOld() },
  ];
}
