import { isDeepStrictEqual } from "node:util";
import { createChance } from "../../../client/simulator/chance.ts";
import { Replica } from "../../../server/app/replica.ts";
import { openMemoryLog } from "../../../server/log/log-memory.ts";
import { EVENT_TYPES } from "../../../shared/domain/modules.ts";
import { worldDump } from "../../bench/world-dump.ts";
import { perform, type Scene } from "./acts.ts";
import type { Plan, Step, Timed } from "./plan.ts";
import { DEVICES, provinceLog, SEATS } from "./province.ts";
import { SimDevice } from "./sim-device.ts";
import { SimJournal } from "./sim-journal.ts";
import { GENESIS, SimServer } from "./sim-server.ts";
import { SimStore } from "./sim-store.ts";
import { VirtualTime } from "./virtual-time.ts";
import { Witness } from "./witness.ts";

/** After the last fault everything that lives must be whole within this. */
const CALM_MS = 30_000;
/** From a call for help reaching the server to the alarm on a desk with a good road. */
const ALARM_MS = 2_000;
/** Two heartbeats of a phone and a half, at 50 ms a try. */
const IN_STEP_TRIES = 500;
/** A report that is no call for help may rest half a minute between two tries. */
const REST_MS = 50_000;

/** What one simulation met. */
export interface Seen {
  readonly sos: number;
  readonly escalations: number;
  /** Alarms whose holder or helper courts settled between them. */
  readonly settled: number;
  readonly latestMs: number;
  /** Times that a glass was in step again after it was not, and was compared with its projection. */
  readonly repairs: number;
  readonly commands: number;
  readonly duplicates: number;
  readonly twisted: number;
  readonly journalled: number;
  readonly imports: number;
  /** Calls for help whose alarm was looked for on a desk after 2 s. */
  readonly alarms: number;
  readonly crashes: number;
  readonly crashesInSos: number;
  readonly resumes: number;
  readonly snapshots: number;
  readonly heldSteps: number;
  /** Virtual ms. */
  readonly lasted: number;
  /** What happened, a line each: the same seed gives the same lines. */
  readonly trace: readonly string[];
}

export class SimulationFailed extends Error {}

/** Plays one plan, then lets all be calm. @throws SimulationFailed naming what must never be seen. */
export async function simulate(plan: Plan): Promise<Seen> {
  const simulation = new Simulation(plan, await provinceLog());
  try {
    return await simulation.run();
  } finally {
    simulation.close();
  }
}

class Simulation {
  private readonly time = new VirtualTime();
  private readonly witness: Witness;
  private readonly store: SimStore;
  private readonly journal: SimJournal;
  private readonly server: SimServer;
  private readonly devices: readonly SimDevice[];
  private readonly scene: Scene;
  /** The host court's desk more often: there records come and go. */
  private readonly disturbed: readonly SimDevice[];
  private readonly trace: string[] = [];
  private readonly giveBackTurns: () => void;
  private readonly plan: Plan;
  private crashes = 0;
  private crashesInSos = 0;
  private repairs = 0;
  private alarmsSeen = 0;
  private calm = false;
  private isFinal = false;

