import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Ref } from "../../shared/domain/kernel/ref.ts";
import { officer, province } from "../support/domain/province.ts";
import { walk } from "../support/domain/seen-views.ts";
import { MONDAY_9_00, Story, type When } from "../support/domain/story.ts";

const text = { id: "t", hash: "h" };
const reason = { reason: text };
const MINUTE = 60_000;
const DAY = 86_400_000;
const CASE = "(2026)鄂0102执1号";

const about = (type: Ref["type"], id: string, by: string, verb: string, payload = {}): When => ({
  by,
  kind: `${type}.${verb}`,
  ref: { type, id },
  payload,
});

const inc = (by: string, verb: string, payload = {}) => about("incident", "i1", by, verb, payload);
const pol = (by: string, verb: string, payload = {}) => about("police", "p1", by, verb, payload);

const called = {
  ...{ courtId: "wuhan", kind: "SOS", roles: ["DUTY_OFFICER"], level: 2, attempts: 1 },
  recordRef: { type: "incident", id: "i1" },
};

/** Who holds it, help between courts, and what the desks do meanwhile. */
const HOLD: readonly When[] = [
  inc("jiangan.police", "sos"),
  inc("jiangan.duty", "acknowledge"),
  inc("jiangan.police", "sos"),
  inc("jiangan.duty", "assist", { courtId: "hanyang" }),
  inc("hanyang.duty", "declineAssist", { ...reason }),
  inc("wuhan.duty", "take"),
  inc("wuhan.duty", "assist", { courtId: "hanyang", officerIds: ["hanyang.judge"] }),
  inc("hanyang.duty", "acknowledge"),
  inc("hanyang.duty", "handOver"),
  inc("jiangan.duty", "takeOver"),
  inc("wuhan.director", "designate", { courtId: "hanyang", ...reason }),
  inc("hanyang.duty", "sign"),
  inc("high.director", "setDeadline", { dueAt: MONDAY_9_00 + 20 * MINUTE }),
  inc("hanyang.director", "handBack", { ...reason }),
  inc("wuhan.duty", "sign"),
  inc("wuhan.director", "handBack", { toCourtId: "jiangan", ...reason }),
  inc("jiangan.duty", "sign"),
  inc("high.duty", "take"),
  inc("high.director", "designate", { courtId: "fancheng", ...reason }),
  inc("jiangan.duty", "confirm"),
  inc("jiangan.duty", "respond"),
  pol("jiangan.duty", "send", { kind: "SCENE_SUPPORT", urgency: "P1", unitId: "station1" }),
  pol("jiangan.duty", "answer", { state: "ACKED" }),
  pol("wuhan.duty", "take"),
  pol("wuhan.director", "designate", { courtId: "hanyang", ...reason }),
  pol("hanyang.duty", "sign"),
  pol("hanyang.director", "handBack", { ...reason }),
  pol("high.director", "setDeadline", { dueAt: MONDAY_9_00 + 30 * MINUTE }),
  about("court", "jiangan", "high.sys", "setDutyContact", {
    ...{ contactId: "k1", roles: ["DUTY_OFFICER"], phone: "13800000000" },
  }),
  about("notification", "n1", "system", "failed", { ...called, failure: "SILENT" }),
  about("notification", "n1", "system", "moot"),
  about("notification", "n2", "system", "sent", called),
  pol("jiangan.duty", "close"),
  inc("jiangan.duty", "resolve"),
];

const shift = (id: string, by: string, verb: string, payload = {}) =>
  about("shift", id, by, verb, payload);
const planned = (officerId: string, fromDay: number) => ({
  ...{ officerId, mode: "ON_SITE" },
  ...{ from: MONDAY_9_00 + fromDay * DAY, to: MONDAY_9_00 + (fromDay + 1) * DAY },
});

/** The request to the police that the first call for help opened. */
const SOS_REQUEST = "police:c1-incident.sos:police";

