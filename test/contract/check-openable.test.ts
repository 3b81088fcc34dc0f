/** May this program work on that log? */
import { describe, expect, it } from "vitest";
import { checkEventTypes, checkOpenable } from "../../server/log/check-openable.ts";
import { encodeCommitBody, parseCommitBody } from "../../server/log/commit-body.ts";
import { nextCommit, sampleCommand, sampleGenesis } from "./sample-commits.ts";

const KNOWN = new Set(["UnitArrived"]);
const AS_DEMO = { mode: "DEMO", knownEventTypes: KNOWN } as const;

describe("opening a log", () => {
  it("LOG-11 given a genesis of this mode, when asked, then it may be opened", () => {
    expect(checkOpenable(sampleGenesis(), AS_DEMO)).toEqual({
      ok: true,
      genesis: { deployment: "湖北", alg: "sha256", mode: "DEMO" },
    });
  });

  it("LOG-11 given a log of another mode, when asked, then it is refused and both are named", () => {
    const refusal = checkOpenable(sampleGenesis({ mode: "LIVE" }), AS_DEMO);
    expect(refusal).toEqual({
      ok: false,
      code: "OTHER_MODE",
      message: 'the log of "湖北" is LIVE, this server was started as DEMO',
    });
  });

  it("LOG-11 given a newer body, when asked, then it is refused", () => {
    const newer = { ...JSON.parse(sampleGenesis().body), v: 2, somethingNew: true };
    const refusal = checkOpenable({ seq: 0, body: JSON.stringify(newer) }, AS_DEMO);
    expect(refusal).toMatchObject({ ok: false, code: "NEWER_VERSION" });
  });

  it("LOG-11 given an event type it does not know, when asked, then it is refused and named", () => {
    const commit = nextCommit(sampleGenesis(), [sampleCommand("cmd-1")]);
    const parsed = parseCommitBody(commit.body);
    if (!parsed.ok) throw new Error(parsed.message);
    expect(checkEventTypes(1, parsed.body, KNOWN)).toBeUndefined();
    expect(checkEventTypes(1, parsed.body, new Set(["UnitLeft"]))).toEqual({
      ok: false,
      code: "UNKNOWN_EVENT_TYPE",
      message: 'commit 1 holds the event type "UnitArrived", which this program does not know',
    });
    const genesis = encodeCommitBody({
      ...parsed.body,
      genesis: { deployment: "湖北", alg: "sha256", mode: "DEMO" },
    });
    const withEvents = { seq: 0, body: genesis };
    expect(checkOpenable(withEvents, AS_DEMO)).toMatchObject({ ok: true });
    const refusal = checkOpenable(withEvents, { mode: "DEMO", knownEventTypes: new Set() });
    expect(refusal).toMatchObject({ code: "UNKNOWN_EVENT_TYPE" });
  });

  it("LOG-11 given something that is no genesis, when asked, then it is refused", () => {
    const commit = nextCommit(sampleGenesis());
    expect(checkOpenable(commit, AS_DEMO)).toMatchObject({ code: "NO_GENESIS" });
    expect(checkOpenable({ seq: 0, body: commit.body }, AS_DEMO)).toMatchObject({
      code: "NO_GENESIS",
    });
    expect(checkOpenable({ seq: 0, body: "?" }, AS_DEMO)).toMatchObject({ code: "UNREADABLE" });
  });

  it("LOG-11 given a body with every field, when written and read, then it is the same", () => {
    const occurredAt = { earliest: 5, latest: 7, statedAt: 6 };
    const command = { ...sampleCommand("cmd-1"), device: "phone-1", occurredAt };
    const body = { v: 1, node: "node-1", commands: [command, sampleCommand("cmd-2")] } as const;
    expect(parseCommitBody(encodeCommitBody(body))).toEqual({ ok: true, body });
  });
});
