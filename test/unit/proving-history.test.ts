/** The checker must find each way in which a history may be bad, and only that. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkHistory } from "../support/history/check-history.ts";
import { type HistoryLine, type LoggedCommand, readHistory } from "../support/history/history.ts";
import { contentOf, createRecorder, heard } from "../support/history/recorder.ts";
import { envelope } from "../support/server/envelope.ts";

type Answer = Pick<HistoryLine, "op"> & Partial<HistoryLine>;

/** Calls one after the other: each begins when the one before has ended. */
function history(...calls: readonly (readonly [string, Answer, Partial<HistoryLine>?])[]) {
  return calls.flatMap(([commandId, answer, invoke = {}], call): HistoryLine[] => {
    const same = { at: 0, client: "a", call, commandId, road: "socket" } as const;
    return [
      { ...same, t: call * 2, op: "invoke", content: "c", actor: "anna", ...invoke },
      { ...same, t: call * 2 + 1, ...answer },
    ];
  });
}

const ok = (seq: number): Answer => ({ op: "ok", seq, hash8: `h${seq}`, commitAt: seq * 10 });
const refused: Answer = { op: "refused", code: "STALE", seq: 1, hash8: "h1" };
const unknown: Answer = { op: "unknown", code: "NO_ANSWER" };
const stored = (id: string, seq: number, actor = "anna"): LoggedCommand => ({
  id,
  seq,
  actor,
  hash8: `h${seq}`,
  at: seq * 10,
});

const rules = (lines: readonly HistoryLine[], log: readonly LoggedCommand[]) =>
  checkHistory(lines, log).violations.map(({ rule }) => rule);

describe("checker of histories", () => {
  it("PRV-11 a call for help that joined another stands by that one, where the answer said", () => {
    const joined = (seq: number): Answer => ({ ...ok(seq), op: "joined", joinedTo: "x" });
    const lines = (seq: number) => history(["x", ok(1)], ["y", joined(seq)]);
    expect(rules(lines(1), [stored("x", 1)])).toEqual([]);
    expect(rules(lines(2), [stored("x", 1)])).toEqual(["ELSEWHERE"]);
    expect(rules(history(["y", joined(1)]), [])).toEqual(["LOST"]);
    const said = { outcome: "ACCEPTED", seq: 1, hash8: "h1", at: 10, joined: "x" };
    expect(heard(said)).toEqual(joined(1));
  });

  it("PRV-11 a history without fault passes, and its numbers are counted", () => {
    const lines = history(
      ["x", unknown],
      ["x", ok(1), { road: "http" }],
      ["x", ok(1)],
      ["y", refused],
      ["y", ok(2)],
      ["z", unknown],
      ["w", refused],
      ["v", { op: "journalled" }],
    );
    const log = [stored("x", 1), stored("y", 2), stored("v", 3), stored("sys:1", 4, "system")];
    expect(checkHistory(lines, log)).toEqual({
      violations: [],
      counts: {
        commands: 5,
        calls: 8,
        acknowledged: 2,
        duplicated: 2,
        bothRoads: 1,
        takenUnanswered: 1,
      },
    });
  });

  it("PRV-11 what was journalled may lie in the journal still; what was accepted may not", () => {
    const held = new Set(["x"]);
    expect(checkHistory(history(["x", { op: "journalled" }]), [], held).violations).toEqual([]);
    const [lost] = checkHistory(history(["x", ok(1)]), [], held).violations;
    expect(lost?.rule).toBe("LOST");
  });

  it.each([
    ["LOST", history(["x", ok(1)]), []],
    ["LOST", history(["x", { op: "journalled" }]), []],
    ["TWICE", history(["x", ok(1)]), [stored("x", 1), stored("x", 2)]],
    ["TWICE", history(["x", unknown]), [stored("x", 1), stored("x", 1)]],
    ["ELSEWHERE", history(["x", ok(1)]), [stored("x", 2)]],
    ["ELSEWHERE", history(["x", { ...ok(1), hash8: "other" }]), [stored("x", 1)]],
    ["ELSEWHERE", history(["x", { ...ok(1), commitAt: 11 }]), [stored("x", 1)]],
    ["REFUSED_BUT_TAKEN", history(["x", refused], ["x", refused]), [stored("x", 1)]],
    ["REFUSED_AFTER_OK", history(["x", ok(1)], ["x", refused]), [stored("x", 1)]],
    ["ID_REUSED", history(["x", ok(1)], ["x", ok(1), { content: "d" }]), [stored("x", 1)]],
    ["ID_REUSED", history(["x", ok(1)], ["x", ok(1), { actor: "bert" }]), [stored("x", 1)]],
    ["WRONG_ACTOR", history(["x", ok(1)]), [stored("x", 1, "bert")]],
    ["OUT_OF_ORDER", history(["x", ok(2)], ["y", ok(1)]), [stored("x", 2), stored("y", 1)]],
    ["OUT_OF_ORDER", history(["x", ok(2)], ["y", unknown]), [stored("x", 2), stored("y", 2)]],
    ["BAD_HISTORY", history(["x", unknown]).slice(0, 1), []],
    ["BAD_HISTORY", history(["x", unknown]).slice(1), []],
    ["BAD_HISTORY", history(["x", unknown]).toReversed(), []],
  ] as const)("PRV-12 %s is found, case %#", (rule, lines, log) => {
    expect(rules(lines, log)).toContain(rule);
  });

  it("PRV-12 two answers that differ are found, though one of them is true", () => {
    const found = rules(history(["x", ok(1)], ["x", ok(2)]), [stored("x", 1)]);
    expect(found).toEqual(["ANSWERED_DIFFERENTLY", "ELSEWHERE"]);
  });

  it("PRV-11 what happened at the same time may be stored in any order", () => {
    const [first, second] = [history(["x", ok(2)]), history(["y", ok(1)])];
    const overlapping = [...first, ...second.map((line) => ({ ...line, call: 9 }))]
      .toSorted((a, b) => a.t - b.t)
      .toSorted((a, b) => Number(b.op === "invoke") - Number(a.op === "invoke"));
    expect(rules(overlapping, [stored("x", 2), stored("y", 1)])).toEqual([]);
  });

  it("PRV-11 sent away at the door or with another content is no contradiction", () => {
    const lines = history(
      ["x", ok(1)],
      ["x", { op: "refused", code: "TOO_MANY", atTheDoor: true }],
      ["x", { op: "refused", code: "ID_REUSED" }, { content: "d" }],
    );
    expect(rules(lines, [stored("x", 1)])).toEqual([]);
  });
});

