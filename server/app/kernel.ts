import type { Ref } from "../../shared/domain/kernel/ref.ts";
import type { StateReader } from "../../shared/domain/kernel/state.ts";
import { ENTITY_TYPES } from "../../shared/domain/modules.ts";
import type { CommandAnswer } from "../../shared/wire/command.ts";
import type { StoreMode } from "../../shared/wire/live.ts";
import type { Vault } from "../vault/vault.ts";
import { AccessLog } from "./access-log.ts";
import { CommandApp } from "./app.ts";
import { Emergency, type EmergencyRoad } from "./emergency.ts";
import { EmergencyViews } from "./emergency-views.ts";
import { Executor } from "./execute.ts";
import { startFollowing } from "./follow-log.ts";
import type { StateKeeper } from "./kept-state/state-keeper.ts";
import { ObserverRoom } from "./observer-room.ts";
import { openedReplica, type ReplicaDeps } from "./open-replica.ts";
import { PastDesk } from "./past/past-desk.ts";
import type { PastWorld } from "./past-world.ts";
import { type After, inRealTime } from "./patience.ts";
import type { PreparedCommand } from "./pending.ts";
import { Projector } from "./projector.ts";
import type { Replica } from "./replica.ts";
import { DeadlineHeap } from "./scan-deadlines.ts";
import { StoreHealth } from "./store-health.ts";
import { Texts } from "./texts.ts";
import { Troubles } from "./troubles.ts";
import type { Subscriber } from "./view-registry.ts";
import { Views, type ViewsDeps } from "./views.ts";
import { WatchBook } from "./watch-book.ts";

export interface KernelDeps extends ReplicaDeps {
  readonly vault: Vault;
  /** Takes calls for help when the log does not; a tool beside the server has none. */
  readonly road?: EmergencyRoad;
  readonly severalWriters: boolean;
  readonly isOneOfSeveral?: boolean;
  readonly newId: () => string;
  readonly yieldTurn: () => Promise<void>;
  readonly ringCommits?: number;
  readonly sliceRecords?: number;
  readonly onAppend?: (result: { ms: number; ok: boolean; commands: number }) => void;
  readonly onCommitted?: () => void;
  readonly onAnswer?: (outcome: CommandAnswer["outcome"]) => void;
  readonly onFlushFailed?: ViewsDeps["onFlushFailed"];
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
  /** Absent where nothing is kept. */
  readonly keeper: StateKeeper | undefined;
  /** State at an instant of the last day. */
  readonly past: PastDesk;
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
  const { replica, past, undo, keeper, touched } = await openedReplica(deps);
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
    onFlushFailed: deps.onFlushFailed,
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
  for (const type of ENTITY_TYPES) deadlines.fileAll(replica.world.allAwake(type));
  deadlines.fileAll([...touched, ...emergency.changed()]);
  void restoredLater(past, deps);
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
    past: new PastDesk({ ...deps, replica, undo }),
    watchers: new WatchBook({ access: deps.access, world: replica.world, vault: deps.vault }),
    keeper,
    storeMode,
    follow: () =>
      follow().finally(() => {
        emergency.tidy();
        views.tidy();
        return views.repairTexts();
      }),
    onTouched: (l) => listeners.push(l),
  };
}

/** When the first rush of a start is over, and before anything is half a minute old. */
const RESTORE_PAST_AFTER_MS = 5_000;

/** Never rejects: what a kept state holds was checked when the present world took it. */
async function restoredLater(
  past: Pick<PastWorld, "restoreSome">,
  { pause, yieldTurn }: Pick<KernelDeps, "pause" | "yieldTurn">,
): Promise<void> {
  if (!past.restoreSome()) return;
  await pause(RESTORE_PAST_AFTER_MS);
  while (past.restoreSome()) await yieldTurn();
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
  const { log, clock, node, pause, severalWriters, isOneOfSeveral = false } = deps;
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
    isOneOfSeveral,
    onAppend: (result) => {
      health.appended(result.ok);
      deps.onAppend?.(result);
    },
    ...(deps.onCommitted ? { onCommitted: deps.onCommitted } : {}),
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
