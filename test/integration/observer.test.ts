/** 观摩 over real sockets: later, less, and without a voice. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type DemoPeople, demoPeople } from "../support/server/demo-people.ts";
import { envelope } from "../support/server/envelope.ts";
import { eventually } from "../support/server/eventually.ts";
import { request, signIn } from "../support/server/http-client.ts";
import { RawClient } from "../support/server/raw-client.ts";
import { type ServerHere, startHere } from "../support/server/server-here.ts";

const SEAT = "observer-demo";
const CODE = "GM-2026-77";
const CASE = "(2026)鄂0102执77号";
let here: ServerHere;
let people: DemoPeople;
let cookie: string;
const open: RawClient[] = [];

beforeAll(async () => {
  here = await startHere();
  people = await demoPeople();
  cookie = await signIn(here.url, "wuhan.guest");
});
afterEach(() => {
  for (const client of open.splice(0)) client.terminate();
});
afterAll(() => here.close());

/** A socket that keeps all it was sent, as it came. */
async function looking() {
  const frames: string[] = [];
  const bytes: Buffer[] = [];
  const client = await RawClient.open(
    here.url,
    { seat: "observer", cookie },
    { onFrame: (text) => frames.push(text), onBytes: (each) => bytes.push(each) },
  );
  open.push(client);
  client.emit("resume", null);
  return { client, frames, bytes, all: () => frames.join("\n") };
}

async function act(login: string, kind: string, id: string, payload: Record<string, unknown>) {
  const own = await here.cookieOf(people.of(login).id);
  const sent = envelope(kind, id, payload);
  const answer = await request(here.url, "POST", "/api/commands", { cookie: own }, sent);
  expect(answer.json).toMatchObject({ outcome: "ACCEPTED" });
}

const openOperation = (id: string) =>
  act("jiangan.president", "operation.open", id, {
    code: CODE,
    name: "腾退行动",
    kind: "EVICTION",
    caseNo: CASE,
    approvalNo: "批1",
    place: { lat: 30.612345, lng: 114.298765, address: "沿江大道56号" },
    chiefCommanderId: people.of("jiangan.director").id,
    sceneCommanderId: people.of("jiangan.judge").id,
    memberIds: [people.of("jiangan.judge").id, people.of("jiangan.police").id],
    assetIds: [],
  });

const holds = (look: () => boolean | Promise<boolean>) =>
  eventually(async () => {
    if (!(await look())) throw new Error("not yet");
  }, 10_000);

const snapshots = (frames: readonly string[]) =>
  frames
    .filter((text) => text.startsWith('2["snapshot"') || text.startsWith('42["snapshot"'))
    .map((text) => JSON.parse(text.slice(text.indexOf("["))) as [string, { at: number }])
    .map(([, body]) => body);

