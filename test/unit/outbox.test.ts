import "fake-indexeddb/auto";
import { beforeEach, describe, expect, test } from "vitest";
import { createApi } from "../../client/link/api.ts";
import { createHttp, type HttpResult } from "../../client/link/http.ts";
import { createOutbox, type Outbox } from "../../client/link/outbox.ts";
import {
  memoryOutboxDb,
  type OutboxDb,
  openingOutboxDb,
  openOutboxDb,
} from "../../client/link/outbox-db.ts";
import type { HeldItem, OutboxItem } from "../../client/link/outbox-item.ts";
import { afterDelivery, dueItems, outlived, restMs } from "../../client/link/outbox-queue.ts";
import { createShelf } from "../../client/link/outbox-store.ts";
import { createRoads, type Delivery } from "../../client/link/roads.ts";
import type { CommandEnvelope } from "../../shared/wire/command.ts";
import type { Hello } from "../../shared/wire/live.ts";
import type { SignedSos } from "../../shared/wire/sos.ts";
import { type FakePlatform, fakePlatform, freshStores, hash8 } from "./link-fakes.ts";

let lives = 0;
let databases = 0;
let dbName = "";
beforeEach(() => {
  databases += 1;
  dbName = `outbox-${databases}`;
});

type Road = (envelope: CommandEnvelope) => Delivery | Promise<Delivery>;

const NONE: Delivery = { kind: "none", failure: { status: 0, code: "OFFLINE" } };
const accept =
  (seq: number): Road =>
  ({ id }) => ({
    kind: "answer",
    answer: { id, outcome: "ACCEPTED", seq, hash8: hash8(seq), at: 42_000 },
  });
const refuse: Road = ({ id }) => ({
  kind: "answer",
  answer: { id, outcome: "REFUSED", seq: 3, hash8: hash8(3), refusal: { code: "STALE" } },
});

interface Phone {
  readonly outbox: Outbox;
  readonly platform: FakePlatform;
  readonly handedIn: CommandEnvelope[];
  readonly putSubjects: string[];
  road: Road;
  putAnswer: HttpResult<unknown>;
  owner: string | undefined;
  /** Whose phone it is, and whose key the server knows. */
  holder: string | undefined;
  keyOf: string | undefined;
  /** What this server is; undefined until it has said so. */
  mode: Hello["mode"] | undefined;
  whilePutting: () => void;
  /** By which right each call for help was handed in. */
  readonly byWhom: string[];
  items(): readonly HeldItem[];
  /** Until the disk and the roads have nothing more to do. */
  settled(): Promise<void>;
}

/** A phone; a second one on the same database is the same phone after a reload. */
async function phone(road: Road, db?: OutboxDb, mode?: Hello["mode"]): Promise<Phone> {
  lives += 1;
  const platform = fakePlatform(lives);
  const shelf = createShelf(db ?? (await openOutboxDb(dbName)));
  const deliver = async (envelope: CommandEnvelope) => {
    self.handedIn.push(envelope);
    return self.road(envelope);
  };
  const self: Phone = {
    platform,
    handedIn: [],
    putSubjects: [],
    road,
    putAnswer: { ok: true, value: {} },
    owner: "O1",
    holder: undefined,
    keyOf: undefined,
    mode,
    whilePutting: () => undefined,
    byWhom: [],
    items: () => shelf.store.getState().items,
    async settled() {
      for (let i = 0; i < 30; i += 1) await new Promise((done) => setTimeout(done, 1));
    },
    outbox: createOutbox({
      shelf,
      platform,
      stores: freshStores(platform),
      owner: () => self.owner,
      holder: () => self.holder,
      mode: () => self.mode,
      roads: { deliver },
      sos: {
        knows: (officer) => officer !== undefined && officer === self.keyOf,
        deliver: (envelope, owner, signedIn) => {
          self.byWhom.push(`${owner} ${signedIn ? "signed in" : "by key"}`);
          return deliver(envelope);
        },
      },
      api: {
        putSubject: async (id) => {
          self.putSubjects.push(id);
          self.whilePutting();
          return self.putAnswer;
        },
      },
    }),
  };
  await self.settled();
  return self;
}

const about = (id: string, kind = "operation.arrive") => ({
  kind,
  ref: { type: "operation" as const, id },
});

