import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { outboxSummary } from "../../client/faces/field/sent.ts";
import { sosStory } from "../../client/faces/field/sos-story.ts";
import { stageOf, type TrueStage } from "../../client/faces/field/stage.ts";
import type { HeldItem, OutboxStage } from "../../client/link/outbox-item.ts";
import { emptyRecords, type RecordMaps, withSnapshot } from "../../client/store/records.ts";
import type { PutRecord } from "../../shared/wire/live.ts";

const nameOf = ({ officerId = "" }) => officerId;

const item = (kind: string, stage: OutboxStage, disk: HeldItem["disk"] = "saved"): HeldItem => ({
  id: "command-1",
  order: 1,
  envelope: {
    id: "command-1",
    kind,
    ref: { type: kind.split(".")[0] ?? "", id: "record-1" },
    payload: {},
    knownSeq: 1,
    knownAt: 1,
    deviceAt: 1_000,
  },
  urgent: kind === "incident.sos",
  owner: "me",
  made: { page: "p", mono: 0, gap: 0 },
  tries: 0,
  stage,
  disk,
});

const maps = (...put: PutRecord[]): RecordMaps =>
  withSnapshot(emptyRecords(), { to: 5, hash8: "00000000", at: 1, put }).maps;

const incident = (dto: Record<string, unknown>): PutRecord => ({
  type: "incident",
  id: "record-1",
  rev: 1,
  dto: { commandIds: ["command-1"], ...dto },
});
const desk = { officerId: "desk", courtId: "court", at: 9_000 };

/** What the server has done with the call for help, in order; each includes the ones before. */
const SERVER = ["nothing", "stored", "seen", "acknowledged"] as const;
const RANK: Readonly<Record<TrueStage["kind"], number>> = {
  saving: 0,
  unsaved: 0,
  phone: 0,
  refused: 0,
  journal: 1,
  server: 1,
  seen: 2,
  acknowledged: 3,
};

const incidentAt = (reached: number): PutRecord[] =>
  reached === 0
    ? []
    : [
        incident({
          seenBy: reached >= 2 ? [desk] : [],
          ...(reached >= 3 ? { acknowledged: { ...desk, name: "张警官" } } : {}),
        }),
      ];

describe("stages", () => {
  test("FLD-6 the phone never shows a later stage than the server has recorded (INV-6)", async () => {
    const history = fc.record({
      server: fc.nat(SERVER.length - 1),
      /** How much of it the patches have brought. */
      heard: fc.nat(SERVER.length - 1),
      answered: fc.boolean(),
      disk: fc.constantFrom("saving" as const, "saved" as const, "failed" as const),
    });
    await fc.assert(
      fc.property(history, ({ server, heard, answered, disk }) => {
        const stage: OutboxStage =
          answered && server > 0 ? { kind: "server", seq: 3, at: 2_000 } : { kind: "waiting" };
        const held = maps(...incidentAt(Math.min(server, heard)));
        const shown = stageOf(item("incident.sos", stage, disk), held, nameOf);
        expect(RANK[shown.kind]).toBeLessThanOrEqual(server);
        const story = sosStory(item("incident.sos", stage, disk), held, nameOf, 5, []);
        const done = (what: string) => story.lines.some((line) => line.what === what && line.done);
        expect([done("stored") && server < 1, done("seen") && server < 2]).toEqual([false, false]);
        expect(story.acknowledged && server < 3).toBe(false);
      }),
    );
  });

  test("FLD-6 saved on this phone is said only once it is on the disk", () => {
    const kinds = (["saving", "saved", "failed"] as const).map(
      (disk) => stageOf(item("operation.arrive", { kind: "waiting" }, disk), maps(), nameOf).kind,
    );
    expect(kinds).toEqual(["saving", "phone", "unsaved"]);
  });

  test("FLD-6 a lost answer is made up for by the record that names the command", () => {
    const shown = stageOf(item("incident.sos", { kind: "waiting" }), maps(incident({})), nameOf);
    expect(shown).toEqual({ kind: "server", at: undefined });
  });

  test("FLD-5 the story names who acknowledged and the police request", () => {
    const police: PutRecord = {
      type: "police",
      id: "police-1",
      rev: 1,
      dto: { sentAt: 4_000, answers: [{ state: "ACKED", saidBy: "刘警官", at: 8_000 }] },
    };
    const call = incident({
      policeRequestId: "police-1",
      seenBy: [desk],
      acknowledged: { ...desk, name: "张警官" },
    });
    const sent = item("incident.sos", { kind: "server", seq: 3, at: 2_000 });
    expect(sosStory(sent, maps(call, police), nameOf, 5, []).lines).toEqual([
      { what: "saved", done: true, at: 1_000 },
      { what: "stored", done: true, at: 2_000 },
      { what: "seen", done: true, by: "desk", at: 9_000 },
      { what: "acknowledged", done: true, by: "张警官", at: 9_000 },
      { what: "responding", done: false },
      { what: "police", done: true, at: 4_000 },
      { what: "policeAnswered", done: true, by: "刘警官", at: 8_000, state: "ACKED" },
    ]);
  });

  test("FLD-7 receipts that the phone sends by itself are not counted as a person's", () => {
    const waiting = { kind: "waiting" } as const;
    const refused = { kind: "refused", refusal: { code: "STALE" } } as const;
    const items = [
      item("message.deliver", waiting),
      item("operation.arrive", waiting),
      item("police.cancel", refused),
    ];
    expect(outboxSummary(items)).toEqual({ waiting: 1, oldestAt: 1_000, refused: 1, stored: 0 });
  });
});
