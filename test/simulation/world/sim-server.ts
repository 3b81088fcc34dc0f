import type { Chance } from "../../../client/simulator/chance.ts";
import type { Origin } from "../../../server/app/api.ts";
import { StoreUnavailable } from "../../../server/app/api.ts";
import { type SignOfLife, SystemClock } from "../../../server/app/clock.ts";
import { beatDue, HEARTBEAT_MS } from "../../../server/app/heartbeat.ts";
import { type Kernel, openKernel } from "../../../server/app/kernel.ts";
import { scanOnce } from "../../../server/app/scan-deadlines.ts";
import { TimeKeeper } from "../../../server/app/time-keeper.ts";
import { type Subscriber, seatOfView } from "../../../server/app/view-registry.ts";
import { createMemoryLogMedium, openMemoryLog } from "../../../server/log/log-memory.ts";
import { openVault } from "../../../server/vault/sealed-vault.ts";
import { createMemoryVaultRows } from "../../../server/vault/vault-rows-memory.ts";
import type { ViewKey } from "../../../shared/domain/authority/audience.ts";
import { rolesOf } from "../../../shared/domain/officer/roles-of.ts";
import type { CommandAnswer } from "../../../shared/wire/command.ts";
import { cursor as cursorSchema, type Hello } from "../../../shared/wire/live.ts";
import { WIRE_VERSION } from "../../../shared/wire/version.ts";
import { createMemoryStateCache } from "../../support/kernel/kept-states.ts";
import type { SimJournal } from "./sim-journal.ts";
import { type SimStore, slowRows } from "./sim-store.ts";
import type { Connection, Door } from "./sim-wire.ts";
import { type Life, newLife, type VirtualTime } from "./virtual-time.ts";
import type { Witness } from "./witness.ts";

export const GENESIS = { deployment: "simulated", alg: "sha256", mode: "DEMO" } as const;
const MASTER_KEY = new Uint8Array(32).fill(7);
const MOST_KEPT = 500;
const RESTART_AFTER_MS = 1_000;
/** As `server/compose.ts` sets them. */
const BEAT_EVERY_MS = 500;
/** Often: a crash comes soon after. */
const KEEP_EVERY_MS = 3_000;
const SCAN_EVERY_MS = 1_000;
const FOLLOW_EVERY_MS = 1_000;
const EMERGENCY_LOOK_EVERY_MS = 250;
const TIME_LOOK_EVERY_MS = 1_000;
const SIGN_EVERY_MS = 1_000;
/** A sign of life may be so old when the process ends. */
const SIGN_LAG_MS = 1_100;
const NODE = "simulated";

/** Who looks and acts through a device: the sign-in is not part of this simulation. */
export interface Seated {
  readonly view: ViewKey;
  readonly courtId: string;
  /** A wall has none. */
  readonly officerId?: string;
}

export interface ServerParts {
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly store: SimStore;
  readonly journal: SimJournal;
  readonly witness: Witness;
  readonly seats: ReadonlyMap<string, Seated>;
  readonly severalWriters: boolean;
  readonly ringCommits: number;
  /** A command reached a process that listens. */
  readonly onTaken: (raw: unknown, who: string) => void;
}

interface Running {
  readonly kernel: Kernel;
  readonly life: Life;
  readonly clock: SystemClock;
}

/**
 * The server's machine: the kernel that the product runs, behind an edge that signs nobody in. Its
 * process may end at any task of the virtual time; disk, vault and wall clock stay.
 */
export class SimServer implements Door {
  readonly counts = { starts: 0, resumes: 0, snapshots: 0, heldSteps: 0 };
  /** How far the machine's wall clock is from true time, ms. */
  wallOffMs = 0;
  vaultGone = false;
  /** What came in, for those who send it again. */
  readonly taken: { readonly raw: unknown; readonly who: string }[] = [];
  private readonly access = createMemoryLogMedium();
  private readonly vaultRows = createMemoryVaultRows();
  /** With `KEPT_STARTS=1` each process begins with what one before it kept. */
  private readonly kept = process.env.KEPT_STARTS === "1" ? createMemoryStateCache() : undefined;
  private starting: Life | undefined;
  private running: Running | undefined;
  private ids = 0;
  /** The file that a process writes each second and its successor reads. */
  private sign: SignOfLife | undefined;
  private ended: { readonly at: number; readonly offMs: number } | undefined;
  private readonly parts: ServerParts;