describe("on the disk", () => {
  test("OUT-1 a command is saved before it counts as saved, and survives a reload with its id", async () => {
    const first = await phone(() => NONE);
    const held = await first.outbox.submit(about("OP1"));
    expect(held).toMatchObject({ disk: "saved", stage: { kind: "waiting" } });
    await first.settled();
    first.outbox.stop();

    const second = await phone(accept(9));
    await second.settled();
    expect(second.items().map((i) => i.id)).toEqual([held.id]);
    expect(second.handedIn.map((e) => e.id)).toEqual([held.id]);
    expect(second.items()[0]?.stage).toEqual({ kind: "server", seq: 9, at: 42_000 });
  });

  test("OUT-10 without a disk it is sent all the same, and says so", async () => {
    const self = await phone(accept(9), memoryOutboxDb());
    const held = await self.outbox.submit(about("OP1"));
    await self.settled();
    expect(held.disk).toBe("failed");
    expect(self.outbox.store.getState().durable).toBe(false);
    expect(self.items()[0]?.stage.kind).toBe("server");
  });

  test("OUT-10 a disk that fails does not stop a report", async () => {
    const broken: OutboxDb = {
      durable: true,
      all: async () => [],
      put: async () => {
        throw new Error("QuotaExceededError");
      },
      remove: async () => undefined,
    };
    const self = await phone(accept(9), broken);
    await self.outbox.submit(about("OP1"));
    await self.settled();
    expect(self.items()[0]).toMatchObject({ disk: "failed", stage: { kind: "server" } });
  });
});

describe("a disk that opens late", () => {
  /** Opens when told; a patient second is real time here. */
  function lateDisk() {
    let open: ((db: OutboxDb) => void) | undefined;
    const opening = new Promise<OutboxDb>((resolve) => {
      open = resolve;
    });
    const patience = () => new Promise((resolve) => setTimeout(resolve, 20));
    return {
      db: openingOutboxDb(opening, patience),
      open: async () => open?.(await openOutboxDb(dbName)),
    };
  }

  test("OUT-12 what waits on it is handed in as soon as it is open", async () => {
    const first = await phone(() => NONE);
    const { id } = await first.outbox.submit(about("OP1"));
    first.outbox.stop();
    const late = lateDisk();
    const second = await phone(accept(9), late.db);
    expect(second.items()).toEqual([]);
    await late.open();
    await second.settled();
    expect(second.items().map((item) => [item.id, item.stage.kind])).toEqual([[id, "server"]]);
  });

  test("OUT-12 what is made meanwhile is sent all the same, and is on the disk once there is one", async () => {
    const late = lateDisk();
    const self = await phone(() => NONE, late.db);
    const held = self.outbox.submit(about("OP1"));
    self.platform.pass(2_000);
    expect((await held).disk).toBe("failed");
    await self.settled();
    expect(self.handedIn.length).toBe(1);
    await late.open();
    await self.settled();
    self.outbox.stop();
    const next = await phone(accept(9));
    expect(next.handedIn.map(({ id }) => id)).toEqual(self.handedIn.map(({ id }) => id));
  });

  test("OUT-12 one that cannot be opened is memory, and says so", async () => {
    const db = openingOutboxDb(Promise.reject(new Error("private mode")), async () => undefined);
    const self = await phone(accept(9), db);
    expect(self.outbox.store.getState().durable).toBe(false);
    await self.outbox.submit(about("OP1"));
    await self.settled();
    expect(self.items()[0]).toMatchObject({ disk: "failed", stage: { kind: "server" } });
  });
});

describe("the emergency journal", () => {
  test("OUT-11 a journalled SOS is no refusal: it is handed in again until the log names its commit", async () => {
    const journalled: Road = ({ id }) => ({
      kind: "answer",
      answer: { id, outcome: "JOURNALLED", seq: 3, hash8: hash8(3), at: 41_000 },
    });
    const self = await phone(journalled);
    await self.outbox.submit(
      { kind: "incident.sos", ref: { type: "incident", id: "I1" } },
      { urgent: true },
    );
    await self.settled();
    expect(self.items()[0]).toMatchObject({ stage: { kind: "journal", at: 41_000 }, tries: 1 });
    self.platform.pass(5_000);
    await self.settled();
    expect(self.handedIn.length).toBe(1);
    self.road = accept(9);
    self.platform.pass(6_000);
    await self.settled();
    expect(self.items()[0]?.stage).toEqual({ kind: "server", seq: 9, at: 42_000 });
    expect(new Set(self.handedIn.map(({ id }) => id)).size).toBe(1);
  });
});

