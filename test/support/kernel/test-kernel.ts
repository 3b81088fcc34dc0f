import { setImmediate as turn } from "node:timers/promises";
import type { SystemCommand } from "../../../server/app/api.ts";
import type { Clock } from "../../../server/app/clock.ts";
import { type Kernel, openKernel } from "../../../server/app/kernel.ts";
import type { KeptStateSaid } from "../../../server/app/open-replica.ts";
import { scanOnce } from "../../../server/app/scan-deadlines.ts";
import {
  createJournalMedium,
  type JournalMedium,
  openMemoryJournal,
} from "../../../server/journal/journal-memory.ts";
import {
  createMemoryLogMedium,
  type MemoryLog,
  openMemoryLog,
} from "../../../server/log/log-memory.ts";
import type { LogStore } from "../../../server/log/log-store.ts";
import type { StateCache } from "../../../server/state-cache/state-cache.ts";
import { openVault } from "../../../server/vault/sealed-vault.ts";
import type { Vault } from "../../../server/vault/vault.ts";
import { createMemoryVaultRows } from "../../../server/vault/vault-rows-memory.ts";
import type { EntityType } from "../../../shared/domain/kernel/ref.ts";
import type { CommandAnswer } from "../../../shared/wire/command.ts";
import { createMemoryStateCache, keepNow } from "./kept-states.ts";
import { smallProvince } from "./small-province.ts";

/** 2026-03-02 09:00 in Shanghai, a Monday. */
export const MONDAY_9_00 = Date.UTC(2026, 2, 2, 1);

/** A clock that moves only when told. */
export class TestClock implements Clock {
  at = MONDAY_9_00;
  private readonly timers = new Set<{ readonly at: number; readonly run: () => void }>();
  now(): number {
    return this.at;
  }
  monotonic(): number {
    return this.at - MONDAY_9_00;
  }
  pass(ms: number): void {
    this.at += ms;
    for (const timer of [...this.timers]) {
      if (timer.at > this.at) continue;
      this.timers.delete(timer);
      timer.run();
    }
  }
  after(ms: number, run: () => void): () => void {
    const timer = { at: this.at + ms, run };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  }
}

export interface SendOptions {
  readonly id?: string;
  readonly rev?: number;
  readonly knownSeq?: number;
  readonly knownAt?: number;
  readonly deviceAt?: number;
  readonly ageMs?: number;
  readonly session?: string;
}

/** The real kernel on memory stores with a clock of the test's own. */
export interface TestKernel {
  readonly kernel: Kernel;
  readonly clock: TestClock;
  readonly log: MemoryLog;
  readonly access: LogStore;
  readonly vault: Vault;
  /** Sends as a phone or console would; the ids count up. */
  send(
    by: string,
    kind: string,
    type: EntityType,
    id: string,
    payload?: object,
    options?: SendOptions,
  ): Promise<CommandAnswer>;
  /** Like `send`, for what must be accepted. */
  accepted(
    by: string,
    kind: string,
    type: EntityType,
    id: string,
    payload?: object,
    options?: SendOptions,
  ): Promise<CommandAnswer>;
  /** Time passes second by second, and the deadline scan runs as on a server. */
  passScanning(ms: number): Promise<void>;
  /** What was said of the kept state. */
  readonly keptSaid: readonly KeptStateSaid[];
  /** A second process on the same log and vault. */
  reopened(): Promise<TestKernel>;
}

export interface Media {
  readonly log: ReturnType<typeof createMemoryLogMedium>;
  readonly access: ReturnType<typeof createMemoryLogMedium>;
  readonly vaultRows: ReturnType<typeof createMemoryVaultRows>;
  readonly journal: JournalMedium;
  readonly state?: StateCache;
}

export const newMedia = () =>
  ({
    log: createMemoryLogMedium(),
    access: createMemoryLogMedium(),
    vaultRows: createMemoryVaultRows(),
    journal: createJournalMedium(),
    state: createMemoryStateCache(),
  }) satisfies Media;