  constructor(plan: Plan, medium: SimStore["medium"]) {
    const { time } = this;
    const { severalWriters, ringCommits } = plan;
    const chance = createChance(`simulation ${plan.noise}`);
    this.plan = plan;
    this.giveBackTurns = time.takeTurns();
    const witness = new Witness(time, medium);
    this.witness = witness;
    const watcher = {
      asked: witness.asked.bind(witness),
      stored: (commit: Parameters<Witness["stored"]>[0]) => {
        witness.stored(commit);
        this.say(`commit ${commit.seq} ${commit.body.length}`);
      },
    };
    this.store = new SimStore(time, chance.fork("store"), watcher, {
      outlivesProcess: severalWriters,
      medium,
    });
    this.journal = new SimJournal(time, chance.fork("journal"), witness);
    const { store, journal } = this;
    this.server = new SimServer({
      time,
      chance: chance.fork("server"),
      store,
      journal,
      witness,
      seats: SEATS,
      severalWriters,
      ringCommits,
      onTaken: (raw, who) => this.alarmed(raw as { id: string; kind: string }, who),
    });
    const { server } = this;
    this.devices = [...DEVICES].map(
      ([name, seated], i) =>
        new SimDevice({
          name,
          seated,
          time,
          chance: chance.fork(name),
          server,
          witness,
          wallOffMs: plan.clocks[i] ?? 0,
          compare: (device) => {
            const compared = this.compare(device);
            if (compared) this.repairs += 1;
            return compared;
          },
        }),
    );
    const host = this.devices.filter(({ name }) => name === "huangpi.duty");
    this.disturbed = [...this.devices, ...host, ...host, ...host];
    let names = 0;
    this.scene = {
      time,
      server,
      witness,
      desks: this.devices.filter(({ seat }) => seat === "console"),
      phones: this.devices.filter(({ seat }) => seat === "field"),
      next: () => {
        names += 1;
        return names;
      },
    };
  }

  async run(): Promise<Seen> {
    const { time, server, plan, devices } = this;
    const began = time.now;
    server.start();
    const watch = (): void => {
      const { kernel } = server;
      if (kernel) this.witness.serverKnows(kernel.replica.tail.seq);
      for (const device of devices) if (device.isAwake) device.lookAtAge();
      time.after(500, watch);
    };
    watch();
    await this.pass(3_000);
    for (const timed of plan.steps) await this.play(timed);
    await this.becomeCalm();
    await this.judge();
    return this.seen(time.now - began);
  }

  close(): void {
    for (const device of this.devices) device.close();
    this.server.crash();
    this.giveBackTurns();
  }

  private async play({ afterMs, step }: Timed): Promise<void> {
    await this.pass(afterMs);
    this.say(JSON.stringify(step));
    this.begin(step);
  }

  private async pass(ms: number): Promise<void> {
    await this.time.pass(ms);
    const { problems } = this.witness;
    if (problems.length === 0) return;
    throw new SimulationFailed([...problems, "", ...this.trace.slice(-40)].join("\n"));
  }

  private begin(step: Step): void {
    const { store, server, scene } = this;
    switch (step.do) {
      case "act":
        perform(scene, step.act, step.n);
        break;
      case "store":
        store.heal();
        store.fault = step.fault;
        if (step.journalToo) this.breakJournal(step.ms);
        if (step.crashToo) this.end(step.ms / 2, () => this.crash(100, false));
        server.seeAbility();
        this.end(step.ms, () => {
          if (store.fault !== step.fault) return;
          store.heal();
          server.seeAbility();
        });
        break;
      case "journal":
        this.breakJournal(step.ms);
        break;
      case "vault":
        server.vaultGone = true;
        this.end(step.ms, () => {
          server.vaultGone = false;
        });
        break;
      case "crash":
        this.time.afterTasks(step.tasks, () => this.crash(step.ms, step.quiet));
        break;
      case "clock":
        server.wallOffMs += step.ms;
        break;
      default:
        this.disturb(step);
    }
  }

  private breakJournal(ms: number): void {
    const { journal, server } = this;
    journal.broken = true;
    server.seeAbility();
    this.end(ms, () => {
      journal.broken = false;
      server.seeAbility();
    });
  }

  private disturb(step: Extract<Step, { do: "wire" | "reload" | "sleep" }>): void {
    const device = this.disturbed[step.n % this.disturbed.length];
    if (!device?.isAwake) return;
    if (step.do === "reload") device.reload();
    if (step.do === "sleep" && device.seat === "field") device.sleep(step.ms);
    if (step.do !== "wire") return;
    device.wire.become(step.state);
    this.end(step.ms, () => {
      if (device.isAwake && device.wire.state === step.state) device.wire.become("WELL");
    });
  }