test("OUT-11 an answer that comes after the log has named the call takes its stage not back", () => {
  const stage = { kind: "server", seq: 9, at: 42_000 } as const;
  const item = { id: "i", tries: 1, stage } as OutboxItem;
  const late = { id: "i", outcome: "JOURNALLED", seq: 3, hash8: hash8(3), at: 41_000 } as const;
  expect(afterDelivery(item, { kind: "answer", answer: late }).stage).toEqual(stage);
});

describe("the order", () => {
  test("OUT-2 about one record strictly in order, other records do not wait", async () => {
    const self = await phone(({ ref }) => (ref.id === "OP1" ? NONE : accept(5)({ ref } as never)));
    await self.outbox.submit(about("OP1", "operation.depart"));
    await self.outbox.submit(about("OP1", "operation.arrive"));
    await self.outbox.submit(about("OP2"));
    await self.settled();
    expect(self.handedIn.map((e) => `${e.kind} ${e.ref.id}`)).toEqual([
      "operation.depart OP1",
      "operation.arrive OP2",
    ]);
    self.road = accept(6);
    self.outbox.soon();
    await self.settled();
    expect(self.handedIn.slice(2).map((e) => e.kind)).toEqual([
      "operation.depart",
      "operation.arrive",
    ]);
  });

  test("OUT-2 what an earlier page life left goes first", async () => {
    const first = await phone(() => NONE);
    await first.outbox.submit(about("OP1", "operation.depart"));
    await first.settled();
    first.outbox.stop();
    const second = await phone(() => NONE);
    second.road = accept(4);
    await second.outbox.submit(about("OP1", "operation.arrive"));
    second.outbox.soon();
    await second.settled();
    const accepted = second.items().map((i) => i.envelope.kind);
    expect(accepted).toEqual(["operation.depart", "operation.arrive"]);
    expect(second.handedIn.at(-1)?.kind).toBe("operation.arrive");
  });

  test("OUT-3 an SOS goes at once, before everything that waits and while it is being saved", async () => {
    const diskFree: (() => void)[] = [];
    const slow: OutboxDb = {
      durable: true,
      all: async () => [],
      put: () => new Promise<void>((done) => void diskFree.push(done)),
      remove: async () => undefined,
    };
    const self = await phone(accept(3), slow);
    const sos = self.outbox.submit(
      { kind: "incident.sos", ref: { type: "incident", id: "I1" } },
      { urgent: true },
    );
    await self.settled();
    expect(self.handedIn.map((e) => e.kind)).toEqual(["incident.sos"]);
    expect(self.items()[0]?.disk).toBe("saving");
    for (const done of diskFree) done();
    expect((await sos).disk).toBe("saved");
  });

  test("OUT-3 an SOS overtakes a full queue and its own record's order", () => {
    const item = (order: number, id: string, urgent = false): HeldItem => ({
      id: `${order}`,
      order,
      envelope: { ...about(id), id: `${order}`, payload: {}, knownSeq: 0, knownAt: 0 },
      urgent,
      owner: "O1",
      made: { page: "p", mono: 0, gap: 0 },
      tries: 0,
      stage: { kind: "waiting" },
      disk: "saved",
    });
    const items = [1, 2, 3, 4, 5, 6].map((n) => item(n, `OP${n}`)).concat(item(7, "OP1", true));
    const hands = (signedIn: string, key?: string) => ({
      signedIn,
      hasKey: (owner: string | undefined) => owner === key,
    });
    const idle = { now: 0, restUntil: new Map(), inFlight: new Set<string>() };
    expect(dueItems(items, hands("O1"), idle).map((i) => i.id)).toEqual(["7", "1", "2", "3", "4"]);
    const busy = { ...idle, inFlight: new Set(["1", "2", "3", "4"]) };
    expect(dueItems(items, hands("O1"), busy).map((i) => i.id)).toEqual(["7"]);
    expect(dueItems(items, hands("O2"), idle)).toEqual([]);
    const byKey = hands("O2", "O1");
    expect(dueItems(items, byKey, idle).map((i) => i.id)).toEqual(["7"]);
  });
});

