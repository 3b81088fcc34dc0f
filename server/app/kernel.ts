import type { Ref } from "../../shared/domain/kernel/ref.ts";
import type { StateReader } from "../../shared/domain/kernel/state.ts";
import { EVENT_TYPES } from "../../shared/domain/modules.ts";
import type { CommandAnswer } from "../../shared/wire/command.ts";
import type { StoreMode } from "../../shared/wire/live.ts";
import type { Genesis } from "../log/commit-body.ts";
import type { LogStore } from "../log/log-store.ts";
import type { Vault } from "../vault/vault.ts";
import { AccessLog } from "./access-log.ts";
import { CommandApp } from "./app.ts";
import type { Clock, TimeAtStart } from "./clock.ts";
import { Emergency, type EmergencyRoad } from "./emergency.ts";
import { EmergencyViews } from "./emergency-views.ts";
import { Executor } from "./execute.ts";
import { startFollowing } from "./follow-log.ts";
import { ensureGenesis } from "./genesis.ts";
import { ObserverRoom } from "./observer-room.ts";
import { PastWorld } from "./past-world.ts";
import { type After, inRealTime } from "./patience.ts";
import type { PreparedCommand } from "./pending.ts";
import { Projector } from "./projector.ts";
import { Replica } from "./replica.ts";
import { DeadlineHeap } from "./scan-deadlines.ts";
import { StoreHealth } from "./store-health.ts";
import { Texts } from "./texts.ts";
import { timeAtStart } from "./time-keeper.ts";
import { Troubles } from "./troubles.ts";
import type { Subscriber } from "./view-registry.ts";
import { Views } from "./views.ts";
import { WatchBook } from "./watch-book.ts";

export interface KernelDeps {
  readonly log: LogStore;
  readonly access: LogStore;
  readonly vault: Vault;
  /** Takes calls for help when the log does not; a tool beside the server has none. */
  readonly road?: EmergencyRoad;
  readonly clock: Clock & {
    notBefore?(at: number): void;
    startAt?(time: TimeAtStart): void;
  };
  readonly genesis: Genesis;
  /** Name of this server process in commits. */
  readonly node: string;
  readonly severalWriters: boolean;
  readonly newId: () => string;
  readonly pause: (ms: number) => Promise<void>;
  readonly yieldTurn: () => Promise<void>;
  readonly ringCommits?: number;
  readonly sliceRecords?: number;
  readonly onAppend?: (result: { ms: number; ok: boolean; commands: number }) => void;
  readonly onAnswer?: (outcome: CommandAnswer["outcome"]) => void;
  readonly onStoreMode?: (mode: StoreMode, why: unknown) => void;
}

/** The application without any edge: log to world to views. */
export interface Kernel {
  readonly app: CommandApp;
  readonly replica: Replica;
  readonly executor: Executor;
  readonly views: Views;
  readonly deadlines: DeadlineHeap;
  readonly emergency: Emergency;
  readonly emergencyViews: EmergencyViews;
  readonly troubles: Troubles;
  /** 观摩席: whoever looks from outside, 30 s behind. */
  readonly observers: ObserverRoom;
  /** Who has been watching whom. */
  readonly watchers: WatchBook;
  storeMode(): StoreMode;
  /** Applies what other processes appended; also how a silent store is noticed and its return. */
  follow(): Promise<void>;
  /** Called for every record a commit touched, and its dependents, once the commit is the world. */
  onTouched(listener: (touched: readonly Ref[]) => void): void;
}

/** Every open socket: those that look through a view, and those of observers. */
export function* everybody({ views, observers }: Kernel): Iterable<Subscriber> {
  yield* views.registry.subscribers();
  yield* observers.subscribers();
}

/** An append pending for longer is shown as a store that does not answer. */
const SILENT_APPEND_MS = 1_000;