  constructor(parts: ServerParts) {
    this.parts = parts;
  }

  get kernel(): Kernel | undefined {
    return this.running?.kernel;
  }

  isOpen(): boolean {
    return this.running !== undefined;
  }

  /** A process runs, though perhaps it does not listen yet. */
  get isStarted(): boolean {
    return this.starting !== undefined;
  }

  /** Starts now and, as a supervisor would, again each second until it stands. */
  start(): void {
    const life = newLife();
    this.starting = life;
    this.counts.starts += 1;
    this.open(life).then(
      (running) => this.listen(running),
      () => this.parts.time.after(RESTART_AFTER_MS, () => this.start(), life),
    );
  }

  /** The process is gone between two tasks; nothing that it had begun is finished by it. */
  crash(): void {
    const { running, parts } = this;
    const { now } = parts.time;
    if (running) this.ended = { at: now, offMs: running.clock.now() - now };
    if (this.starting) this.starting.alive = false;
    this.starting = undefined;
    this.running = undefined;
    this.seeAbility();
  }

  /** After every change of store or process. */
  seeAbility(): void {
    const { store, journal, witness } = this.parts;
    const takesWrites = store.fault === undefined || store.fault === "SLOW";
    witness.alarms.setAble(this.isOpen() && (takesWrites || !journal.broken));
  }

  async command(raw: unknown, who: string): Promise<CommandAnswer> {
    const { kernel } = this;
    const origin = originOf(this.parts.seats.get(who));
    if (!kernel || !origin) throw new StoreUnavailable("nobody listens");
    if (this.taken.length < MOST_KEPT) this.taken.push({ raw, who });
    this.parts.onTaken(raw, who);
    const answer = await kernel.app.command(raw, origin);
    this.parts.witness.answered(answer);
    return answer;
  }

  accept(connection: Connection, who: string): void {
    const { running } = this;
    const seated = this.parts.seats.get(who);
    if (!running || !seated) return;
    const { kernel, life } = running;
    const subscriber = this.subscriberOf(connection, seated, running);
    const { views } = kernel;
    connection.server = {
      lost: () => void views.unsubscribe(subscriber),
      heard: (event, body, ack) => {
        if (!life.alive) return;
        if (event === "resume") this.resume(kernel, subscriber, body);
        if (event === "time") ack?.({ at: running.clock.now() });
        if (event === "command")
          this.command(body, who).then(
            (answer) => ack?.(answer),
            () => ack?.({ error: "STORE_UNAVAILABLE" }),
          );
      },
    };
    views.subscribe(subscriber);
    subscriber.send("hello", JSON.stringify(this.helloFor(seated, subscriber, running)));
  }

  private nextId(what: string): string {
    this.ids += 1;
    return `${what}-${this.ids}`;
  }

  private subscriberOf(
    connection: Connection,
    seated: Seated,
    { kernel, life }: Running,
  ): Subscriber {
    const { view, officerId } = seated;
    const officer = officerId ? kernel.replica.world.get("officer", officerId) : undefined;
    return {
      id: this.nextId("socket"),
      view,
      ...(officerId ? { officerId } : {}),
      sessionId: "simulated",
      roles: officer ? rolesOf(officer) : [],
      send: (event, json) => {
        if (life.alive) connection.down(event, json);
      },
      close: () => connection.end({ client: true, server: true }),
      pendingBytes: () => 0,
    };
  }

  private resume({ views, emergencyViews }: Kernel, subscriber: Subscriber, body: unknown): void {
    const at = body === null ? null : cursorSchema.parse(body);
    views.resume(subscriber, at).then(
      (answer) => {
        if (answer === "PATCH") this.counts.resumes += 1;
        else this.counts.snapshots += 1;
        emergencyViews.tell(subscriber);
      },
      () => undefined, // the vault was away: the client asks again
    );
  }

