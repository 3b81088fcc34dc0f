import type { Role } from "../authority/roles.ts";
import { SHANGHAI_OFFSET_MS } from "../calendar.ts";
import { ACK_CLOCK, alarmedAtLevel } from "../incident/climb.ts";
import type { Incident } from "../incident/state.ts";
import type { RunningClock } from "../kernel/clock.ts";
import type { Ref } from "../kernel/ref.ts";
import { getRef, type StateReader } from "../kernel/state.ts";
import { toldAtLevel } from "../police/holder.ts";
import type { PoliceRequest } from "../police/state.ts";
import { clockRule } from "../rules/clock-rules.ts";
import type { AlarmKind } from "./state.ts";

/** Somebody of this court must be called outside the system now. */
export interface DueNotification {
  /** The same on every server and after every restart. */
  readonly key: string;
  readonly courtId: string;
  readonly roles: readonly Role[];
  readonly kind: AlarmKind;
  readonly recordRef: Ref;
  readonly level: number;
  /** Server ms at which the alarm began to wait. */
  readonly startedAt: number;
  /** Court, kind of alarm, record code and time; no personal data. */
  readonly text: string;
}

interface Telling {
  readonly courtId: string;
  readonly roles: readonly Role[];
}

/**
 * Whom an alarm calls now: for each level that its acknowledge clock was raised to, every court told
 * at that level. Nobody once it is acknowledged or over, and nothing but an SOS and P1 or P2
 * requests to the police (issue 5 no. 7).
 */
export function dueNotifications(ref: Ref, state: StateReader): readonly DueNotification[] {
  const record = getRef(state, ref);
  if (record?.type !== "incident" && record?.type !== "police") return [];
  const kind = alarmKind(record);
  const clock = record.clocks[ACK_CLOCK];
  if (!kind || !clock || clock.endedAt !== undefined) return [];
  const levels = clockRule(clock.ruleId).levels.filter(({ level }) => level <= clock.level);
  return levels.flatMap(({ level }) =>
    byCourt(toldAt(record, clock, level, state)).map((told) =>
      dueOf(record, kind, clock, level, told, state),
    ),
  );
}

function alarmKind(record: Incident | PoliceRequest): AlarmKind | undefined {
  if (record.type === "incident") return record.sos ? "SOS" : undefined;
  if (record.urgency === "P1") return "POLICE_P1";
  return record.urgency === "P2" ? "POLICE_P2" : undefined;
}

const toldAt = (
  record: Incident | PoliceRequest,
  clock: RunningClock,
  level: number,
  state: StateReader,
): readonly Telling[] =>
  record.type === "incident"
    ? alarmedAtLevel(record, level)
    : toldAtLevel(record, clock.ruleId, level, state);

/** One call per court: where the top of the tree stands in for two tiers, their roles together. */
function byCourt(told: readonly Telling[]): Telling[] {
  const roles = new Map<string, Role[]>();
  for (const each of told) {
    const known = roles.get(each.courtId) ?? [];
    roles.set(each.courtId, [...new Set([...known, ...each.roles])]);
  }
  return [...roles].map(([courtId, list]) => ({ courtId, roles: list }));
}

function dueOf(
  record: Incident | PoliceRequest,
  kind: AlarmKind,
  clock: RunningClock,
  level: number,
  { courtId, roles }: Telling,
  state: StateReader,
): DueNotification {
  const { type, id } = record;
  return {
    // By its time: the commit it starts in is not known while only the journal holds it.
    key: `ntf:${type}:${id}:${clock.name}:${clock.startAt}:${level}:${courtId}`,
    courtId,
    roles,
    kind,
    recordRef: { type, id },
    level,
    startedAt: clock.startAt,
    text: textOf(record, kind, clock, level, state),
  };
}

const KINDS: Readonly<Record<AlarmKind, string>> = {
  SOS: "紧急求助",
  POLICE_P1: "特急公安协助",
  POLICE_P2: "紧急公安协助",
};

function textOf(
  { id, courtId }: Incident | PoliceRequest,
  kind: AlarmKind,
  clock: RunningClock,
  level: number,
  state: StateReader,
): string {
  const court = (state.get("court", courtId)?.name ?? courtId).replace("人民法院", "法院");
  const said = clockRule(clock.ruleId).levels.find((step) => step.level === level)?.say.zh ?? "";
  return `【执行指挥】${court}${KINDS[kind]}：${said}。编号${codeOf(id)}，${timeOfDay(clock.startAt)}。请立即接警。`;
}

/** Short enough to say on the telephone; the first part of an id made of two. */
const codeOf = (id: string): string =>
  (id.split(":")[0] ?? id)
    .replace(/[^A-Za-z0-9]/g, "")
    .slice(-6)
    .toUpperCase();

const DAY_S = 86_400;

/** hh:mm:ss in Shanghai. */
function timeOfDay(at: number): string {
  const s = Math.floor((at + SHANGHAI_OFFSET_MS) / 1_000) % DAY_S;
  return [s / 3_600, (s % 3_600) / 60, s % 60]
    .map((part) => String(Math.floor(part)).padStart(2, "0"))
    .join(":");
}
