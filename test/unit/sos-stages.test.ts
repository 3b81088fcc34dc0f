import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sosStory } from "../../client/faces/field/sos-story.ts";
import { stageOf, type TrueStage } from "../../client/faces/field/stage.ts";
import type { HeldItem, OutboxStage } from "../../client/link/outbox-item.ts";
import { afterDelivery } from "../../client/link/outbox-queue.ts";
import {
  emptyRecords,
  type RecordsState,
  withEmergency,
  withSnapshot,
} from "../../client/store/records.ts";
import type { PutRecord } from "../../shared/wire/live.ts";
import { hash8 } from "./link-fakes.ts";

const ID = "0193a000-0000-7000-8000-000000000001";
const DESK = { officerId: "desk", courtId: "court", at: 9_000, name: "张警官" };
const nameOf = () => "desk";

/** What the server has recorded; nothing of it is ever taken back. */
interface Server {
  journalled: boolean;
  stored: boolean;
  seen: boolean;
  acknowledged: boolean;
  responding: boolean;
  rev: number;
}

/** What happens, in any order; what cannot happen yet does nothing. */
const STEPS = [
  "journal",
  "store",
  "see",
  "acknowledge",
  "respond",
  "answer",
  "answer is lost",
  "patch",
  "list of the journal",
  "reload",
] as const;
type Step = (typeof STEPS)[number];

interface Phone {
  item: HeldItem;
  records: RecordsState;
}

const incidentOf = (server: Server): PutRecord => ({
  type: "incident",
  id: "i1",
  rev: server.rev,
  dto: {
    commandIds: [ID],
    state: server.responding ? "RESPONDING" : "REPORTED",
    seenBy: server.seen ? [DESK] : [],
    ...(server.acknowledged ? { acknowledged: DESK } : {}),
    ...(server.stored ? {} : { journalled: true }),
  },
});

const held = (stage: OutboxStage, disk: HeldItem["disk"]): HeldItem => ({
  id: ID,
  order: 1,
  envelope: {
    id: ID,
    kind: "incident.sos",
    ref: { type: "incident", id: "i1" },
    payload: {},
    knownSeq: 1,
    knownAt: 1,
    deviceAt: 1_000,
  },
  urgent: true,
  owner: "me",
  made: { page: "p", mono: 0, gap: 0 },
  tries: 0,
  stage,
  disk,
});

/** The server goes on; each step only after the ones it needs. */
function serve(server: Server, step: Step): void {
  const holds = server.journalled || server.stored;
  const changes: Partial<Record<Step, () => void>> = {
    journal: () => {
      if (!server.stored) server.journalled = true;
    },
    store: () => {
      server.stored = true;
    },
    see: () => {
      if (holds) server.seen = true;
    },
    acknowledge: () => {
      if (holds) server.acknowledged = true;
    },
    respond: () => {
      if (server.acknowledged) server.responding = true;
    },
  };
  changes[step]?.();
  server.rev += 1;
}

/** The phone hears of it, or not. */
function hear(phone: Phone, server: Server, step: Step): void {
  const at = 5_000;
  const { item, records } = phone;
  const hears: Partial<Record<Step, () => void>> = {
    answer: () => {
      if (!server.stored && !server.journalled) return;
      const outcome = server.stored ? "ACCEPTED" : "JOURNALLED";
      const answer = { id: ID, outcome, seq: 3, hash8: hash8(3), at } as const;
      phone.item = afterDelivery(item, { kind: "answer", answer });
    },
    "answer is lost": () => {
      const failure = { status: 0, code: "OFFLINE" };
      phone.item = afterDelivery(item, { kind: "none", failure });
    },
    patch: () => {
      const put = server.stored ? [incidentOf(server)] : [];
      const to = (records.cursor?.seq ?? 2) + 1;
      phone.records = withSnapshot(records, { to, hash8: hash8(to), at, put });
    },
    "list of the journal": () => {
      const put = server.journalled && !server.stored ? [incidentOf(server)] : [];
      phone.records = withEmergency(records, put);
    },
    // What was in memory is gone; what is on the disk stays.
    reload: () => {
      phone.records = emptyRecords();
      phone.item = { ...item, disk: "saved" };
    },
  };
  hears[step]?.();
}

/** Whether the server has recorded what this stage says. */
function isTrue(shown: TrueStage["kind"], server: Server): boolean {
  switch (shown) {
    case "saving":
    case "unsaved":
    case "phone":
    case "refused":
      return true;
    case "journal":
      return server.journalled;
    case "server":
      return server.stored;
    case "seen":
      return server.seen;
    case "acknowledged":
      return server.acknowledged;
  }
}

describe("the stages of a call for help", () => {
  test("SOSR-15 over any history the phone says nothing that the server has not recorded (INV-6)", () => {
    const reached = new Set<string>();
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...STEPS), { maxLength: 30 }),
        fc.constantFrom("saving" as const, "saved" as const, "failed" as const),
        (steps, disk) => {
          const server: Server = {
            journalled: false,
            stored: false,
            seen: false,
            acknowledged: false,
            responding: false,
            rev: 1,
          };
          const phone: Phone = { item: held({ kind: "waiting" }, disk), records: emptyRecords() };
          for (const step of steps) {
            serve(server, step);
            hear(phone, server, step);
            const { kind } = stageOf(phone.item, phone.records.maps, nameOf);
            reached.add(kind);
            expect([steps, kind, isTrue(kind, server)]).toEqual([steps, kind, true]);
            const { lines } = sosStory(phone.item, phone.records.maps, nameOf, 9, []);
            const said = lines.filter(({ done }) => done).map(({ what }) => what);
            const { rev: _rev, ...facts } = server;
            const recorded: Readonly<Record<string, boolean>> = { ...facts, saved: true };
            const untrue = said.filter((what) => !recorded[what]);
            expect([steps, untrue]).toEqual([steps, []]);
          }
        },
      ),
      { numRuns: 5_000 },
    );
    // Otherwise the histories prove little.
    expect([...reached].sort()).toEqual(
      ["acknowledged", "journal", "phone", "saving", "seen", "server", "unsaved"].sort(),
    );
  });

  test("SOSR-15 a call that was merged into another one follows that one's alarm", () => {
    const put = [
      {
        ...incidentOf({
          journalled: false,
          stored: true,
          seen: true,
          acknowledged: true,
          responding: false,
          rev: 2,
        }),
      },
    ];
    const { maps } = withSnapshot(emptyRecords(), { to: 3, hash8: hash8(3), at: 1, put });
    const merged = {
      ...held({ kind: "server", seq: 3, at: 5_000, joined: ID }, "saved"),
      id: "other",
    };
    expect(stageOf(merged, maps, nameOf)).toMatchObject({ kind: "acknowledged", by: "张警官" });
    const own = { ...merged, stage: { kind: "server", seq: 3, at: 5_000 } as const };
    expect(stageOf(own, maps, nameOf).kind).toBe("server");
  });
});