/** Shifts, roll-call, notices, check-in on scene; some of what stands on a hand-over list. */
const DUTY: readonly When[] = [
  inc("jiangan.police", "sos"),
  inc("jiangan.duty", "acknowledge"),
  shift("sh1", "jiangan.director", "schedule", planned("jiangan.duty", 0)),
  shift("sh2", "jiangan.director", "schedule", planned("jiangan.chief", 1)),
  shift("sh3", "jiangan.director", "schedule", planned("jiangan.duty", 2)),
  shift("sh3", "jiangan.director", "cancel"),
  shift("sh1", "jiangan.duty", "sign"),
  shift("sh1", "jiangan.duty", "prepare"),
  shift("sh1", "jiangan.duty", "mark", { keys: ["incident:i1", SOS_REQUEST], done: false }),
  shift("sh1", "jiangan.duty", "offer", { toShiftId: "sh2" }),
  shift("sh1", "jiangan.chief", "returnList", { ...reason }),
  shift("sh1", "jiangan.duty", "prepare"),
  shift("sh1", "jiangan.duty", "offer", { toShiftId: "sh2" }),
  shift("sh2", "jiangan.chief", "sign"),
  about("rollcall", "r1", "wuhan.duty", "call", {
    targets: [
      { type: "court", id: "jiangan" },
      { type: "court", id: "hanyang" },
    ],
    timeoutS: 60,
  }),
  about("rollcall", "r2", "jiangan.duty", "call", {
    targets: [{ type: "officer", id: "jiangan.police" }],
    timeoutS: 30,
  }),
  about("rollcall", "r1", "jiangan.duty", "answer", { target: "court:jiangan" }),
  about("rollcall", "r1.2", "hanyang.duty", "answer", { target: "court:hanyang" }),
  about("rollcall", "r1.2", "wuhan.duty", "fault", { target: "court:hanyang" }),
  about("rollcall", "r2", "jiangan.police", "answer", { target: "officer:jiangan.police" }),
  about("notice", "no1", "wuhan.duty", "publish", {
    ...{ kind: "ALERT", body: text, needsAck: true, courtIds: ["jiangan", "hanyang"] },
  }),
  about("notice", "no2", "high.duty", "publish", {
    ...{ kind: "BULLETIN", body: text, needsAck: true, tiers: ["BASIC"], callId: "r1" },
    expiresAt: MONDAY_9_00 + 30 * MINUTE,
  }),
  about("notice", "no1", "jiangan.duty", "acknowledge"),
  about("notice", "no1", "hanyang.duty", "acknowledge"),
  about("notice", "no2", "jiangan.duty", "acknowledge"),
  about("operation", "op1", "jiangan.president", "open", {
    ...{ code: "JA-1", name: "n", kind: "DETAIN", caseNo: CASE, approvalNo: "A1" },
    place: { lat: 30, lng: 114, address: "x" },
    ...{ chiefCommanderId: "jiangan.director", sceneCommanderId: "jiangan.judge" },
    memberIds: ["jiangan.judge", "jiangan.police"],
  }),
  ...["depart", "arrive", "start"].map((verb) => about("operation", "op1", "jiangan.judge", verb)),
  about("checkin", "ch1", "jiangan.police", "begin", { operationId: "op1" }),
  about("checkin", "ch1", "jiangan.judge", "sign"),
  about("checkin", "ch1", "jiangan.duty", "vouch", {}),
  about("checkin", "ch1", "jiangan.duty", "stop", { ...reason }),
  about("operation", "op1", "jiangan.director", "close"),
];

const del = (by: string, verb: string, payload = {}) =>
  about("delegation", "de1", by, verb, payload);
const sup = (by: string, verb: string, payload = {}) =>
  about("supervision", "su1", by, verb, payload);
/** Of which the supervised court reports nothing. */
const late = (by: string, verb: string, payload = {}) =>
  about("supervision", "su3", by, verb, payload);
const content = {
  ...{ itemType: "SERVE_PAPERS", caseNo: CASE, request: text, urgent: false },
  docs: [{ name: "委托函", no: "1" }],
  ...{ decisionNo: "D1", address: text },
};
const dueAt = MONDAY_9_00 + DAY;