  private crash(downMs: number, quiet: boolean): void {
    if (!this.server.isOpen() || this.calm) return;
    this.crashes += 1;
    if (this.witness.alarms.hasOpen()) this.crashesInSos += 1;
    this.say(`crash, ${this.store.medium.commits.length} commits`);
    this.server.crash();
    for (const device of this.devices) device.wire.serverDied(quiet);
    this.end(downMs, () => {
      if (!this.server.isStarted) this.server.start();
    });
  }

  /** Every fault ends: at its time, or when the calm begins. */
  private end(ms: number, run: () => void): void {
    this.time.after(ms, run);
  }

  private async becomeCalm(): Promise<void> {
    const { store, server, devices } = this;
    this.say("calm");
    this.calm = true;
    store.heal();
    this.journal.broken = false;
    server.vaultGone = false;
    server.seeAbility();
    if (!server.isStarted) server.start();
    while (devices.some(({ isAwake }) => !isAwake)) await this.pass(500);
    for (const { wire } of devices) wire.become("WELL");
    await this.pass(CALM_MS);
  }

  private async judge(): Promise<void> {
    const { devices, witness, store, server } = this;
    this.isFinal = true;
    witness.alarms.judge();
    for (const device of devices) this.mustBeWell(device);
    await this.inStepAll();
    await this.pass(REST_MS);
    for (const device of devices) {
      const waiting = device.waiting().map(({ id }) => id);
      if (waiting.length > 0) witness.problem(`INV-5 ${device.name} still holds ${waiting.join()}`);
    }
    await this.inStepAll();
    witness.judge(store.medium);
    const { kernel } = server;
    if (!kernel) witness.problem("INV-22 no server stands");
    else {
      if (kernel.emergency.isOpen) witness.problem("INV-22 the journal still holds something");
      if (kernel.storeMode() !== "OK") witness.problem(`INV-22 the store is ${kernel.storeMode()}`);
      await this.replayCold(kernel.replica);
    }
    await this.pass(0);
  }

  private mustBeWell(device: SimDevice): void {
    const { name, stores } = device;
    const { connection } = stores.connection.getState();
    if (connection.kind !== "live")
      this.witness.problem(`INV-22 ${name} is ${connection.kind} after ${CALM_MS} ms of calm`);
    if (device.waiting().some(({ urgent }) => urgent))
      this.witness.problem(`INV-22 ${name} still holds a call for help`);
  }

  /**
   * Commits go on meanwhile (clocks are raised); each screen must reach the tail. Of one that it may
   * not see a phone hears by its heartbeat, each 10 s, and the next may come just before that.
   */
  private async inStepAll(): Promise<void> {
    const behind = new Set(this.devices);
    for (let tries = 0; behind.size > 0 && tries < IN_STEP_TRIES; tries += 1) {
      for (const device of behind) if (this.compare(device)) behind.delete(device);
      await this.pass(50);
    }
    for (const { name, stores } of behind) {
      const { cursor } = stores.records.getState();
      const { tail } = this.server.kernel?.replica ?? {};
      this.witness.problem(`INV-13 ${name} stands at ${cursor?.seq}, the log at ${tail?.seq}`);
    }
    await this.pass(0);
  }

  /** Whether the glass is of the same commit as the server now; if so it must be its projection. */
  private compare(device: SimDevice): boolean {
    const { kernel } = this.server;
    const { cursor, held } = device.stores.records.getState();
    if (!kernel || cursor?.seq !== kernel.replica.tail.seq) return false;
    if (cursor.hash8 !== kernel.replica.hash8()) return false;
    const shown = new Map(
      Object.values(held).flatMap((map) =>
        [...map.values()].map(({ type, id, rev, dto }) => [`${type}:${id}`, { rev, dto }] as const),
      ),
    );
    kernel.views.project(device.seated.view).then(
      (puts) => {
        const due = new Map(
          puts.map(({ type, id, rev, dto }) => [`${type}:${id}`, plain({ rev, dto })] as const),
        );
        const unlike = difference(shown, due, this.isFinal);
        if (unlike) this.witness.problem(`INV-13 ${device.name} at ${cursor.seq}: ${unlike}`);
      },
      () => undefined, // the vault is away: another time
    );
    return true;
  }