describe("until there is an answer", () => {
  test("OUT-4 it is tried for ever, with rests that grow to 30 s", async () => {
    const self = await phone(() => NONE);
    await self.outbox.submit(about("OP1"));
    for (let minute = 0; minute < 10; minute += 1) {
      for (let second = 0; second < 60; second += 1) {
        self.platform.pass(1_000);
        await new Promise((done) => setTimeout(done, 0));
      }
    }
    await self.settled();
    expect(self.handedIn.length).toBeGreaterThan(18);
    expect(self.handedIn.length).toBeLessThan(40);
    expect(new Set(self.handedIn.map((e) => e.id)).size).toBe(1);
    expect(self.items()[0]?.stage.kind).toBe("waiting");
  });

  test("OUT-4 an SOS never rests longer than 2 s", () => {
    const item = { tries: 20, urgent: true, stage: { kind: "waiting" } } as HeldItem;
    expect(restMs(item, 1)).toBe(2_000);
    expect(restMs({ ...item, urgent: false }, 1)).toBe(30_000);
    expect(restMs({ ...item, tries: 1 }, 0.5)).toBe(1_000);
  });

  test("OUT-5 a refusal is kept, also over a reload, until a person removes it", async () => {
    const first = await phone(refuse);
    const { id } = await first.outbox.submit(about("OP1"));
    await first.settled();
    first.outbox.stop();
    const second = await phone(accept(1));
    expect(second.items()[0]?.stage).toEqual({ kind: "refused", refusal: { code: "STALE" } });
    expect(second.handedIn).toEqual([]);
    await second.outbox.forget(id);
    expect(second.items()).toEqual([]);
    second.outbox.stop();
    expect((await phone(accept(1))).items()).toEqual([]);
  });

  test("OUT-5 a refused command does not hold up the next one about its record", async () => {
    const self = await phone(refuse);
    await self.outbox.submit(about("OP1", "operation.depart"));
    self.road = accept(8);
    await self.outbox.submit(about("OP1", "operation.arrive"));
    await self.settled();
    expect(self.items().map((i) => i.stage.kind)).toContain("server");
  });

  test("OUT-5 what still waits cannot be removed", async () => {
    const self = await phone(() => NONE);
    const { id } = await self.outbox.submit(about("OP1"));
    await self.outbox.forget(id);
    expect(self.items().length).toBe(1);
  });

  test("OUT-6 the stage is never ahead of the server", async () => {
    let answer: ((d: Delivery) => void) | undefined;
    const self = await phone(() => new Promise((done) => (answer = done)));
    const { id } = await self.outbox.submit(about("OP1"));
    await self.settled();
    expect(self.items()[0]?.stage).toEqual({ kind: "waiting" });
    answer?.(await accept(77)({ id } as CommandEnvelope));
    await self.settled();
    expect(self.items()[0]?.stage).toEqual({ kind: "server", seq: 77, at: 42_000 });
  });

  test("OUT-6 stored ones make room after a while, waiting and refused ones never", () => {
    const of = (order: number, kind: "waiting" | "server") =>
      ({ id: `${order}`, order, stage: { kind } }) as HeldItem;
    const stored = Array.from({ length: 40 }, (_, i) => of(i, "server"));
    const waiting = Array.from({ length: 40 }, (_, i) => of(100 + i, "waiting"));
    expect(outlived([...stored, ...waiting])).toEqual([..."9876543210"]);
  });
});