/** Delegation between peers, supervision, interference records, reports. */
const PAPERS: readonly When[] = [
  late("wuhan.director", "open", {
    ...{ targetCourtId: "jiangan", kind: "CASE", trigger: "OVERDUE", caseNo: CASE, matter: text },
  }),
  late("wuhan.director", "sendLetter", {
    ...{ letterNo: "L3", demand: text, dueAt: MONDAY_9_00 + 60 * MINUTE },
  }),
  del("jiangan.judge", "draft", { ...content, toCourtId: "hanyang" }),
  del("jiangan.judge", "revise", content),
  del("jiangan.judge", "submit"),
  del("jiangan.duty", "sendBack", { text }),
  del("jiangan.duty", "send"),
  del("hanyang.duty", "askPapers", { text }),
  del("jiangan.judge", "completePapers", { docs: content.docs }),
  del("hanyang.duty", "return", { code: "NOT_AN_ITEM", text }),
  del("wuhan.director", "direct", { directive: "OVERRULE_RETURN", text }),
  del("hanyang.duty", "accept"),
  late("wuhan.duty", "urge", { text, dueAt: MONDAY_9_00 + 300 * MINUTE }),
  del("hanyang.duty", "assign", { assigneeId: "hanyang.judge" }),
  del("hanyang.judge", "start"),
  del("hanyang.judge", "progress", { text }),
  del("hanyang.judge", "feedback", { text }),
  del("jiangan.judge", "redo", { text }),
  del("wuhan.director", "direct", { directive: "HASTEN", text, dueAt }),
  del("hanyang.judge", "start"),
  del("hanyang.judge", "feedback", { text }),
  del("jiangan.judge", "confirm"),
  del("jiangan.judge", "withdraw", { ...reason }),
  sup("wuhan.director", "open", {
    ...{ targetCourtId: "jiangan", kind: "CASE", trigger: "COMPLAINT", caseNo: CASE, matter: text },
  }),
  about("supervision", "su0", "high.director", "open", {
    ...{ targetCourtId: "wuhan", kind: "LISTED", trigger: "INACTION", caseNo: CASE, matter: text },
  }),
  about("supervision", "su2", "wuhan.director", "open", {
    ...{ targetCourtId: "jiangan", kind: "LISTED", trigger: "FROM_ABOVE", matter: text },
    ...{ caseNo: CASE, forwardOf: "su0" },
  }),
  sup("wuhan.director", "sendLetter", { letterNo: "L1", demand: text, dueAt }),
  sup("jiangan.director", "assign", { assigneeId: "jiangan.judge" }),
  sup("jiangan.judge", "start"),
  sup("jiangan.director", "report", { text }),
  sup("wuhan.director", "return", { text, dueAt: dueAt + DAY }),
  sup("wuhan.director", "addItem", { itemId: "x1", ownerId: "jiangan.judge", dueAt, what: text }),
  sup("jiangan.judge", "showEvidence", { itemId: "x1", evidence: text }),
  sup("wuhan.director", "returnItem", { itemId: "x1", text, dueAt: dueAt + DAY }),
  sup("jiangan.judge", "showEvidence", { itemId: "x1", evidence: text }),
  sup("wuhan.director", "closeItem", { itemId: "x1" }),
  sup("jiangan.director", "report", { text }),
  sup("wuhan.director", "close", { text }),
  late("wuhan.director", "measure", { measure: "FILE_CALLED", text }),
  about("interference", "in1", "jiangan.judge", "record", {
    ...{ caseNo: CASE, approacher: "OFFICIAL", who: text, approachedBy: "PHONE" },
    ...{ approachedAt: MONDAY_9_00, asked: text },
  }),
  about("report", "re1", "jiangan.duty", "submit", { kind: "SITUATION", text, caseNo: CASE }),
  about("report", "re1", "wuhan.duty", "read"),
  about("report", "re1", "wuhan.duty", "handle", { text }),
];

/** People and courts change under all of it. */
const REGISTER: readonly When[] = [
  about("officer", "jiangan.duty", "high.sec", "disable"),
  about("officer", "jiangan.duty", "high.sec", "enable"),
  about("officer", "jiangan.chief", "high.sec", "revokeGrant", { role: "CENTER_CHIEF" }),
  about("officer", "jiangan.chief", "high.sec", "grant", { role: "CENTER_CHIEF" }),
  about("officer", "jiangan.police", "jiangan.duty", "setDuty", { duty: "DEPLOYED" }),
];

const SLICES = { HOLD, DUTY, PAPERS } as const;
const world = () =>
  new Story([
    ...province(),
    officer("high.sec", "high", "SECURITY_ADMIN"),
    officer("high.sys", "high", "SYSTEM_ADMIN"),
    officer("hanyang.director", "hanyang", "DIRECTOR"),
  ]);

describe("dependents between courts", () => {
  it.each(Object.entries(SLICES))(
    "AUD-7 nothing of %s that any view sees changes without being touched or dependent",
    (_name, slice) => {
      const moves = [...slice, ...REGISTER];
      const done = new Set<string>();
      const step = fc.tuple(fc.nat({ max: 9 }), fc.nat({ max: moves.length - 1 }));
      const steps = fc.array(step, { minLength: slice.length, maxLength: slice.length });
      fc.assert(
        fc.property(
          steps,
          fc.constantFrom(500, 2_000, 20_000, 15 * MINUTE, DAY / 3),
          (chances, stepMs) => {
            const path = slice.flatMap((move, n) => {
              const [chance = 0, other = 0] = chances[n] ?? [];
              // Most in their order, so that whole stories happen; some left out, some between.
              if (chance === 0) return [];
              return chance < 3 ? [moves[other] ?? move, move] : [move];
            });
            const story = world();
            for (const move of slice.slice(0, 1)) story.accepted(move);
            for (const kind of walk(story, path, { raising: true, stepMs })) done.add(kind);
          },
        ),
        { numRuns: 40, seed: 20261123 },
      );
      const kinds = new Set(slice.map(({ kind }) => kind));
      kinds.delete(slice[0]?.kind ?? "");
      expect([...kinds].filter((kind) => !done.has(kind))).toEqual([]);
    },
    120_000,
  );
});