/** With `KEPT_STARTS=1` a second process begins with what the first one kept, not with the log. */
const KEPT_STARTS = process.env.KEPT_STARTS === "1";

/** Kernels opened on a log, so that no two of them use the same command ids. */
const kernelsOn = new WeakMap<object, number>();

const keeping = ({ state }: Media, said: KeptStateSaid[]) => ({
  ...(state ? { stateCache: state } : {}),
  onKeptState: (what: KeptStateSaid) => void said.push(what),
});

export async function testKernel(
  options: {
    severalWriters?: boolean;
    media?: Media;
    clock?: TestClock;
    /** Opened on the media's log by the test, with its faults. */
    log?: MemoryLog;
    /** Courts, units and people instead of the small province's. */
    province?: readonly SystemCommand[];
    ringCommits?: number;
    sliceRecords?: number;
    /** What the rest of the server does while a slice waits for its turn. */
    yieldTurn?: () => Promise<void>;
    onFlushFailed?: (error: unknown) => void;
  } = {},
): Promise<TestKernel> {
  const media = options.media ?? newMedia();
  const clock = options.clock ?? new TestClock();
  const log = options.log ?? openMemoryLog(media.log);
  const access = openMemoryLog(media.access);
  const vault = await openVault(media.vaultRows, new Uint8Array(32).fill(7));
  const keptSaid: KeptStateSaid[] = [];
  let ids = 0;
  const newId = (prefix: string): string => {
    ids += 1;
    return `${prefix}-${String(ids).padStart(6, "0")}`;
  };
  const kernel = await openKernel({
    log,
    access,
    vault,
    road: {
      journal: openMemoryJournal(media.journal),
      after: (ms, run) => clock.after(ms, run),
    },
    clock,
    genesis: { deployment: "test", alg: "sha256", mode: "DEMO" },
    node: "test",
    severalWriters: options.severalWriters ?? false,
    newId: () => newId("access"),
    pause: () => turn(),
    ...keeping(media, keptSaid),
    yieldTurn: options.yieldTurn ?? (() => turn()),
    onFlushFailed: options.onFlushFailed,
    ...(options.ringCommits === undefined ? {} : { ringCommits: options.ringCommits }),
    ...(options.sliceRecords === undefined ? {} : { sliceRecords: options.sliceRecords }),
  });
  if (kernel.replica.world.count("court") === 0) {
    const province = options.province ?? smallProvince();
    const answers = await Promise.all(province.map((c) => kernel.app.systemCommand(c)));
    const refused = answers.find((a) => a.outcome === "REFUSED");
    if (refused) throw new Error(`small province: ${JSON.stringify(refused)}`);
  }
  const opened = (kernelsOn.get(media.log) ?? 0) + 1;
  kernelsOn.set(media.log, opened);
  const prefix = `cmd-${opened}`;
  const send: TestKernel["send"] = (by, kind, type, id, payload = {}, more = {}) => {
    const { session = "s1", ...rest } = more;
    const envelope = {
      id: newId(prefix),
      kind,
      ref: { type, id },
      payload,
      knownSeq: kernel.replica.tail.seq,
      knownAt: clock.now(),
      ...rest,
    };
    return kernel.app.command(envelope, { officerId: by, session });
  };
  return {
    kernel,
    clock,
    log,
    access,
    vault,
    keptSaid,
    send,
    accepted: async (...args) => {
      const answer = await send(...args);
      if (answer.outcome !== "ACCEPTED")
        throw new Error(`${args[1]}: ${JSON.stringify(answer.refusal)}`);
      return answer;
    },
    passScanning: async (ms) => {
      const until = clock.at + ms;
      while (clock.at < until) {
        clock.pass(Math.min(1_000, until - clock.at));
        await scanOnce(
          kernel.deadlines,
          () => clock.now(),
          (c) => kernel.app.systemCommand(c),
        );
      }
    },
    reopened: async () => {
      const { log: _own, ...same } = options;
      if (KEPT_STARTS && media.state) await keepNow(kernel, log, media.state);
      return testKernel({ ...same, media, clock });
    },
  };
}
