import fc from "fast-check";
import { describe, it } from "vitest";
import type { Ref } from "../../shared/domain/kernel/ref.ts";
import { SEARCH } from "../support/domain/operation-story.ts";
import { liaisonUser, officer, province, unit } from "../support/domain/province.ts";
import { walk } from "../support/domain/seen-views.ts";
import { Story, type When } from "../support/domain/story.ts";

const text = { id: "t", hash: "h" };
const about = (type: Ref["type"], id: string, by: string, verb: string, payload = {}): When => ({
  by,
  kind: `${type}.${verb}`,
  ref: { type, id },
  payload,
});
const op = (by: string, verb: string, payload = {}) => about("operation", "op1", by, verb, payload);
const det = (by: string, verb: string, payload = {}) => about("detention", "d1", by, verb, payload);
const CASE = "(2026)鄂0102执1号";
const open = (hostCourtId?: string) =>
  op("jiangan.director", "open", {
    code: "JA-1",
    name: "n",
    kind: "DETAIN",
    caseNo: CASE,
    approvalNo: "A1",
    place: { lat: 30, lng: 114, address: "x" },
    chiefCommanderId: "jiangan.director",
    sceneCommanderId: "jiangan.judge",
    memberIds: ["jiangan.judge", "jiangan.police"],
    ...(hostCourtId ? { hostCourtId } : {}),
  });
const onScene = { operationId: "op1" };
const order = (by: string, verb: string, id: string) =>
  about("order", id, by, verb, { toCourtId: "jiangan", urgency: "P1", body: text, ...onScene });
const known = { operationId: "op1", escortIds: ["jiangan.police2"], kind: "DETAIN" };

const planned = (by: string, verb: string, payload = {}) =>
  about("operation", "op2", by, verb, payload);

/** Anything anybody may try, most of it at the wrong moment. */
const MOVES: readonly When[] = [
  open(),
  open("hanyang"),
  op("jiangan.judge", "depart"),
  op("jiangan.judge", "arrive"),
  op("jiangan.judge", "start"),
  op("jiangan.duty", "pause", { reason: text }),
  op("jiangan.judge", "confirmPause"),
  op("jiangan.judge", "resume"),
  op("jiangan.director", "close"),
  op("jiangan.director", "abort", { reason: text }),
  order("wuhan.duty", "pause", "o1"),
  order("high.duty", "pause", "o2"),
  order("high.duty", "liftPause", "o3"),
  order("wuhan.director", "task", "o4"),
  ...["o1", "o2", "o4"].flatMap((id) => [
    about("order", id, "jiangan.duty", "sign"),
    about("order", id, "jiangan.director", "feedback", { text }),
    about("order", id, "wuhan.director", "accept"),
    about("order", id, "wuhan.director", "revoke", { reason: text }),
  ]),
  about("incident", "i1", "jiangan.police", "sos", onScene),
  about("incident", "i2", "jiangan.police2", "sos", { detentionId: "d1" }),
  ...["i1", "i2"].flatMap((id) => [
    about("incident", id, "jiangan.duty", "acknowledge"),
    about("incident", id, "jiangan.duty", "respond"),
    about("incident", id, "jiangan.duty", "resolve", {}),
    about("incident", id, "jiangan.duty", "falseAlarm", { reason: text }),
    about("incident", id, "jiangan.duty", "setLevel", { level: "MAJOR" }),
    about("incident", id, "jiangan.duty", "setLevel", { level: "GENERAL", reason: text }),
  ]),
  det("jiangan.police", "control", { about: known }),
  det("jiangan.police", "arrive", { about: { ...known, hostCourtId: "fancheng" } }),
  det("jiangan.police", "transit", {}),
  det("jiangan.police", "intake", { receiptNo: "R1" }),
  det("jiangan.president", "stop", { decisionNo: "S1", reason: text }),
  det("jiangan.police", "release", {}),
  about("police", "p1", "jiangan.judge", "send", {
    ...{ kind: "SCENE_SUPPORT", urgency: "P2", unitId: "station1", ...onScene },
  }),
  about("police", "p1", "station1.user", "respond", { state: "ACKED" }),
  about("police", "p1", "station1.user", "finish"),
  about("police", "p1", "jiangan.duty", "reroute", { unitId: "station2" }),
  about("liaison", "l1", "jiangan.judge", "send", {
    ...{ unitId: "bank1", service: "QUERY", caseNo: CASE, noticeNo: "N1" },
    subject: { id: "s1", label: "张**", sex: "M", ageBand: "18_69", flags: [] },
  }),
  about("liaison", "l1", "bank1.user", "refuse", { reason: text }),
  about("liaison", "l1", "bank1.user", "reply", { reply: text }),
  about("liaison", "l1", "jiangan.duty", "close"),
  about("suggestion", "s1", "jiangan.judge", "proposeFine", {
    ...{ liaisonId: "l1", superior: "x", amount: 60_000, body: text },
  }),
  about("suggestion", "s1", "jiangan.president", "decideFine", { approved: false }),
  about("officer", "jiangan.police", "jiangan.duty", "setDuty", { duty: "DEPLOYED" }),
  about("officer", "jiangan.police", "high.sec", "disable"),
  planned("jiangan.judge", "draft", { ...SEARCH, placeCourtId: "hanyang" }),
  planned("jiangan.judge", "submit"),
  planned("jiangan.president", "approve", { approvalNo: "A2" }),
  planned("hanyang.duty", "hostAcknowledge"),
  planned("wuhan.duty", "acknowledgeFiling"),
  planned("jiangan.judge", "muster"),
  planned("jiangan.judge", "reportSafe", { officerId: "jiangan.judge" }),
  planned("jiangan.director", "abort", { reason: text, withdrawal: text }),
  about("incident", "i3", "jiangan.police", "sos", { operationId: "op2" }),
  about("officer", "jiangan.chief", "high.sec", "revokeGrant", { role: "CENTER_CHIEF" }),
];

describe("dependents", () => {
  it("AUD-7 nothing that any view sees changes without being touched or dependent", () => {
    const moves = fc.array(fc.integer({ min: 0, max: MOVES.length - 1 }), {
      minLength: 20,
      maxLength: 40,
    });
    fc.assert(
      fc.property(moves, (path) => {
        const story = new Story([
          ...province(),
          officer("high.sec", "high", "SECURITY_ADMIN"),
          unit("bank1", "jiangan", "BANK"),
          liaisonUser("station1", "jiangan"),
          liaisonUser("bank1", "jiangan"),
        ]);
        walk(
          story,
          path.flatMap((index) => MOVES[index] ?? []),
        );
      }),
      { numRuns: 60, seed: 20261122 },
    );
  }, 60_000);
});
