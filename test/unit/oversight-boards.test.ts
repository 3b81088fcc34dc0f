import { describe, expect, test } from "vitest";
import {
  delegationCount,
  delegationsOf,
  returnsByCode,
} from "../../client/faces/console/boards/delegation/delegations-of.ts";
import {
  supervisionCount,
  supervisionsOf,
} from "../../client/faces/console/boards/supervision/supervisions-of.ts";
import { FORMS } from "../../client/faces/console/forms/forms.ts";
import { payloadOf, problemsOf } from "../../client/faces/console/forms/to-payload.ts";
import { createRecordsStore, withPatch } from "../../client/store/records.ts";
import { clockRule } from "../../shared/domain/rules/clock-rules.ts";
import type { PutRecord } from "../../shared/wire/live.ts";
import { patchOf } from "./link-fakes.ts";

const NOW = Date.UTC(2026, 10, 23, 4);
const CASE = "(2026)鄂0102执138号";
const IDS = { subject: "s", act: "a", record: "r" };

const court = (id: string, parentId?: string): PutRecord => ({
  type: "court",
  id,
  rev: 1,
  dto: { name: id, courtId: id, ...(parentId ? { parentId } : {}) },
});

const clock = (ruleId: string, dueAt: number) => {
  const { version: ruleVersion } = clockRule(ruleId);
  return { name: "due", ruleId, ruleVersion, startAt: 0, dueAt, level: 0, liberty: false };
};

const delegation = (id: string, from: string, to: string, more: object = {}): PutRecord => ({
  type: "delegation",
  id,
  rev: 1,
  dto: { courtId: from, toCourtId: to, turnCourtId: to, state: "SENT", ...more },
});

const supervision = (id: string, by: string, of: string, more: object = {}): PutRecord => ({
  type: "supervision",
  id,
  rev: 1,
  dto: { courtId: by, targetCourtId: of, turnCourtId: of, state: "LETTER_SENT", ...more },
});

const COURTS = [
  court("high"),
  court("wuhan", "high"),
  court("jiangan", "wuhan"),
  court("huangpi", "wuhan"),
];
const mapsOf = (...put: PutRecord[]) =>
  withPatch(createRecordsStore().getState(), patchOf(0, 1, { put: [...COURTS, ...put] })).maps;
const ids = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id);

describe("boards of oversight", () => {
  test("OVS-1 given delegations each way, then each court finds its own apart and what is due first above", () => {
    const late = { clocks: [clock("W5-FINISH", NOW - 1)] };
    const maps = mapsOf(
      delegation("a", "jiangan", "huangpi"),
      delegation("b", "huangpi", "jiangan", late),
      delegation("c", "huangpi", "jiangan"),
    );
    const own = delegationsOf(maps, "jiangan", NOW);
    expect([ids(own.sent), ids(own.received), ids(own.superior)]).toEqual([["a"], ["b", "c"], []]);
    expect(ids(delegationsOf(maps, "wuhan", NOW).superior)).toEqual(["b", "a", "c"]);
    expect(delegationCount(maps, "jiangan", NOW)).toEqual({ open: 2, act: 1 });
    expect(delegationCount(maps, "wuhan", NOW)).toEqual({ open: 0, act: 0 });
  });

  test("OVS-1 given returned delegations, then the superior counts them by code", () => {
    const returned = (code: string) => ({ returned: { code, at: 1, by: "x" } });
    const maps = mapsOf(
      delegation("a", "jiangan", "huangpi", returned("NOT_OUR_DISTRICT")),
      delegation("b", "jiangan", "huangpi", returned("LAW_FORBIDS")),
      delegation("c", "huangpi", "jiangan", returned("LAW_FORBIDS")),
    );
    expect(returnsByCode(delegationsOf(maps, "wuhan", NOW).superior)).toEqual([
      ["LAW_FORBIDS", 2],
      ["NOT_OUR_DISTRICT", 1],
    ]);
  });

  test("OVS-2 given supervisions, then the supervising, the supervised and the told court find them apart", () => {
    const { supervision: all } = mapsOf(
      supervision("a", "wuhan", "jiangan"),
      supervision("b", "high", "jiangan", { clocks: [clock("SUP-DUE", NOW - 1)] }),
    );
    const wuhan = supervisionsOf(all, "wuhan", NOW);
    expect([ids(wuhan.byUs), ids(wuhan.ofUs), ids(wuhan.told)]).toEqual([["a"], [], ["b"]]);
    expect(ids(supervisionsOf(all, "jiangan", NOW).ofUs)).toEqual(["b", "a"]);
    expect(supervisionCount(all, "jiangan", NOW)).toEqual({ open: 2, act: 1 });
  });
});

describe("forms of oversight", () => {
  const filled = (kind: string, values: object) => {
    const spec = FORMS[kind];
    if (!spec) throw new Error(`no form for ${kind}`);
    const payload = payloadOf(spec, { ...values }, { fixed: {}, now: NOW, ids: IDS });
    return { payload, problems: problemsOf(kind, spec, payload) };
  };

  test("OVS-1 given a delegation without papers, then it says so and no time is asked that is not urgent", () => {
    const { payload, problems } = filled("delegation.draft", {
      toCourtId: "huangpi",
      itemType: "SERVE_PAPERS",
      caseNo: CASE,
      request: "送达",
      docs: [{ name: "", no: "" }],
      dueAt: 15,
    });
    expect(payload).toMatchObject({ docs: [], urgent: false, dueAt: NOW + 15 * 86_400_000 });
    expect(payload).not.toHaveProperty("phonedAt");
    expect(problems).toEqual([]);
  });

  test("OVS-2 given a new item of the list, then its id is made with the form and its term is in days", () => {
    const { payload, problems } = filled("supervision.addItem", {
      what: "补全清单",
      ownerId: "o1",
      dueAt: 5,
    });
    expect(payload).toEqual({
      itemId: "r",
      what: "补全清单",
      ownerId: "o1",
      dueAt: NOW + 5 * 86_400_000,
    });
    expect(problems).toEqual([]);
  });

  test("OVS-4 given a time that a person typed, then it is a moment of the courts' zone", () => {
    const { payload, problems } = filled("interference.record", {
      caseNo: CASE,
      approacher: "PARTY",
      who: "某人",
      approachedBy: "PHONE",
      approachedAt: "2026-11-23T12:00",
      asked: "询问进度",
    });
    expect(payload.approachedAt).toBe(NOW);
    expect(problems).toEqual([]);
  });

  test("OVS-3 given nothing, then each missing field is named", () => {
    const { problems } = filled("observer.open", {});
    expect(problems.map(({ field }) => field)).toEqual([
      "body",
      "organisation",
      "visitor",
      "endsAt",
    ]);
  });
});
