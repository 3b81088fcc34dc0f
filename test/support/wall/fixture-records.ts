import type { ClockDto } from "../../../shared/domain/kernel/clock.ts";
import { clockRule } from "../../../shared/domain/rules/clock-rules.ts";
import type { PutRecord, StreamLine } from "../../../shared/wire/live.ts";

/**
 * A day of Wuhan as its intermediate court's wall holds it: an open SOS, three persons held, four
 * police requests, operations in every state, 300 officers. Only for looking at the wall.
 */
export interface FixtureCourt {
  readonly id: string;
  readonly name: string;
  readonly tier: "HIGH" | "INTERMEDIATE" | "BASIC";
  readonly parentId?: string;
  readonly lat: number;
  readonly lng: number;
}

export const OWN_COURT = "鄂01";
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let seed = 7;
/** Repeatable chance: the same picture each time. */
export function chance(): number {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return seed / 2_147_483_648;
}
const pick = <T>(list: readonly T[]): T => list[Math.floor(chance() * list.length)] as T;

const put = (type: string, id: string, dto: Record<string, unknown>): PutRecord => ({
  type,
  id,
  rev: 1,
  dto,
});

export const courtPuts = (courts: readonly FixtureCourt[]): PutRecord[] =>
  courts.map(({ id, name, tier, parentId, lat, lng }) =>
    put("court", id, {
      courtId: id,
      name,
      tier,
      ...(parentId ? { parentId } : {}),
      kind: "LOCAL",
      seat: { lat, lng },
      seatSource: "CTR",
    }),
  );

export interface FixtureOfficer {
  readonly id: string;
  readonly trackIndex: number;
  lat: number;
  lng: number;
  heading: number;
  speed: number;
  /** ms behind now: how old its fix stays. */
  readonly behindMs: number;
}

const SURNAMES = [..."王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"];

export function officers(courts: readonly FixtureCourt[], count: number) {
  const own = courts.filter(({ id, parentId }) => id === OWN_COURT || parentId === OWN_COURT);
  const fixtures: FixtureOfficer[] = [];
  const puts: PutRecord[] = [];
  for (let i = 0; i < count; i += 1) {
    const court = i % 12 === 0 ? own[0] : pick(own);
    if (!court) continue;
    const roll = chance();
    const duty = dutyOf(roll);
    const away = duty === "DEPLOYED" ? 0.12 : 0.03;
    const moving = duty === "DEPLOYED" && chance() > 0.35;
    fixtures.push({
      id: `o${i}`,
      trackIndex: i,
      lat: court.lat + (chance() - 0.5) * away,
      lng: court.lng + (chance() - 0.5) * away,
      heading: chance() * 360,
      speed: moving ? 3 + chance() * 12 : 0,
      behindMs: behindOf(chance()),
    });
    const short = `${pick(SURNAMES)}${pick(["法官", "警官", "警官", "执行员"])}`;
    puts.push(
      put("officer", `o${i}`, { short, courtId: court.id, trackIndex: i, duty, teamId: "t1" }),
    );
  }
  return { fixtures, puts };
}

function dutyOf(roll: number): string {
  if (roll < 0.12) return "OFF_DUTY";
  if (roll < 0.5) return "DEPLOYED";
  return roll < 0.62 ? "STANDBY" : "ON_DUTY";
}

function behindOf(roll: number): number {
  if (roll > 0.97) return 5 * MINUTE;
  return roll > 0.93 ? 50_000 : 2_000;
}

export function clock(name: string, ruleId: string, startAt: number, limitMs?: number): ClockDto {
  const rule = clockRule(ruleId);
  const dueAt = startAt + (limitMs ?? rule.limitMs);
  const { version: ruleVersion, liberty } = rule;
  return { name, ruleId, ruleVersion, startAt, dueAt, level: 0, liberty };
}

const OPERATIONS = [
  ["EVICTION", "EXECUTING", "鄂0102", 30.628, 114.318],
  ["COMPEL", "ON_SCENE", "鄂0103", 30.598, 114.262],
  ["SEARCH", "EN_ROUTE", "鄂0106", 30.53, 114.335],
  ["DETAIN", "EXECUTING", "鄂0111", 30.49, 114.42],
  ["SEIZURE", "PAUSED", "鄂0105", 30.545, 114.22],
  ["RAPID", "EN_ROUTE", "鄂0104", 30.58, 114.235],
  ["SERVE", "APPROVED", "鄂0107", 30.64, 114.4],
  ["INVESTIGATE", "APPROVED", "鄂0112", 30.62, 114.13],
  ["EVICTION", "APPROVED", "鄂0116", 30.87, 114.37],
  ["SEIZURE", "CLOSED", "鄂0102", 30.6, 114.3],
  ["SERVE", "CLOSED", "鄂0103", 30.6, 114.28],
] as const;

export const operationPuts = (now: number, officerIds: readonly string[]): PutRecord[] =>
  OPERATIONS.map(([kind, state, courtId, lat, lng], i) =>
    put("operation", `op${i}`, {
      courtId,
      code: `2026-${120 + i}`,
      kind,
      state,
      place: { lat, lng, address: "" },
      chiefCommanderId: officerIds[i * 5],
      sceneCommanderId: officerIds[i * 5 + 1],
      memberIds: officerIds.slice(i * 5, i * 5 + 5),
      name: "",
      assetIds: [],
      milestones: { [state]: now - 30 * MINUTE },
      pauseOrdered: false,
    }),
  );