describe("an observer's socket", () => {
  it("OBS-1 gets nothing of the last 30 s, then it, and never a person or a dot", async () => {
    const seat = await looking();
    await seat.client.next("snapshot");
    await openOperation("op-watched");
    await act("wuhan.director", "observer.release", SEAT, { operationId: "op-watched" });
    const { id, roles: _roles } = people.of("jiangan.police");
    const police = here.server.kernel.replica.world.get("officer", id);
    // Beats pass in real time, the pushed clock stays under the half minute.
    here.clock.push(15_000);
    await seat.client.next("hb");
    await seat.client.next("hb");
    expect(seat.all()).not.toContain(CODE);

    here.clock.push(30_000);
    await holds(() => seat.all().includes(CODE));

    for (const text of [
      CASE,
      "沿江大道",
      "腾退行动",
      police?.name ?? "?",
      police?.badgeNo ?? "?",
      id,
      "30.612345",
    ]) {
      expect(seat.all()).not.toContain(text);
    }
    expect(seat.bytes).toEqual([]);
    const told = snapshots(seat.frames);
    expect(told.length).toBeGreaterThan(0);
    for (const { at } of told) expect(at).toBeLessThanOrEqual(here.clock.now() - 30_000);
    const madeAt = here.server.kernel.replica.world.get("operation", "op-watched")?.createdAt ?? 0;
    const early = told.filter((body) => JSON.stringify(body).includes(CODE) && body.at < madeAt);
    expect(early).toEqual([]);
  });

  it("OBS-4 loses at once what is taken back", async () => {
    await openOperation("op-withheld");
    await act("wuhan.director", "observer.release", SEAT, { operationId: "op-withheld" });
    here.clock.push(31_000);
    const seat = await looking();
    await holds(() => seat.all().includes("op-withheld"));
    await act("wuhan.director", "observer.withhold", SEAT, { operationId: "op-withheld" });
    await holds(() => {
      const last = snapshots(seat.frames).at(-1);
      return last !== undefined && !JSON.stringify(last).includes("op-withheld");
    });
  });

  it("OBS-6 says nothing on any road", async () => {
    const seat = await looking();
    const tail = here.server.kernel.replica.tail.seq;
    const sos = envelope("incident.sos", "inc-observer", {});
    const said = [
      sos,
      envelope("message.send", "m-observer", { toCourtId: "x", text: "建议" }),
      envelope("observer.release", SEAT, { operationId: "op-watched" }),
      envelope("opinion.register", "opn-observer", { body: "CONGRESS" }),
    ];
    for (const command of said) {
      expect(await seat.client.ask("command", command)).toEqual({ error: "READ_ONLY" });
      const answer = await request(here.url, "POST", "/api/commands", { cookie }, command);
      expect(answer.json).toMatchObject({ code: "PERSON_NEEDED" });
    }
    expect(await seat.client.ask("positions", { fixes: [] })).toEqual({ error: "READ_ONLY" });
    const roads: [string, string, unknown][] = [
      ["POST", "/api/sos/keys", { publicKey: "x".repeat(87) }],
      ["PUT", "/api/subjects/s-observer", { name: "张三" }],
      ["POST", "/api/reveal", { officer: people.of("jiangan.police").id, field: "name" }],
      ["GET", "/api/records?x=1", undefined],
      ["GET", "/api/timeline/operation/op-watched", undefined],
      ["GET", "/api/timeline/operation/op-watched?seat=console", undefined],
      ["GET", "/api/watchers", undefined],
      ["GET", "/api/notifications/outbox", undefined],
      ["GET", "/api/units/summary?seat=console&month=2026-11", undefined],
      ["GET", "/api/assist/i-1", undefined],
      ["GET", "/api/exercise", undefined],
      ["GET", "/api/exercise/debrief.csv", undefined],
      ["POST", "/api/kiosk", {}],
      ["POST", `/api/observers/${SEAT}/account`, undefined],
    ];
    for (const [method, path, body] of roads) {
      const { status } = await request(here.url, method, path, { cookie }, body);
      expect([path, status >= 400 && status < 500]).toEqual([path, true]);
    }
    expect(here.server.kernel.replica.tail.seq).toBe(tail);
  });

  it.each(["console", "wall", "field"] as const)("OBS-6 may not sit at a %s", async (other) => {
    await expect(RawClient.open(here.url, { seat: other, cookie })).rejects.toThrow("SEAT_REFUSED");
  });

  it("OBS-5 is a seat that nobody of the courts can take", async () => {
    const own = await here.cookieOf(people.of("wuhan.director").id);
    const taken = RawClient.open(here.url, { seat: "observer", cookie: own });
    await expect(taken).rejects.toThrow("SEAT_REFUSED");
  });
});