/** Opens the log (writing the genesis when it is empty), replays it and starts projecting. */
export async function openKernel(deps: KernelDeps): Promise<Kernel> {
  const { log, clock, genesis } = deps;
  const past = new PastWorld(() => clock.now());
  const replica = await replayed(deps, past);
  const health = new StoreHealth(() => clock.monotonic());
  const after = deps.road?.after ?? inRealTime;
  const listeners: ((touched: readonly Ref[]) => void)[] = [];
  const texts = new Texts(deps.vault, after);
  const projector = new Projector(replica.world, texts);
  const accessLog = accessLogOf(deps, replica);
  const emergency = new Emergency({
    road: deps.road,
    replica,
    clock,
    onChange: (refs) => {
      for (const ref of refs) deadlines.file(ref);
      emergencyViews.changed(refs);
    },
    onSettled: (refs) => {
      for (const ref of refs) deadlines.file(ref);
      emergencyViews.settled(refs);
    },
    onRefused: ({ prepared }, why) => reportNotImported(accessLog, prepared, why.code),
  });
  clock.notBefore?.(emergency.lastAt());
  const deadlines = new DeadlineHeap(presentState(emergency), clock);
  const views = new Views({
    replica,
    projector,
    clock,
    yieldTurn: deps.yieldTurn,
    ringCommits: deps.ringCommits,
    sliceRecords: deps.sliceRecords,
    onTouched: (touched) => {
      // What is held is decided anew on each commit, and its clocks then bear another commit's number.
      const held = emergency.changed();
      emergency.rebuild();
      for (const ref of [...held, ...emergency.changed(), ...touched]) deadlines.file(ref);
      for (const listener of listeners) listener(touched);
    },
  });
  const emergencyViews = new EmergencyViews({ ...deps, emergency, replica, views, texts });
  const executor = executorOf(deps, { replica, emergency, health, accessLog, after });
  const storeMode = () =>
    executor.appendingMs() > SILENT_APPEND_MS || executor.isHung()
      ? ("UNAVAILABLE" as const)
      : health.mode;
  const follow = await startFollowing({ ...deps, executor, health, storeMode, after });
  const app = new CommandApp({
    emergency,
    deployment: { name: genesis.deployment, mode: genesis.mode },
    clock,
    log,
    vault: deps.vault,
    replica,
    executor,
    projector,
    texts,
    accessLog,
    storeMode,
    ...(deps.onAnswer ? { onAnswer: deps.onAnswer } : {}),
  });
  views.start();
  deadlines.fileAll();
  return {
    app,
    replica,
    executor,
    views,
    deadlines,
    emergency,
    emergencyViews,
    troubles: troublesOf(deps, emergency),
    observers: observersOf(deps, replica, past, accessLog),
    watchers: new WatchBook({ access: deps.access, world: replica.world, vault: deps.vault }),
    storeMode,
    follow: () =>
      follow().finally(() => {
        emergency.tidy();
        return views.repairTexts();
      }),
    onTouched: (l) => listeners.push(l),
  };
}

function troublesOf({ road }: KernelDeps, emergency: Emergency): Troubles {
  const troubles = new Troubles();
  troubles.add("JOURNAL", () => emergency.isOpen);
  const hasLost = (road?.journal.unreadable ?? 0) > 0;
  const isFailing = () => road?.journal.failing === true || emergency.isUntidy;
  troubles.add("JOURNAL_FAILED", () => hasLost || isFailing());
  return troubles;
}

const accessLogOf = (deps: KernelDeps, { alg }: Replica): AccessLog => {
  const { access, vault, clock, node, pause, newId } = deps;
  return new AccessLog({ log: access, vault, clock, node, alg, pause, newId });
};

const observersOf = (
  { clock }: KernelDeps,
  { world }: Replica,
  past: PastWorld,
  accessLog: AccessLog,
): ObserverRoom =>
  new ObserverRoom({
    present: world,
    past,
    now: () => clock.now(),
    access: (entry) => accessLog.append(entry),
  });

interface ExecutorParts {
  readonly replica: Replica;
  readonly emergency: Emergency;
  readonly health: StoreHealth;
  readonly accessLog: AccessLog;
  readonly after: After;
}

function executorOf(deps: KernelDeps, parts: ExecutorParts): Executor {
  const { log, clock, node, pause, severalWriters } = deps;
  const { replica, emergency, health, accessLog, after } = parts;
  return new Executor({
    log,
    emergency,
    after,
    replica,
    clock,
    node,
    pause,
    severalWriters,
    onAppend: (result) => {
      health.appended(result.ok);
      deps.onAppend?.(result);
    },
    onIdReused: (prepared) => reportReuse(accessLog, prepared),
  });
}

/** The world with what the emergency journal holds on top, whatever that is at the moment. */
const presentState = (emergency: Emergency): StateReader => ({
  get: (type, id) => emergency.state.get(type, id),
  all: (type) => emergency.state.all(type),
  count: (type) => emergency.state.count(type),
  linked: (type, link) => emergency.state.linked(type, link),
});

/** Both streams begin with a genesis; the log is read to its end before anybody is served. */
async function replayed(
  { log, access, clock, node, genesis }: KernelDeps,
  past: PastWorld,
): Promise<Replica> {
  await ensureGenesis(log, genesis, node, clock.now());
  await ensureGenesis(access, genesis, node, clock.now());
  const { mode, exercise } = genesis;
  const replica = new Replica(log, {
    mode,
    ...(exercise ? { exercise } : {}),
    knownEventTypes: EVENT_TYPES,
  });
  replica.onFolded = past.take;
  await replica.catchUp();
  past.live();
  if (clock.startAt) clock.startAt(timeAtStart(replica.world, node, replica.tail.at));
  else clock.notBefore?.(replica.tail.at);
  return replica;
}

/** Taken in an emergency, and refused by the state as it was at the import: a person must look. */
function reportNotImported(
  accessLog: AccessLog,
  { actor, session, command }: PreparedCommand,
  code: string,
): void {
  const subject = command.id.slice(0, 64);
  const entry = { kind: "SECURITY", by: actor, session, courtId: "", subject } as const;
  accessLog.append({ ...entry, field: `not imported: ${code}` }).catch(() => undefined); // as below
}

/** The same id with another payload or actor is a security event; nobody waits for its record. */
function reportReuse(accessLog: AccessLog, { actor, session, command }: PreparedCommand): void {
  const entry = {
    kind: "ID_REUSED",
    by: actor,
    session,
    courtId: "",
    subject: command.id.slice(0, 64),
  } as const;
  accessLog.append(entry).catch(() => undefined); // the access store's own health check reports it
}