describe("what goes with it", () => {
  test("OUT-7 the age is sent within the page life that made it", async () => {
    const self = await phone(() => NONE);
    await self.outbox.submit(about("OP1"));
    await self.settled();
    for (let second = 0; second < 4; second += 1) {
      self.platform.pass(1_000);
      await self.settled();
    }
    expect(self.handedIn.map((e) => e.ageMs)).toEqual([0, 1_000, 3_000]);
  });

  test("OUT-7 no age after a reload, and none after the device slept", async () => {
    const first = await phone(() => NONE);
    await first.outbox.submit(about("OP1"));
    await first.settled();
    first.platform.sleep(60_000);
    first.platform.pass(1_000);
    await first.settled();
    expect(first.handedIn.at(-1)).not.toHaveProperty("ageMs");
    first.outbox.stop();
    const second = await phone(() => NONE);
    expect(second.handedIn.map((e) => [e.ref.id, e.ageMs])).toEqual([["OP1", undefined]]);
  });

  test("OUT-8 it waits while somebody else is signed in", async () => {
    const self = await phone(() => NONE);
    await self.outbox.submit(about("OP1"));
    await self.settled();
    const before = self.handedIn.length;
    self.owner = "O2";
    self.outbox.soon();
    await self.settled();
    expect(self.handedIn.length).toBe(before);
    self.owner = "O1";
    self.road = accept(2);
    self.outbox.soon();
    await self.settled();
    expect(self.items()[0]?.stage.kind).toBe("server");
  });

  test("SOSR-12 signed out, a call for help goes out by the key; what is no call waits", async () => {
    const self = await phone(() => NONE);
    await self.outbox.submit(about("OP1"));
    await self.settled();
    self.owner = undefined;
    self.holder = "O1";
    self.keyOf = "O1";
    self.road = accept(4);
    const sos = { kind: "incident.sos", ref: { type: "incident" as const, id: "I1" } };
    await self.outbox.submit(sos, { urgent: true });
    await self.settled();
    const stages = self.items().map(({ envelope, stage }) => `${envelope.kind} ${stage.kind}`);
    expect(stages).toEqual(["operation.arrive waiting", "incident.sos server"]);
    expect(self.byWhom).toEqual(["O1 by key"]);
  });

  test("SOSR-12 without a key it waits for its officer, with one it goes in the name of who made it", async () => {
    const first = await phone(() => NONE);
    const sos = { kind: "incident.sos", ref: { type: "incident" as const, id: "I1" } };
    await first.outbox.submit(sos, { urgent: true });
    await first.settled();
    const before = first.handedIn.length;
    first.owner = "O2";
    first.road = accept(4);
    first.outbox.soon();
    await first.settled();
    expect(first.handedIn.length).toBe(before);
    first.keyOf = "O1";
    first.outbox.soon();
    await first.settled();
    expect(first.byWhom.at(-1)).toBe("O1 by key");
    expect(first.items()[0]?.stage.kind).toBe("server");
  });

  test("OUT-8 a command by POST names its officer, so that another's session refuses it", async () => {
    const named: (string | null)[] = [];
    const fetcher = async (_url: unknown, init?: RequestInit) => {
      named.push(new Headers(init?.headers).get("x-officer"));
      return new Response(JSON.stringify({ code: "OTHER_OFFICER" }), { status: 409 });
    };
    const http = createHttp(fetcher as typeof fetch, () => undefined);
    const roads = createRoads(() => undefined, createApi(http, "field"));
    const self = await phone((envelope) => roads.deliver(envelope, "O1"));
    await self.outbox.submit(about("OP1"));
    await self.settled();
    expect(named).toEqual(["O1"]);
    expect(self.items()[0]?.stage.kind).toBe("waiting");
  });

  test("OUT-9 identity goes first and leaves the phone with the answer", async () => {
    const self = await phone(accept(2));
    self.putAnswer = { ok: false, failure: { status: 0, code: "OFFLINE" } };
    const subject = { id: "S1", identity: { name: "张三丰" } };
    await self.outbox.submit(about("OP1"), { subject });
    await self.settled();
    expect(self.handedIn).toEqual([]);
    expect(self.items()[0]?.subject).toEqual(subject);
    self.putAnswer = { ok: true, value: {} };
    self.outbox.soon();
    await self.settled();
    expect(self.handedIn.length).toBe(1);
    expect(self.items()[0]).not.toHaveProperty("subject");
    expect(JSON.stringify(await (await openOutboxDb(dbName)).all())).not.toContain("张三丰");
  });

  test("OUT-5 a command that the server cannot read is a refusal, not a retry", () => {
    const delivery: Delivery = {
      kind: "unreadable",
      failure: { status: 400, code: "BAD_PAYLOAD" },
    };
    const item = { tries: 1, stage: { kind: "waiting" } } as HeldItem;
    expect(afterDelivery(item, delivery).stage).toEqual({
      kind: "refused",
      refusal: { code: "BAD_PAYLOAD" },
    });
  });

  test("SOSR-18 for a call for help it is no answer, whatever the road says of the body", () => {
    for (const stage of [{ kind: "waiting" }, { kind: "journal", at: 1 }] as const) {
      const failure = { status: 400, code: "BODY_INVALID" };
      const item = { tries: 1, urgent: true, stage } as HeldItem;
      const after = afterDelivery(item, { kind: "unreadable", failure });
      expect([after.stage, after.tries]).toEqual([stage, 2]);
    }
  });
});

