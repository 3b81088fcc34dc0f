import type { IncidentLevel } from "../../../shared/domain/incident/state.ts";
import { isOpenIncident } from "../../map/live-records.ts";
import type { StoredRecord } from "../../store/dto.ts";

/** An incident that is not over, as the room must see it. */
export interface Alarm {
  readonly record: StoredRecord<"incident">;
  readonly id: string;
  readonly sos: boolean;
  readonly level: IncidentLevel;
  readonly reportedAt: number;
  readonly acknowledged: boolean;
  /** Unacknowledged, and an SOS or at least 较大: takes the whole screen (WALL-1). */
  readonly takesScreen: boolean;
}

const RANK: Readonly<Record<IncidentLevel, number>> = {
  GENERAL: 0,
  LARGER: 1,
  MAJOR: 2,
  ESPECIALLY_MAJOR: 3,
};

/** What takes the screen first, then what nobody has acknowledged, then by level, then the oldest. */
export function openAlarms(incidents: Iterable<StoredRecord<"incident">>): readonly Alarm[] {
  return [...incidents]
    .filter(({ dto }) => isOpenIncident(dto))
    .map(alarmOf)
    .sort(byUrgency);
}

export const screenTakers = (alarms: readonly Alarm[]): readonly Alarm[] =>
  alarms.filter((alarm) => alarm.takesScreen);

function alarmOf(record: StoredRecord<"incident">): Alarm {
  const { dto, id } = record;
  const sos = dto.sos === true;
  const level = dto.level ?? "GENERAL";
  const acknowledged = dto.acknowledged !== undefined;
  return {
    record,
    id,
    sos,
    level,
    reportedAt: dto.reportedAt ?? 0,
    acknowledged,
    takesScreen: !acknowledged && (sos || RANK[level] >= RANK.LARGER),
  };
}

const flag = (value: boolean): number => (value ? 0 : 1);

function byUrgency(a: Alarm, b: Alarm): number {
  return (
    flag(a.takesScreen) - flag(b.takesScreen) ||
    flag(!a.acknowledged) - flag(!b.acknowledged) ||
    flag(a.sos) - flag(b.sos) ||
    RANK[b.level] - RANK[a.level] ||
    a.reportedAt - b.reportedAt ||
    a.id.localeCompare(b.id)
  );
}