describe("recorder of histories", () => {
  it("PRV-10 each sending and what came of it is a line, in its order", async () => {
    const folder = await mkdtemp(join(tmpdir(), "history-"));
    const recorder = createRecorder(join(folder, "history.ndjson"));
    const command = envelope("incident.sos", "i1");
    const end = recorder.invoke("phone-1", "socket", command, "anna");
    const other = recorder.invoke("phone-1", "http", command, "anna");
    other({ id: command.id, outcome: "ACCEPTED", seq: 7, hash8: "0000aaaa", at: 3 });
    end(undefined);
    recorder.close();
    const lines = await readHistory(recorder.file);
    await rm(folder, { recursive: true });
    const content = contentOf(command);
    const base = { client: "phone-1", commandId: command.id };
    expect(lines).toMatchObject([
      { ...base, op: "invoke", call: 0, road: "socket", content, actor: "anna" },
      { ...base, op: "invoke", call: 1, road: "http", content, actor: "anna" },
      { ...base, op: "ok", call: 1, seq: 7, hash8: "0000aaaa", commitAt: 3 },
      { ...base, op: "unknown", call: 0, code: "NO_ANSWER" },
    ]);
  });

  it.each([
    [{ outcome: "REFUSED", seq: 1, hash8: "a", refusal: { code: "STALE" } }, "refused", "STALE"],
    [{ error: "TOO_MANY" }, "refused", "TOO_MANY"],
    [{ code: "TOO_MANY", message: {} }, "refused", "TOO_MANY"],
    [{ error: "STORE_UNAVAILABLE" }, "unknown", "STORE_UNAVAILABLE"],
    [{ error: "INTERNAL" }, "unknown", "INTERNAL"],
    ["<html>", "unknown", "NO_ANSWER"],
    [undefined, "unknown", "NO_ANSWER"],
  ])("PRV-10 the answer %j counts as %s", (answer, op, code) => {
    expect(heard(answer)).toMatchObject({ op, code });
  });

  it("PRV-10 what a retry may change is not part of the content", () => {
    const command = envelope("incident.sos", "i1", {}, { deviceAt: 5 });
    expect(contentOf({ ...command, knownSeq: 9, ageMs: 4 })).toBe(contentOf(command));
    expect(contentOf({ ...command, deviceAt: 6 })).not.toBe(contentOf(command));
  });
});