export const detentionPuts = (now: number): PutRecord[] => [
  put("detention", "d1", {
    kind: "COMPEL",
    state: "INQUIRY",
    overtime: false,
    courtId: "鄂0103",
    operationId: "op1",
    escortIds: ["o5", "o6"],
    clocks: [clock("inquiry", "S4", now - 6.79 * HOUR)],
  }),
  put("detention", "d2", {
    kind: "DETAIN",
    state: "IN_TRANSIT",
    overtime: false,
    courtId: "鄂0111",
    operationId: "op3",
    escortIds: ["o15", "o16"],
    clocks: [clock("intake", "D4", now - 3.2 * HOUR), clock("family", "D5", now - 3.2 * HOUR)],
  }),
  put("detention", "d3", {
    kind: "DETAIN",
    state: "CONTROLLED",
    overtime: true,
    courtId: "鄂0102",
    operationId: "op0",
    escortIds: ["o0"],
    clocks: [clock("retro", "D2", now - 2.05 * HOUR)],
  }),
];

export const policePuts = (now: number): PutRecord[] => [
  police("p1", ["VIOLENCE_RESPONSE", "P1", "SENT", "鄂0102"], { lat: 30.631, lng: 114.326 }, [
    clock("ack", "P1-ACK", now - 22_000),
  ]),
  police("p2", ["SCENE_SUPPORT", "P2", "ACKED", "鄂0111"], { lat: 30.488, lng: 114.44 }, [
    clock("dispatch", "P2-DISPATCH", now - 8.6 * MINUTE),
  ]),
  police("p3", ["CUSTODY_INTAKE", "P3", "SENT", "鄂0111"], { lat: 30.52, lng: 114.46 }, [
    clock("ack", "P3-ACK", now - 17 * MINUTE),
  ]),
  police("p4", ["LOCATE_PERSON", "P4", "ARRIVED", "鄂0106"], { lat: 30.55, lng: 114.36 }, []),
  ...[42, 21, 65, 18].map((seconds, i) =>
    put("police", `done${i}`, {
      kind: "SCENE_SUPPORT",
      urgency: "P2",
      state: "CLOSED",
      courtId: "鄂0102",
      sentAt: now - 20 * MINUTE,
      times: { ACKED: now - 20 * MINUTE + seconds * 1_000 },
      clocks: [],
    }),
  ),
];

type PoliceHead = readonly [kind: string, urgency: string, state: string, courtId: string];

const police = (
  id: string,
  [kind, urgency, state, courtId]: PoliceHead,
  place: { lat: number; lng: number },
  clocks: readonly ClockDto[],
): PutRecord =>
  put("police", id, {
    kind,
    urgency,
    state,
    courtId,
    place,
    sentAt: clocks[0]?.startAt ?? 0,
    times: {},
    clocks,
    holder: { courtId, told: [] },
  });

export function sosPut(now: number, acknowledged: boolean): PutRecord {
  return put("incident", "sos1", {
    courtId: "鄂0102",
    kind: "SOS",
    sos: true,
    level: "LARGER",
    climbedTo: "LARGER",
    state: "REPORTED",
    reporterId: "o2",
    operationId: "op0",
    place: { lat: 30.628, lng: 114.318 },
    reportedAt: now - 42_000,
    commandIds: ["c1"],
    repeats: 1,
    casualties: { dead: 0, injured: 1 },
    ...(acknowledged
      ? { acknowledged: { officerId: "o9", courtId: "鄂01", at: now - 20_000 } }
      : {}),
    holder: {
      courtId: "鄂01",
      told: [
        { courtId: "鄂0102", roles: ["DUTY_OFFICER"], at: now - 42_000 },
        { courtId: "鄂01", roles: ["DUTY_OFFICER"], at: now - 42_000 },
        { courtId: "鄂0102", roles: ["DIRECTOR"], at: now - 12_000 },
      ],
    },
    clocks: [clock("ack", "SOS-ACK", now - 42_000)],
  });
}

export const siegePut = (now: number): PutRecord =>
  put("incident", "siege1", {
    courtId: "鄂0116",
    kind: "SIEGE",
    sos: false,
    level: "LARGER",
    state: "RESPONDING",
    reporterId: "o40",
    operationId: "op8",
    place: { lat: 30.87, lng: 114.37 },
    reportedAt: now - 18 * MINUTE,
    acknowledged: { officerId: "o9", courtId: "鄂01", at: now - 17.6 * MINUTE },
    commandIds: [],
    repeats: 0,
    casualties: { dead: 0, injured: 0 },
    holder: { courtId: "鄂01", told: [] },
    clocks: [],
  });

const LINES = [
  ["鄂0102", "紧急求助", "SOS"],
  ["鄂0102", "到场", "on scene"],
  ["鄂0116", "拘传到案", "brought to court"],
  ["鄂0111", "公安协助已签收", "police acknowledged"],
  ["鄂0105", "上级已令暂停", "pause ordered from above"],
  ["鄂0103", "开始询问", "inquiry begun"],
  ["鄂0106", "出发", "set out"],
  ["鄂0107", "行动立项", "operation opened"],
] as const;

export const lines = (now: number): StreamLine[] =>
  [...LINES]
    .map(([courtId, zh, en], i) => ({
      type: "operation",
      id: `op${i}`,
      seq: 100 - i,
      at: now - i * 3 * MINUTE,
      courtId,
      zh,
      en,
    }))
    .reverse();
