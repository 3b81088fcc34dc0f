import { expect, test } from "vitest";
import { actionsOf } from "../../client/faces/console/actions/action-list.ts";
import { liaisonCount, liaisonsOf } from "../../client/faces/console/boards/liaison/liaisons-of.ts";
import { FORMS } from "../../client/faces/console/forms/forms.ts";
import { taskOn } from "../../client/faces/console/forms/task.ts";
import { payloadOf, wireOf } from "../../client/faces/console/forms/to-payload.ts";
import { holderName } from "../../client/faces/console/hold/holders.ts";
import { queueItems } from "../../client/faces/console/queue/queue-items.ts";
import {
  approachPayload,
  incidentPayload,
  missingInApproach,
} from "../../client/faces/field/report/report-payload.ts";
import { PAYLOADS } from "../../shared/wire/payloads.ts";
import { clock, courts, helloOf, mapsOf, NOW, put, record } from "./console-fixtures.ts";

const HOUR = 3_600_000;
const CASE = "(2026)鄂0102执138号";
const asked = (id: string, state: string, more: object = {}) =>
  put("liaison", id, { courtId: "jiangan", unitId: "u-bank", service: "FREEZE", state, ...more });
const ids = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id);

test("CON-37 given requests in each state, then each is listed where the next hand is, the overdue counted", () => {
  const maps = mapsOf(
    asked("sent", "SENT", { clocks: [clock("LIA-DUE", HOUR)] }),
    asked("late", "PROCESSING", { clocks: [clock("LIA-DUE", -HOUR)] }),
    asked("replied", "REPLIED"),
    asked("refused", "REFUSED"),
    asked("closed", "CLOSED"),
    asked("theirs", "SENT", { courtId: "huangpi" }),
    put("suggestion", "fine", { courtId: "jiangan", kind: "FINE_PROPOSAL", state: "PROPOSED" }),
    put("suggestion", "over", { courtId: "jiangan", kind: "FINE_PROPOSAL", state: "APPROVED" }),
  );
  const { ours, waiting, followed, below } = liaisonsOf(maps, "jiangan", NOW);
  expect(ids(ours)).toEqual(["late", "refused", "replied"]);
  expect(ids(waiting)).toEqual(["sent"]);
  expect(ids(followed)).toEqual(["fine"]);
  expect(ids(below)).toEqual(["theirs"]);
  expect(liaisonCount(maps, "jiangan", NOW)).toEqual({ open: 4, act: 1 });
});

test("LIA-10 given a request that was not refused, when its acts are listed, then suggestion and fine say why not", () => {
  const director = helloOf("jiangan", "o-director", "DIRECTOR");
  const of = (state: string) =>
    actionsOf(
      record("liaison", "l-1", { courtId: "jiangan", state, parts: {}, acts: {} }),
      director,
      courts,
      NOW,
    );
  const sent = of("SENT").refused.map(({ kind, refusal }) => [kind, refusal?.code]);
  expect(sent).toEqual([
    ["suggestion.issue", "NOT_REFUSED"],
    ["suggestion.proposeFine", "NOT_REFUSED"],
  ]);
  expect(of("REFUSED").primary?.kind).toBe("suggestion.issue");
});

test("LIA-11 given a fine, when it is decided by form, then the wire reads yes or no, and the request it follows goes along", () => {
  const spec = FORMS["suggestion.decideFine"];
  if (!spec) throw new Error("no form");
  const context = { fixed: {}, now: NOW, ids: { subject: "s", act: "a", record: "r" } };
  const sent = (approved: string) =>
    wireOf(spec, payloadOf(spec, { approved }, context), "jiangan");
  expect(sent("REJECTED")).toEqual({ approved: false });
  expect(sent("APPROVED")).toEqual({ approved: true });
  const liaison = record("liaison", "l-1", { courtId: "jiangan" });
  expect(taskOn("suggestion.proposeFine", liaison, () => "n").fixed).toEqual({ liaisonId: "l-1" });
});

test("CON-39 given a court that is asked to help, then the matter is among its own and its holder has a name", () => {
  const dto = {
    courtId: "huangpi",
    state: "REPORTED",
    level: "GENERAL",
    acknowledged: { officerId: "x-1", courtId: "huangpi", at: NOW, name: "龙值班员" },
    holder: { courtId: "huangpi", officerId: "x-1" },
    assist: { courtId: "jiangan", state: "NAMED", since: NOW },
  };
  const viewer = { officerId: "o-1", courtId: "jiangan" };
  const [row] = queueItems(mapsOf(put("incident", "i", dto)), viewer, NOW);
  expect(row?.mine).toBe(true);
  const names = {
    court: String,
    unit: String,
    officer: (id: string | undefined) => id ?? "",
    officerOr: (_id: string | undefined, otherwise: string) => otherwise,
  };
  expect(holderName(record("incident", "i", dto), names)).toBe("龙值班员");
});

test("FLD-31 an incident from the phone carries operation and place, and is read by the wire", () => {
  const entry = { kind: "MEDICAL", level: "GENERAL", detail: " 晕倒 " } as const;
  const around = { operation: { id: "op-1", caseNo: CASE }, fix: { lat: 30.6, lng: 114.3 } };
  const payload = incidentPayload(entry, around);
  expect(payload).toMatchObject({ operationId: "op-1", caseNo: CASE, detail: "晕倒" });
  expect(PAYLOADS["incident.report"]?.safeParse(payload).success).toBe(true);
  const bare = incidentPayload({ ...entry, detail: "" }, {});
  expect(bare).toEqual({ kind: "MEDICAL", level: "GENERAL" });
});

test("FLD-31 an approach is not sent before everything that the record needs is there", () => {
  const entry = {
    caseNo: CASE,
    approacher: "OFFICIAL",
    approachedBy: "PHONE",
    when: "2026-11-23T15:13",
    who: "某局负责人",
    asked: "能否暂缓",
    answered: "",
  } as const;
  expect(missingInApproach(entry)).toBeUndefined();
  expect(missingInApproach({ ...entry, caseNo: "138" })).toBe("caseNo");
  expect(missingInApproach({ ...entry, approacher: undefined })).toBe("approacher");
  expect(missingInApproach({ ...entry, asked: " " })).toBe("asked");
  const payload = approachPayload(entry);
  expect(PAYLOADS["interference.record"]?.safeParse(payload).success).toBe(true);
  expect(payload.approachedAt).toBe(Date.UTC(2026, 10, 23, 7, 13));
});