describe("who has been watching us", () => {
  const watchersOf = async (login: string) => {
    const own = await here.cookieOf(people.of(login).id);
    const answer = await request(here.url, "GET", "/api/watchers", { cookie: own });
    return answer.json as {
      looks: { kind: string; by: string; reason?: string; until?: number }[];
    };
  };

  it("OBS-7 a session is read by the court that invited and by those below it, with its end", async () => {
    const seat = await looking();
    await seat.client.next("snapshot");
    seat.client.close();
    await holds(async () => {
      const { looks } = await watchersOf("jiangan.duty");
      return looks.some(({ kind, until }) => kind === "OBSERVER" && until !== undefined);
    });
    const inviting = await watchersOf("wuhan.duty");
    expect(inviting.looks[0]).toMatchObject({ kind: "OBSERVER", byCourt: "武汉市中级人民法院" });
    expect((await watchersOf("gaoyuan.duty")).looks).toEqual([]);
  });

  it("WCH-1 a look from above stands there with court, office and reason", async () => {
    const own = await here.cookieOf(people.of("gaoyuan.duty").id);
    const asked = {
      officer: people.of("jiangan.police").id,
      field: "name",
      reason: "核实现场人员",
    };
    await request(here.url, "POST", "/api/reveal", { cookie: own }, asked);
    const { looks } = await watchersOf("jiangan.duty");
    expect(looks[0]).toMatchObject({
      kind: "REVEAL",
      byCourt: "湖北省高级人民法院",
      field: "name",
      reason: "核实现场人员",
    });
    expect(
      (await watchersOf("huangpi.duty")).looks.filter(({ kind }) => kind === "REVEAL"),
    ).toEqual([]);
  });

  it("WCH-2 a refused attempt stands there too", async () => {
    const own = await here.cookieOf(people.of("gaoyuan.duty").id);
    const asked = { officer: people.of("jiangan.judge").id, field: "name" };
    await request(here.url, "POST", "/api/reveal", { cookie: own }, asked);
    expect((await watchersOf("jiangan.duty")).looks[0]).toMatchObject({ kind: "REVEAL_REFUSED" });
  });
});

describe("a seat's account and end", () => {
  it("OBS-8 is made by who may open the seat, and lets its visitor in", async () => {
    await act("jiangan.director", "observer.open", "seat-2", {
      body: "PROCURATORATE",
      organisation: "江岸区检察院",
      visitor: "检察官",
      endsAt: here.clock.now() + 3_600_000,
    });
    const path = "/api/observers/seat-2/account";
    const ask = async (login: string) =>
      request(here.url, "POST", path, { cookie: await here.cookieOf(people.of(login).id) });
    expect((await ask("jiangan.duty")).json).toMatchObject({ code: "ROLE_REFUSED" });
    expect((await ask("wuhan.director")).json).toMatchObject({ code: "NOT_FOUND" });
    const first = (await ask("jiangan.director")).json as { login: string; password: string };
    const second = (await ask("jiangan.director")).json as { login: string; password: string };
    const enter = (with_: { login: string; password: string }) =>
      request(here.url, "POST", "/api/login", {}, { login: with_.login, password: with_.password });
    expect((await enter(first)).json).toMatchObject({ code: "WRONG_PASSWORD" });
    expect((await enter(second)).json).toMatchObject({ seats: ["observer"], roles: [] });

    here.clock.push(3_600_000);
    await holds(
      () => here.server.kernel.replica.world.get("observer", "seat-2")?.state === "ENDED",
    );
    expect((await enter(second)).json).toMatchObject({ code: "ACCOUNT_DISABLED" });
  });

  it("OBS-2 closes the sockets of a seat that is taken back, within seconds", async () => {
    const seat = await looking();
    await seat.client.next("snapshot");
    const closing = seat.client.next("closing");
    await act("wuhan.director", "observer.end", SEAT, {});
    expect(await closing).toEqual({ reason: "REVOKED" });
    const answer = await request(here.url, "GET", "/api/me", { cookie });
    expect(answer.json).toMatchObject({ code: "ACCOUNT_DISABLED" });
  });
});
