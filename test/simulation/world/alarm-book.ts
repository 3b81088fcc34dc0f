import type { RecordedEvent } from "../../../server/log/commit-body.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** After how long an SOS that nobody acknowledged reaches each level. */
const LEVEL_AFTER_MS = [15_000, 30_000, 60_000] as const;
/** Of the time in which a server was up and its store took writes. */
const LATE_MS = 2_000;
/** As fast is server time led towards the wall clock (TIME-2): so much may a level be early. */
const LEAD_RATE = 1 / 200;
/** What desks settle between courts: who holds it, who helps. */
const SETTLED = new Set([
  "HoldTaken",
  "HoldDesignated",
  "HoldHandedBack",
  "HoldSigned",
  "AssistNamed",
]);
/** Whoever does one of these, or settles who holds it (INC-13), has taken the alarm. */
const TAKEN = new Set([
  ...SETTLED,
  "IncidentAcknowledged",
  "IncidentConfirmed",
  "IncidentResponding",
  "IncidentControlled",
  "IncidentResolved",
  "IncidentFalseAlarm",
]);

interface Alarm {
  readonly id: string;
  /** True ms at which it was decided: its clock starts then. */
  readonly decidedAt: number;
  /** Server ms of the same moment. */
  readonly startAt: number;
  readonly levels: Set<number>;
  takenAt?: number;
}

export interface Stamp {
  /** Server ms at which it was decided. */
  readonly at: number;
  /** True ms of the same moment, and at which it took effect. */
  readonly decidedAt: number;
  readonly doneAt: number;
}

/** Every call for help as the log tells it, held against true time. */
export class AlarmBook {
  readonly counts = { sos: 0, rungAnew: 0, raised: 0, taken: 0, settled: 0 };
  /** Largest lateness met, ms. */
  latest = 0;
  readonly beganAt: number;
  private readonly alarms = new Map<string, Alarm>();
  private readonly able: { from: number; to: number | undefined }[] = [];
  private readonly fallen: { readonly at: number; readonly ms: number }[] = [];
  private readonly time: VirtualTime;
  private readonly problem: (text: string) => void;

  constructor(time: VirtualTime, problem: (text: string) => void) {
    this.time = time;
    this.problem = problem;
    this.beganAt = time.now;
  }

  /** Whether a server is up whose store takes writes. Levels can be late only while one is. */
  setAble(able: boolean): void {
    const last = this.able.at(-1);
    const is = last !== undefined && last.to === undefined;
    if (is === able) return;
    if (is) last.to = this.time.now;
    else this.able.push({ from: this.time.now, to: undefined });
  }

  /**
   * A process that started could not know how long none had run, because the wall clock was set back
   * meanwhile: so much does not count as passed. (Its predecessor's last second is known to nobody.)
   */
  clockFell(ms: number): void {
    if (ms > 0) this.fallen.push({ at: this.time.now, ms });
  }

  event({ type, ref, data }: RecordedEvent, stamp: Stamp): void {
    if (ref.type !== "incident") return;
    if (type === "SosRaised") this.raisedSos(ref.id, data, stamp);
    const alarm = this.alarms.get(ref.id);
    if (!alarm) return;
    if (type === "SosRepeated") this.repeated(alarm, data, stamp);
    if (type === "ClockRaised")
      this.climbed(alarm, data as { clock: string; level: number }, stamp);
    if (SETTLED.has(type)) this.counts.settled += 1;
    if (TAKEN.has(type)) this.taken(alarm, stamp);
  }

  hasOpen(): boolean {
    return [...this.alarms.values()].some((alarm) => alarm.takenAt === undefined);
  }

  levelOf(id: string): number {
    return this.alarms.get(id)?.levels.size ?? 0;
  }

  all(): Iterable<Alarm> {
    return this.alarms.values();
  }

  /** Levels that are due by now were raised, unless nobody was able to. */
  judge(): void {
    for (const alarm of this.alarms.values()) this.owed(alarm, alarm.takenAt ?? this.time.now);
  }

  private raisedSos(id: string, data: unknown, { at, decidedAt }: Stamp): void {
    const { clocks } = data as { clocks: readonly { startAt: number }[] };
    this.counts.sos += 1;
    if (clocks[0]?.startAt !== at)
      this.problem(`${id}: its clock does not start with its commit, ${clocks[0]?.startAt} ${at}`);
    this.alarms.set(id, { id, decidedAt, startAt: at, levels: new Set() });
  }

  /** A call after the acknowledgement is an alarm of its own on the same record (INC-16). */
  private repeated(alarm: Alarm, data: unknown, { at, decidedAt }: Stamp): void {
    const { clocks } = data as { clocks?: readonly { startAt: number }[] };
    if (!clocks) return;
    if (alarm.takenAt === undefined)
      this.problem(`${alarm.id} rings anew, and nobody had taken it`);
    if (clocks[0]?.startAt !== at)
      this.problem(`${alarm.id}: its clock does not start anew with its commit`);
    this.counts.rungAnew += 1;
    this.alarms.set(alarm.id, { id: alarm.id, decidedAt, startAt: at, levels: new Set() });
  }

  private climbed(alarm: Alarm, { clock, level }: { clock: string; level: number }, stamp: Stamp) {
    if (clock !== "ack") return;
    const { id, levels } = alarm;
    this.counts.raised += 1;
    if (levels.has(level)) this.problem(`INV-7 ${id} reached level ${level} twice`);
    if (level !== levels.size + 1) this.problem(`INV-7 ${id} reached level ${level} out of order`);
    if (alarm.takenAt !== undefined)
      this.problem(`INV-9 ${id} reached level ${level} after it was acknowledged`);
    const afterMs = LEVEL_AFTER_MS[level - 1];
    if (afterMs === undefined) return this.problem(`INV-7 ${id}: no level ${level}`);
    // By the server's time, which may have been slowed meanwhile, or by time that really passed.
    const soonest = alarm.startAt + afterMs * (1 - LEAD_RATE);
    if (stamp.at < soonest && stamp.decidedAt < alarm.decidedAt + afterMs)
      this.problem(`INV-7 ${id} reached level ${level} before its time`);
    levels.add(level);
    this.punctual(alarm, level, stamp.doneAt);
  }

  private taken(alarm: Alarm, stamp: Stamp): void {
    if (alarm.takenAt !== undefined) return;
    this.counts.taken += 1;
    alarm.takenAt = stamp.decidedAt;
    this.owed(alarm, stamp.decidedAt);
  }

  private owed(alarm: Alarm, at: number): void {
    for (let level = alarm.levels.size + 1; level <= LEVEL_AFTER_MS.length; level += 1)
      this.punctual(alarm, level, at);
  }

  private punctual({ id, decidedAt }: Alarm, level: number, at: number): void {
    const due = decidedAt + (LEVEL_AFTER_MS[level - 1] ?? 0) + this.fallenBetween(decidedAt, at);
    const late = this.ableBetween(due, at);
    this.latest = Math.max(this.latest, late);
    if (late > LATE_MS) this.problem(`INV-7 ${id}: level ${level} is ${late} ms late`);
  }

  private fallenBetween(from: number, to: number): number {
    const within = this.fallen.filter(({ at }) => at >= from && at <= to);
    return within.reduce((sum, { ms }) => sum + ms, 0);
  }

  private ableBetween(from: number, to: number): number {
    let sum = 0;
    for (const span of this.able)
      sum += Math.max(0, Math.min(to, span.to ?? to) - Math.max(from, span.from));
    return sum;
  }
}