  private async open(life: Life): Promise<Running> {
    const { time, chance, store, journal, severalWriters, ringCommits } = this.parts;
    // A monotonic clock begins anywhere.
    const bootedAt = time.now - chance.whole(0, 1_000_000);
    const clock = new SystemClock(
      () => time.now + this.wallOffMs,
      () => time.now - bootedAt,
    );
    if (this.sign) clock.continueFrom(this.sign);
    const rows = slowRows(this.vaultRows, life, { time, chance, isGone: () => this.vaultGone });
    const slices = chance.fork("slices");
    const kernel = await openKernel({
      log: store.open(life),
      road: {
        journal: journal.open(life),
        after: (ms, run) => time.after(ms, run, life),
      },
      access: openMemoryLog(this.access),
      vault: await openVault(rows, MASTER_KEY),
      clock,
      genesis: GENESIS,
      node: NODE,
      severalWriters,
      ringCommits,
      sliceRecords: slices.whole(1, 20),
      newId: () => this.nextId("access"),
      pause: (ms) => time.pause(ms, life),
      yieldTurn: () => time.pause(slices.whole(0, 5), life),
      ...(this.kept ? { stateCache: this.kept } : {}),
    });
    return { kernel, life, clock };
  }

  private listen(running: Running): void {
    if (!running.life.alive) return;
    const { clock } = running;
    this.running = running;
    const { time, witness } = this.parts;
    const { ended } = this;
    if (ended) {
      const fellMs = ended.offMs - (clock.now() - time.now);
      witness.alarms.clockFell(Math.min(fellMs, time.now - ended.at + SIGN_LAG_MS));
    }
    this.seeAbility();
    this.keepTime(running);
    this.work(running);
  }

  /** As `server/compose.ts` and `server/watching.ts` put it together. */
  private work({ kernel, life, clock }: Running): void {
    const { views, deadlines, app, emergencyViews } = kernel;
    this.job(BEAT_EVERY_MS, life, () => {
      if (clock.heldStepMs() !== 0) this.counts.heldSteps += 1;
      beatDue(views.registry, {
        now: clock.now(),
        covered: views.coveredTo(),
        store: kernel.storeMode(),
        trouble: kernel.troubles.now(),
        positions: () => ({ tick: 0, set: 0 }),
      });
    });
    this.job(
      SCAN_EVERY_MS,
      life,
      () =>
        scanOnce(
          deadlines,
          () => clock.now(),
          (command) => app.systemCommand(command),
        ),
      true,
    );
    this.job(FOLLOW_EVERY_MS, life, () => kernel.follow());
    if (this.kept) this.job(KEEP_EVERY_MS, life, () => kernel.keeper?.keep());
    this.job(EMERGENCY_LOOK_EVERY_MS, life, () => emergencyViews.look());
  }

  private keepTime({ kernel, life, clock }: Running): void {
    const { world } = kernel.replica;
    const keeper = new TimeKeeper({
      clock,
      world,
      node: NODE,
      newId: () => this.nextId("time"),
      issue: (command) => kernel.app.systemCommand(command),
    });
    kernel.troubles.add("CLOCK_HELD", () => keeper.isHolding());
    kernel.onTouched((touched) => {
      clock.notBefore(kernel.replica.tail.at);
      keeper.touched(touched);
    });
    this.job(TIME_LOOK_EVERY_MS, life, () => keeper.look());
    this.job(SIGN_EVERY_MS, life, () => {
      this.sign = { at: clock.now(), wallMs: clock.wallNow() };
    });
  }

  /** As `server/timers.ts`: starts again only when the last run has ended. */
  private job(everyMs: number, life: Life, run: () => unknown, atOnce = false): void {
    const { time, chance } = this.parts;
    let busy = false;
    const round = async (): Promise<void> => {
      busy = true;
      try {
        await run();
      } catch {
        // the store is away; the next run tries again
      } finally {
        busy = false;
      }
    };
    const firstMs = chance.whole(0, everyMs);
    time.every(everyMs, () => busy || void round(), life, atOnce ? 0 : firstMs);
  }

  private helloFor(seated: Seated, subscriber: Subscriber, { kernel, clock }: Running): Hello {
    const seat = seatOfView(seated.view);
    return {
      wire: WIRE_VERSION,
      view: seated.view,
      seat,
      courtId: seated.courtId,
      courtName: seated.courtId,
      ...(seated.officerId ? { officerId: seated.officerId } : {}),
      roles: [...subscriber.roles],
      sessionId: subscriber.sessionId,
      deployment: kernel.app.deployment.name,
      mode: kernel.app.deployment.mode,
      at: clock.now(),
      heartbeatMs: HEARTBEAT_MS[seat],
    };
  }
}

const originOf = (seated: Seated | undefined): Origin | undefined =>
  seated?.officerId === undefined
    ? undefined
    : { officerId: seated.officerId, session: "simulated" };
