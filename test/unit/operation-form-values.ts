/** One example of each form of plan, muster, scene and check-in. */
export const PLAN_VALUES = {
  code: "2026-138",
  name: "沿江大道腾退",
  kind: "EVICTION",
  caseNo: "(2026)鄂0102执1234号",
  place: { lat: 30.6, lng: 114.3, address: "沿江大道56号" },
  where: "OWN",
  musterAt: "2026-11-23T08:40",
  chiefCommanderId: "o-1",
  sceneCommanderId: "o-2",
  memberIds: ["o-2", "o-3"],
  risk: "HIGH",
  isMajor: false,
  planDoc: "分三组进场",
};

export const OPERATION_VALUES: Readonly<Record<string, object>> = {
  "operation.draft": PLAN_VALUES,
  "operation.revise": PLAN_VALUES,
  "operation.checkMember": { officerId: "o-1", presence: "PRESENT", certificate: true },
  "operation.showCredentials": { officerId: "o-1", certificate: true, uniform: true },
  "operation.recordAttendee": { role: "NOTARY", office: "长江公证处公证员" },
  "operation.recordScene": { fact: "CORDON" },
  "operation.attestEvidence": { complete: false, reason: "电池耗尽" },
  "checkin.stop": { reason: "已归队" },
  "checkin.vouch": {},
};
