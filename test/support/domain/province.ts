import type { Role } from "../../../shared/domain/authority/roles.ts";
import type { Court, CourtTier } from "../../../shared/domain/court/state.ts";
import type { Officer } from "../../../shared/domain/officer/state.ts";
import { NO_FACTS } from "../../../shared/domain/operation/facts.ts";
import type { Operation } from "../../../shared/domain/operation/state.ts";
import type { LinkedUnit } from "../../../shared/domain/unit/state.ts";

/**
 * A small province as folded records: one High Court, two intermediate courts, three basic courts
 * and the people that tests need. Ids say who is who: `jiangan.judge`.
 */
const BASE = { rev: 1, stateRev: 1, createdAt: 0, updatedAt: 0 };
const SEAT = { lat: 30.6, lng: 114.3 };

const PATHS: Readonly<Record<string, readonly string[]>> = {
  high: ["high"],
  wuhan: ["high", "wuhan"],
  xiangyang: ["high", "xiangyang"],
  jiangan: ["high", "wuhan", "jiangan"],
  hanyang: ["high", "wuhan", "hanyang"],
  fancheng: ["high", "xiangyang", "fancheng"],
};
const TIERS: readonly CourtTier[] = ["HIGH", "INTERMEDIATE", "BASIC"];

export const pathOf = (courtId: string): readonly string[] => {
  const path = PATHS[courtId];
  if (!path) throw new Error(`no court ${courtId} in this province`);
  return path;
};

export const belongsTo = (courtId: string) => ({ courtId, tierPath: pathOf(courtId) });

export function court(id: string): Court {
  const tierPath = pathOf(id);
  const parentId = tierPath.at(-2);
  return {
    ...BASE,
    type: "court",
    id,
    courtId: id,
    tierPath,
    name: id,
    tier: TIERS[tierPath.length - 1] ?? "BASIC",
    ...(parentId ? { parentId } : {}),
    kind: "LOCAL",
    seat: SEAT,
    seatSource: "EST",
  };
}

export function officer(id: string, courtId: string, ...roles: readonly Role[]): Officer {
  return {
    ...BASE,
    type: "officer",
    id,
    ...belongsTo(courtId),
    name: id,
    title: "",
    badgeNo: id,
    gender: "M",
    trackIndex: 0,
    duty: "ON_DUTY",
    grants: roles.map((role) => ({ role, fromSeq: 0, bootstrap: false })),
    disabled: false,
    revokedSessions: [],
  };
}

export const unit = (id: string, courtId: string, kind: LinkedUnit["kind"] = "POLICE") =>
  ({
    ...BASE,
    type: "unit",
    id,
    ...belongsTo(courtId),
    kind,
    name: id,
  }) satisfies LinkedUnit;

/** 联络员 of a linked unit, registered by the unit's court. */
export const liaisonUser = (unitId: string, courtId: string): Officer => ({
  ...officer(`${unitId}.user`, courtId, "LIAISON_USER"),
  unitId,
});

/** A folded operation of 江岸 court with two members; fields may be replaced. */
export function operation(more: Partial<Operation> = {}): Operation {
  return {
    ...BASE,
    type: "operation",
    id: "op1",
    ...belongsTo("jiangan"),
    code: "JA-1",
    name: "op1",
    kind: "DETAIN",
    state: "APPROVED",
    caseNo: "(2026)鄂0102执1号",
    approvalNo: "A1",
    place: { ...SEAT, address: "road 1" },
    chiefCommanderId: "jiangan.director",
    sceneCommanderId: "jiangan.judge",
    memberIds: ["jiangan.judge", "jiangan.police"],
    assetIds: [],
    approvedBy: "jiangan.president",
    milestones: {},
    facts: NO_FACTS,
    clocks: {},
    conflicts: [],
    ...more,
  };
}

const people = (): Officer[] =>
  [
    officer("jiangan.judge", "jiangan", "JUDGE"),
    officer("jiangan.executor", "jiangan", "EXECUTOR"),
    officer("jiangan.police", "jiangan", "JUDICIAL_POLICE"),
    officer("jiangan.police2", "jiangan", "JUDICIAL_POLICE"),
    officer("jiangan.duty", "jiangan", "DUTY_OFFICER"),
    officer("jiangan.chief", "jiangan", "CENTER_CHIEF"),
    officer("jiangan.director", "jiangan", "DIRECTOR"),
    officer("jiangan.president", "jiangan", "PRESIDENT"),
    officer("jiangan.tech", "jiangan", "TECH"),
    officer("hanyang.judge", "hanyang", "JUDGE"),
    officer("hanyang.duty", "hanyang", "DUTY_OFFICER"),
    officer("hanyang.president", "hanyang", "PRESIDENT"),
    officer("wuhan.duty", "wuhan", "DUTY_OFFICER"),
    officer("wuhan.director", "wuhan", "DIRECTOR"),
    officer("wuhan.review", "wuhan", "REVIEW_JUDGE"),
    officer("xiangyang.duty", "xiangyang", "DUTY_OFFICER"),
    officer("high.duty", "high", "DUTY_OFFICER"),
    officer("high.director", "high", "DIRECTOR"),
    officer("high.review", "high", "REVIEW_JUDGE"),
  ].map((person, trackIndex) => ({ ...person, trackIndex }));

/** One of each role in 江岸 court, a duty desk in every other court, two stations and a house. */
export const province = () => [
  ...Object.keys(PATHS).map(court),
  ...people(),
  unit("station1", "jiangan"),
  unit("station2", "jiangan"),
  unit("house1", "wuhan", "DETENTION_HOUSE"),
];