  private async replayCold(live: Replica): Promise<void> {
    const cold = new Replica(openMemoryLog(this.store.medium), {
      mode: GENESIS.mode,
      knownEventTypes: EVENT_TYPES,
    });
    await cold.catchUp();
    const [a, b] = [worldDump(live.world), worldDump(cold.world)];
    if (a.sha256 !== b.sha256 || live.tail.hash !== cold.tail.hash)
      this.witness.problem("the live state is not what its log folds to");
    this.say(`world ${a.records}`);
  }

  /** Wherever the desk of the caller's court has a good road, the alarm rings on it in time. */
  private alarmed({ id, kind }: { readonly id: string; readonly kind: string }, who: string): void {
    const { witness, time, server } = this;
    if (kind !== "incident.sos" || witness.sos.has(id)) return;
    witness.sos.add(id);
    const courtId = SEATS.get(who)?.courtId;
    const desk = this.scene.desks.find(({ seated }) => seated.courtId === courtId);
    const { kernel } = server;
    const steady = desk?.steadySince();
    // A desk that has not noticed yet that its old server is gone waits for its own ping.
    if (!desk || steady === undefined || !kernel?.views.registry.get(desk.seated.view)) return;
    time.after(ALARM_MS, () => {
      if (server.kernel !== kernel || desk.steadySince() !== steady) return;
      this.alarmsSeen += 1;
      if (!desk.showed(id)) witness.problem(`INV-15 ${id} does not ring on ${desk.name} in time`);
    });
  }

  private say(text: string): void {
    const at = ((this.time.now - this.witness.alarms.beganAt) / 1_000).toFixed(3);
    this.trace.push(`${at} ${text}`);
  }

  private seen(lasted: number): Seen {
    const { witness, server } = this;
    return {
      sos: witness.alarms.counts.sos,
      escalations: witness.alarms.counts.raised,
      settled: witness.alarms.counts.settled,
      latestMs: witness.alarms.latest,
      repairs: this.repairs,
      commands: witness.counts.commands,
      duplicates: witness.counts.duplicates,
      twisted: witness.counts.twisted,
      journalled: witness.counts.journalled,
      imports: this.journal.imports,
      alarms: this.alarmsSeen,
      crashes: this.crashes,
      crashesInSos: this.crashesInSos,
      resumes: server.counts.resumes,
      snapshots: server.counts.snapshots,
      heldSteps: server.counts.heldSteps,
      lasted,
      trace: this.trace,
    };
  }
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** Free text is `{id, text}` on the wire. */
const withoutTexts = (value: unknown): string | undefined =>
  JSON.stringify(value, (key, child) => (key === "text" || key === "unread" ? undefined : child));

/**
 * What differs, if anything does. A silent vault leaves texts open for a while; where `strict` none
 * may be.
 */
function difference(
  shown: ReadonlyMap<string, unknown>,
  due: ReadonlyMap<string, unknown>,
  strict: boolean,
): string | undefined {
  if (isDeepStrictEqual(shown, due)) return undefined;
  const keys = [...new Set([...shown.keys(), ...due.keys()])];
  const unlike = keys.filter((key) => {
    const [a, b] = [shown.get(key), due.get(key)];
    return !isDeepStrictEqual(a, b) && (strict || withoutTexts(a) !== withoutTexts(b));
  });
  const [first] = unlike;
  if (!first) return undefined;
  return `${unlike.join()} differ; ${first} shows ${JSON.stringify(shown.get(first))}, due ${JSON.stringify(due.get(first))}`;
}
