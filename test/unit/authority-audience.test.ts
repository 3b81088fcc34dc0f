import { describe, expect, it } from "vitest";
import { type Audience, seatOf } from "../../shared/domain/authority/audience.ts";
import { moduleOf } from "../../shared/domain/modules.ts";
import { projectDto } from "../../shared/domain/project.ts";
import { fieldPaths, isObject, isTextRef } from "../oracle/field-paths.ts";
import { readOracle, words } from "../oracle/read-oracle.ts";
import { SAMPLES } from "../oracle/samples.ts";
import { deepScan, leaks } from "../support/domain/deep-scan.ts";
import { operation, province } from "../support/domain/province.ts";
import { Story } from "../support/domain/story.ts";

const oracle = readOracle("./audience.csv");

/** The samples in one world, so that names and linked records resolve. */
function world(): Story {
  return new Story([...province(), ...Object.values(SAMPLES)]);
}

const names = [...new Set(oracle.map((row) => row.record ?? ""))];
const audiencesOf = (name: string): Audience[] =>
  [
    ...new Set(oracle.filter((row) => row.record === name).flatMap((row) => words(row.audiences))),
  ] as Audience[];

describe("what each seat sees", () => {
  it("AUD-1 the oracle knows every kind of record", () => {
    expect([...names].sort()).toEqual(Object.keys(SAMPLES).sort());
  });

  it.each(names.flatMap((name) => audiencesOf(name).map((audience) => [name, audience] as const)))(
    "AUD-1 %s as %s has exactly the fields listed",
    (name, audience) => {
      const sample = SAMPLES[name];
      if (!sample) throw new Error(`no sample of ${name}`);
      const story = world();
      const dto = moduleOf(sample.type).project(sample as never, story.state, audience);
      const listed = oracle
        .filter((row) => row.record === name && words(row.audiences).includes(audience))
        .map((row) => row.field);
      expect([...new Set(fieldPaths(dto))].sort()).toEqual(listed.sort());
    },
  );

  it.each(names)("AUD-2 %s reaches no audience without a row", (name) => {
    const sample = SAMPLES[name];
    if (!sample) throw new Error(`no sample of ${name}`);
    const reached = moduleOf(sample.type).audiences(sample as never, world().state);
    const unlisted = reached.filter((entry) => !audiencesOf(name).includes(entry.audience));
    expect(unlisted).toEqual([]);
  });

  it("AUD-3 a court is seen by every console and wall", () => {
    const views = world().views("court", "jiangan");
    expect(views["console:*"]).toBe("public.console");
    expect(views["wall:*"]).toBe("public.wall");
  });

  it("AUD-4 the host court sees an officer while he works there, and no longer", () => {
    const story = new Story([...province(), operation({ hostCourtId: "hanyang" })]);
    const host = () => story.views("officer", "jiangan.police")["console:hanyang"];
    expect(host()).toBe("host.console");
    expect(story.views("officer", "jiangan.police")["field:jiangan.judge"]).toBe("public.field");
    expect(story.views("officer", "jiangan.police")["field:jiangan.police"]).toBe("own.field");
    story.accepted({
      by: "jiangan.director",
      kind: "operation.abort",
      ref: { type: "operation", id: "op1" },
      payload: { reason: { id: "t", hash: "h" } },
    });
    expect(host()).toBeUndefined();
    expect(story.views("operation", "op1")["console:hanyang"]).toBeUndefined();
  });

  it("AUD-4 an escort is seen by the host court of his live detention", () => {
    const { detention } = SAMPLES;
    if (!detention) throw new Error("no sample");
    const story = new Story([...province(), detention]);
    expect(story.views("officer", "jiangan.police")["console:hanyang"]).toBe("host.console");
  });

  it("AUD-5 the host court sees the operation until it ends", () => {
    const open = new Story([...province(), operation({ hostCourtId: "hanyang" })]);
    expect(open.views("operation", "op1")["wall:hanyang"]).toBe("host.wall");
    const ended = new Story([
      ...province(),
      operation({ hostCourtId: "hanyang", state: "CLOSED" }),
    ]);
    expect(ended.views("operation", "op1")["wall:hanyang"]).toBeUndefined();
    expect(ended.views("operation", "op1")["field:jiangan.police"]).toBe("own.field");
  });

  it("MASK-1 surname and title on every wall and in the High Court", () => {
    const story = world();
    expect(story.dto("officer", "jiangan.judge", "high.console").short).toBe("王法官");
    const seats: Audience[] = ["own.wall", "parent.wall", "high.wall", "host.wall", "high.console"];
    for (const seat of seats) {
      const dto = story.dto("officer", "jiangan.judge", seat);
      expect(leaks(dto, { texts: ["王小明", "B777"] })).toEqual([]);
    }
  });

  it("MASK-2 no audience gets grants, sessions or the certificate number", () => {
    const story = world();
    for (const audience of audiencesOf("officer")) {
      const dto = story.dto("officer", "jiangan.judge", audience);
      expect(
        leaks(dto, {
          keys: ["grants", "revokedSessions", "execCertNo"],
          texts: ["session-1", "C888"],
        }),
      ).toEqual([]);
    }
  });

  it.each(Object.keys(SAMPLES))("MASK-3 %s: no wall or host court gets text or case", (name) => {
    const sample = SAMPLES[name];
    if (!sample) throw new Error("no sample");
    const story = world();
    for (const audience of audiencesOf(name)) {
      if (seatOf(audience) !== "wall" && !audience.startsWith("host.")) continue;
      const dto = projectDto(sample, story.state, audience);
      expect(
        deepScan(dto, (key, value) => key === "caseNo" || (isObject(value) && isTextRef(value))),
      ).toEqual([]);
    }
  });
});