describe("an exercise and what is real", () => {
  const sos = { kind: "incident.sos", ref: { type: "incident" as const, id: "I1" } };

  /** A phone that kept a report and a call for help in `mode`, and was switched off. */
  async function leftBy(mode: Hello["mode"]): Promise<readonly string[]> {
    const before = await phone(() => NONE, undefined, mode);
    const subject = { id: "S1", identity: { name: "张三丰" } };
    const report = await before.outbox.submit(about("OP1"), { subject });
    const call = await before.outbox.submit(sos, { urgent: true });
    await before.settled();
    before.outbox.stop();
    return [report.id, call.id];
  }
  const idsOf = (items: readonly HeldItem[]) => items.map(({ id }) => id);

  test.each([
    ["EXERCISE", "LIVE"],
    ["LIVE", "EXERCISE"],
    ["DEMO", "LIVE"],
  ] as const)("OUT-13 what was kept in %s is never handed in to %s", async (made, present) => {
    const kept = await leftBy(made);
    const self = await phone(accept(9), undefined, present);
    self.keyOf = "O1";
    self.outbox.soon();
    await self.settled();
    expect([self.handedIn, self.putSubjects, self.items()]).toEqual([[], [], []]);
    expect(idsOf(self.outbox.store.getState().elsewhere)).toEqual(kept);
    self.outbox.stop();

    const back = await phone(accept(9), undefined, made);
    await back.settled();
    expect(back.handedIn.map(({ id }) => id).sort()).toEqual([...kept].sort());
  });

  test("OUT-13 what was played may be taken off the phone elsewhere, what is real may not", async () => {
    const [played = ""] = await leftBy("EXERCISE");
    const [real = ""] = await leftBy("LIVE");
    const live = await phone(() => NONE, undefined, "LIVE");
    await live.outbox.forget(played);
    live.outbox.stop();
    const exercise = await phone(() => NONE, undefined, "EXERCISE");
    await exercise.outbox.forget(real);
    const held = idsOf(await (await openOutboxDb(dbName)).all().then((all) => all as HeldItem[]));
    expect(held).toContain(real);
    expect(held).not.toContain(played);
  });

  test("OUT-13 a server that says what it is while the identity is being put is told no command", async () => {
    const self = await phone(accept(9), undefined, "LIVE");
    self.whilePutting = () => {
      self.mode = "EXERCISE";
    };
    const subject = { id: "S1", identity: { name: "张三丰" } };
    const held = await self.outbox.submit(about("OP1"), { subject });
    await self.settled();
    expect(self.handedIn).toEqual([]);
    self.outbox.soon();
    expect(idsOf(self.outbox.store.getState().elsewhere)).toEqual([held.id]);
  });

  test("OUT-13 every POST names the mode in which it was made", async () => {
    const named: (string | null)[] = [];
    const fetcher = async (url: unknown, init?: RequestInit) => {
      named.push(`${String(url)} ${new Headers(init?.headers).get("x-mode")}`);
      return new Response(JSON.stringify({ code: "OTHER_MODE" }), { status: 409 });
    };
    const api = createApi(
      createHttp(fetcher as typeof fetch, () => undefined),
      "field",
    );
    const roads = createRoads(() => undefined, api);
    await roads.deliver({ id: "C1" } as CommandEnvelope, "O1", "EXERCISE");
    await api.putSubject("S1", { name: "张三丰" }, "EXERCISE");
    await api.sos({} as SignedSos, 1_000, "EXERCISE");
    expect(named).toEqual([
      "/api/commands EXERCISE",
      "/api/subjects/S1 EXERCISE",
      "/api/sos EXERCISE",
    ]);
  });
});
