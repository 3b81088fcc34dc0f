import type { StoredRecord } from "../../client/store/dto.ts";
import { emptyRecords, type RecordMaps, withPatch } from "../../client/store/records.ts";
import type { EntityType } from "../../shared/domain/kernel/ref.ts";
import type { Hello, PutRecord } from "../../shared/wire/live.ts";

export const NOW = 1_800_000_000_000;

export function put(
  type: EntityType,
  id: string,
  dto: Record<string, unknown>,
  rev = 1,
): PutRecord {
  return { type, id, rev, dto };
}

export const record = <K extends EntityType>(
  type: K,
  id: string,
  dto: Record<string, unknown>,
): StoredRecord<K> => put(type, id, dto) as unknown as StoredRecord<K>;

export function mapsOf(...puts: PutRecord[]): RecordMaps {
  const span = { from: -1, to: 1, hash8: "00000000", at: NOW, del: [], lines: [] };
  return withPatch(emptyRecords(), { ...span, put: puts }).maps;
}

/** High court `gao`, intermediate `wuhan`, basic `jiangan` and `huangpi`, with places. */
export const COURTS: PutRecord[] = [
  put("court", "gao", { courtId: "gao", name: "湖北省高级人民法院", tier: "HIGH" }),
  put("court", "wuhan", {
    courtId: "wuhan",
    name: "武汉市中级人民法院",
    tier: "INTERMEDIATE",
    parentId: "gao",
    seat: { lat: 30.63, lng: 114.26 },
  }),
  put("court", "jiangan", {
    courtId: "jiangan",
    name: "武汉市江岸区人民法院",
    tier: "BASIC",
    parentId: "wuhan",
    seat: { lat: 30.6, lng: 114.3 },
  }),
  put("court", "huangpi", {
    courtId: "huangpi",
    name: "武汉市黄陂区人民法院",
    tier: "BASIC",
    parentId: "wuhan",
    seat: { lat: 30.88, lng: 114.37 },
  }),
];

export const courts = mapsOf(...COURTS).court;

export const helloOf = (courtId: string, officerId: string, ...roles: string[]): Hello => ({
  wire: 1,
  view: `console:${courtId}`,
  seat: "console",
  courtId,
  courtName: courtId,
  officerId,
  roles,
  sessionId: "s",
  deployment: "d",
  mode: "DEMO",
  at: NOW,
  heartbeatMs: 2_000,
});

export const clock = (ruleId: string, leftMs: number, liberty = false, limitMs = 3_600_000) => ({
  name: ruleId,
  ruleId,
  ruleVersion: 1,
  startAt: NOW + leftMs - limitMs,
  dueAt: NOW + leftMs,
  level: 0,
  liberty,
});
