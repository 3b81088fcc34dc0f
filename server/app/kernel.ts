import type { Ref } from "../../shared/domain/kernel/ref.ts";
import { EVENT_TYPES } from "../../shared/domain/modules.ts";
import type { CommandAnswer } from "../../shared/wire/command.ts";
import type { StoreMode } from "../../shared/wire/live.ts";
import type { Genesis } from "../log/commit-body.ts";
import type { LogStore } from "../log/log-store.ts";
import type { Vault } from "../vault/vault.ts";
import { AccessLog } from "./access-log.ts";
import { CommandApp } from "./app.ts";
import type { Clock } from "./clock.ts";
import { Executor } from "./execute.ts";
import { ensureGenesis } from "./genesis.ts";
import type { PreparedCommand } from "./pending.ts";
import { Projector } from "./projector.ts";
import { Replica } from "./replica.ts";
import { DeadlineHeap } from "./scan-deadlines.ts";
import { StoreHealth } from "./store-health.ts";
import { Texts } from "./texts.ts";
import { Troubles } from "./troubles.ts";
import { Views } from "./views.ts";

export interface KernelDeps {
  readonly log: LogStore;
  readonly access: LogStore;
  readonly vault: Vault;
  readonly clock: Clock & { notBefore?(at: number): void };
  readonly genesis: Genesis;
  /** Name of this server process in commits. */
  readonly node: string;
  readonly severalWriters: boolean;
  readonly newId: () => string;
  readonly pause: (ms: number) => Promise<void>;
  readonly yieldTurn: () => Promise<void>;
  readonly ringCommits?: number;
  readonly onAppend?: (result: { ms: number; ok: boolean; commands: number }) => void;
  readonly onAnswer?: (outcome: CommandAnswer["outcome"]) => void;
}

/** The application without any edge: log to world to views. */
export interface Kernel {
  readonly app: CommandApp;
  readonly replica: Replica;
  readonly executor: Executor;
  readonly views: Views;
  readonly deadlines: DeadlineHeap;
  readonly troubles: Troubles;
  storeMode(): StoreMode;
  /** Applies what other processes appended; also how a silent store is noticed and its return. */
  follow(): Promise<void>;
  /** Called for every record a commit touched, and its dependents, once the commit is the world. */
  onTouched(listener: (touched: readonly Ref[]) => void): void;
}

/** Opens the log (writing the genesis when it is empty), replays it and starts projecting. */
export async function openKernel(deps: KernelDeps): Promise<Kernel> {
  const { log, clock, node, genesis } = deps;
  const replica = await replayed(deps);
  const health = new StoreHealth();
  const listeners: ((touched: readonly Ref[]) => void)[] = [];
  const texts = new Texts(deps.vault);
  const projector = new Projector(replica.world, texts);
  const deadlines = new DeadlineHeap(replica.world);
  const views = new Views({
    replica,
    projector,
    clock,
    yieldTurn: deps.yieldTurn,
    ...(deps.ringCommits === undefined ? {} : { ringCommits: deps.ringCommits }),
    onTouched: (touched) => {
      for (const ref of touched) deadlines.file(ref);
      for (const listener of listeners) listener(touched);
    },
  });
  const accessLog = new AccessLog({
    log: deps.access,
    vault: deps.vault,
    clock,
    node,
    alg: replica.alg,
    pause: deps.pause,
    newId: deps.newId,
  });
  const executor = new Executor({
    log,
    replica,
    clock,
    node,
    pause: deps.pause,
    severalWriters: deps.severalWriters,
    onAppend: (result) => {
      health.appended(result.ok);
      deps.onAppend?.(result);
    },
    onIdReused: (prepared) => reportReuse(accessLog, prepared),
  });
  const app = new CommandApp({
    deployment: { name: genesis.deployment, mode: genesis.mode },
    clock,
    log,
    vault: deps.vault,
    replica,
    executor,
    projector,
    texts,
    accessLog,
    storeMode: () => health.mode,
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
    troubles: new Troubles(),
    storeMode: () => health.mode,
    follow: () => followLog(executor, health),
    onTouched: (l) => listeners.push(l),
  };
}

/** Both streams begin with a genesis; the log is read to its end before anybody is served. */
async function replayed({ log, access, clock, node, genesis }: KernelDeps): Promise<Replica> {
  await ensureGenesis(log, genesis, node, clock.now());
  await ensureGenesis(access, genesis, node, clock.now());
  const replica = new Replica(log, { mode: genesis.mode, knownEventTypes: EVENT_TYPES });
  await replica.catchUp();
  clock.notBefore?.(replica.tail.at);
  return replica;
}

async function followLog(executor: Executor, health: StoreHealth): Promise<void> {
  try {
    await executor.follow();
    health.read(true);
  } catch (error) {
    health.read(false);
    throw error;
  }
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
