/**
 * The figures that an observer is shown. Each record adds to those of its own court and to nothing
 * else, so they are kept as records change: what a frame costs does not grow with the province.
 */
import { isTerminal } from "../detention/milestones.ts";
import type { AnyRecord, StateReader } from "../kernel/state.ts";
import type { Duty } from "../officer/state.ts";
import type { PoliceRequest } from "../police/state.ts";

const DAY_MS = 86_400_000;

export interface ObservedFigures {
  readonly courts: number;
  readonly onDuty: number;
  readonly deployed: number;
  readonly operations: Readonly<Record<string, number>>;
  /** Persons held at the moment; a number and nothing else. */
  readonly held: number;
  readonly policeOpen: number;
  readonly policeUnanswered: number;
  /** Incidents that ended in the day before. */
  readonly incidentsEnded: number;
}

const ENDED_INCIDENT: ReadonlySet<string> = new Set(["RESOLVED", "REVIEWED"]);
const OPEN_REQUEST: ReadonlySet<string> = new Set(["SENT", "ACKED", "DISPATCHED", "ARRIVED"]);
const OPERATION = "operation:";

const BY_DUTY: Readonly<Record<Duty, readonly string[]>> = {
  OFF_DUTY: [],
  ON_DUTY: ["onDuty"],
  STANDBY: ["onDuty"],
  DEPLOYED: ["onDuty", "deployed"],
};

function byAnswer({ state }: PoliceRequest): readonly string[] {
  if (!OPEN_REQUEST.has(state)) return [];
  return state === "SENT" ? ["policeOpen", "policeUnanswered"] : ["policeOpen"];
}

/** What this record counts as; nothing for most. */
function countsAs(record: AnyRecord): readonly string[] {
  switch (record.type) {
    case "officer":
      return record.unitId === undefined ? BY_DUTY[record.duty] : [];
    case "operation":
      return [OPERATION + record.state];
    case "detention":
      return record.times.controlledAt !== undefined && !isTerminal(record) ? ["held"] : [];
    case "police":
      return byAnswer(record);
    default:
      return [];
  }
}

/** One court's own. */
interface Own {
  readonly counts: Map<string, number>;
  /** When each incident ended that is over since less than a day; older ones are dropped on a look. */
  readonly ended: Map<string, number>;
}

/** What is counted, court by court, as it is written down. */
export type FiguresText = readonly (readonly [
  courtId: string,
  counts: readonly (readonly [string, number])[],
  ended: readonly (readonly [string, number])[],
])[];

/** Counts per court, kept in step with a world by being told of every change of it. */
export class FiguresKept {
  private readonly byCourt = new Map<string, Own>();

  changed(before: AnyRecord | undefined, after: AnyRecord): void {
    if (before) this.count(before, -1);
    this.count(after, 1);
  }

  written(): FiguresText {
    return [...this.byCourt].map(([id, { counts, ended }]) => [id, [...counts], [...ended]]);
  }

  restore(figures: FiguresText): void {
    for (const [id, counts, ended] of figures)
      this.byCourt.set(id, { counts: new Map(counts), ended: new Map(ended) });
  }

  private count(record: AnyRecord, step: 1 | -1): void {
    const own = this.of(record.courtId);
    for (const name of countsAs(record)) own.counts.set(name, (own.counts.get(name) ?? 0) + step);
    if (record.type !== "incident") return;
    own.ended.delete(record.id);
    if (step > 0 && ENDED_INCIDENT.has(record.state)) own.ended.set(record.id, record.updatedAt);
  }

  private of(courtId: string): Own {
    const own = this.byCourt.get(courtId) ?? { counts: new Map(), ended: new Map() };
    this.byCourt.set(courtId, own);
    return own;
  }

  /** @param at the moment that the world stands for, for what counts by the day. */
  figures(courtId: string, courts: Pick<StateReader, "all">, at: number): ObservedFigures {
    const total = new Map<string, number>();
    let number = 0;
    let incidentsEnded = 0;
    for (const { id, tierPath } of courts.all("court")) {
      if (!tierPath.includes(courtId)) continue;
      number += 1;
      const own = this.byCourt.get(id);
      for (const [name, n] of own?.counts ?? []) total.set(name, (total.get(name) ?? 0) + n);
      incidentsEnded += own ? endedOf(own, at) : 0;
    }
    const of = (name: string): number => total.get(name) ?? 0;
    return {
      courts: number,
      onDuty: of("onDuty"),
      deployed: of("deployed"),
      operations: operationsOf(total),
      held: of("held"),
      policeOpen: of("policeOpen"),
      policeUnanswered: of("policeUnanswered"),
      incidentsEnded,
    };
  }
}

function endedOf({ ended }: Own, at: number): number {
  for (const [id, since] of ended) if (at - since >= DAY_MS) ended.delete(id);
  return ended.size;
}

/** In the order of their names, so that the same figures are the same text. */
const operationsOf = (total: ReadonlyMap<string, number>): Readonly<Record<string, number>> =>
  Object.fromEntries(
    [...total]
      .filter(([name, n]) => name.startsWith(OPERATION) && n > 0)
      .map(([name, n]) => [name.slice(OPERATION.length), n] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
