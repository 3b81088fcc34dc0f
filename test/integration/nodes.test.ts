/** Two servers over one SQLite folder, with Redis between them, and without. */
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createMemoryExchange } from "../../server/nodes/bus-memory.ts";
import { readBeat } from "../../server/sentinel/beat.ts";
import { decodeFrame, framePosition } from "../../shared/wire/position-frame.ts";
import { decodeTracks } from "../../shared/wire/track-answer.ts";
import { type RedisHere, redisOrSaid, startRedis } from "../support/nodes/redis-here.ts";
import {
  type NodeHere,
  startNode,
  startTwoNodes,
  type TwoNodes,
} from "../support/nodes/two-nodes.ts";
import { until } from "../support/nodes/until.ts";
import { type DemoPeople, demoPeople } from "../support/server/demo-people.ts";
import { envelope, isAccepted } from "../support/server/envelope.ts";
import { request } from "../support/server/http-client.ts";
import { RawClient } from "../support/server/raw-client.ts";

const isHere = redisOrSaid("two nodes with Redis between them");
const WITHIN_MS = 1_000;

describe.runIf(isHere)("two nodes", () => {
  let redis: RedisHere;
  let nodes: TwoNodes;
  let people: DemoPeople;
  const open: RawClient[] = [];
  beforeAll(async () => {
    redis = await startRedis();
    nodes = await startTwoNodes({ redisUrl: redis.url });
    people = await demoPeople();
  }, 60_000);
  afterEach(() => {
    for (const client of open.splice(0)) client.terminate();
  });
  afterAll(async () => {
    await nodes.close();
    await redis.close();
  });

  const idOf = (login: string) => people.of(login).id;
  const readyz = async ({ url }: NodeHere) => (await request(url, "GET", "/readyz")).json;
  const isApart = async (node: NodeHere) =>
    JSON.stringify(await readyz(node)).includes("NODES_APART");
  const areTogether = (together: boolean) =>
    until(
      () => [nodes.a, nodes.b].every((n) => troublesOf(n).includes("NODES") !== together),
      15_000,
    );
  const troublesOf = ({ server }: NodeHere) => server.kernel.troubles.now();

  /** A desk that looks on at a node, and what it is sent. */
  async function desk(node: NodeHere, login: string, cookie?: string) {
    const texts: string[] = [];
    const frames: Buffer[] = [];
    const client = await RawClient.open(
      node.url,
      { seat: "console", cookie: cookie ?? (await node.cookieOf(idOf(login))) },
      {
        onEvent: ({ event, body }) => texts.push(`${event} ${JSON.stringify(body)}`),
        onBytes: (bytes) => frames.push(bytes),
      },
    );
    open.push(client);
    client.emit("resume", null);
    await until(() => texts.some((text) => text.startsWith("snapshot")));
    const sees = (text: string) => texts.some((one) => one.includes(text));
    const seesOfficer = (trackIndex: number, lng: number) =>
      frames.some((bytes) => {
        const frame = decodeFrame(bytes);
        if (!frame.ok) return false;
        return [...frame.value.trackIndex.keys()].some((i) => {
          const dot = framePosition(frame.value, i);
          return dot.trackIndex === trackIndex && Math.abs(dot.lng - lng) < 1e-6;
        });
      });
    return { client, texts, sees, seesOfficer };
  }

  async function phone(node: NodeHere, officerId: string) {
    const tokens = nodes.a.server.handout?.devices ?? [];
    const device = tokens.find((one) => one.officerId === officerId)?.token ?? "";
    const client = await RawClient.open(node.url, { seat: "field", device });
    open.push(client);
    return {
      client,
      duty: async (duty: string) => {
        const to = envelope("officer.setDuty", officerId, { duty }, { deviceAt: Date.now() });
        expect(isAccepted(await client.ask("command", to))).toBe(true);
      },
      at: async (lng: number, deviceAt = Date.now()) =>
        client.ask("positions", {
          fixes: [{ seq: 1, deviceAt, lat: 30.6, lng, batteryPct: 80, mock: false }],
        }),
    };
  }

  const send = async (node: NodeHere, cookie: string, command: object) =>
    (await request(node.url, "POST", "/api/commands", { cookie }, command)).json;

  const report = (id: string) =>
    envelope("incident.report", id, { kind: "MEDICAL", level: "GENERAL" });
  const sos = (id: string) => envelope("incident.sos", id, {}, { deviceAt: Date.now() });
  const officerOf = (login: string) => `${people.of(`${login}.duty`).courtId}-police`;
  const trackIndexOf = ({ server }: NodeHere, officerId: string) =>
    server.kernel.replica.world.get("officer", officerId)?.trackIndex ?? -1;

  it("NODE-2 an event of one node is on the consoles of the other, with Redis and without it", async () => {
    const { seesOfficer: _none, sees } = await desk(nodes.a, "jiangan.duty");
    const cookie = await nodes.b.cookieOf(idOf("jiangan.police"));
    expect(await send(nodes.b, cookie, report("seen-with"))).toMatchObject({ outcome: "ACCEPTED" });
    await until(() => sees("seen-with"));
    await redis.kill();
    await areTogether(false);
    expect(await send(nodes.b, cookie, report("seen-without"))).toMatchObject({
      outcome: "ACCEPTED",
    });
    await until(() => sees("seen-without"));
    await redis.revive();
    await areTogether(true);
  }, 60_000);

  it("NODE-4 a command that was answered by one node and comes again to the other has the same answer, once in the log", async () => {
    const cookie = await nodes.a.cookieOf(idOf("jiangan.police"));
    const command = sos("retried-elsewhere");
    const [first, second] = [
      await send(nodes.a, cookie, command),
      await send(nodes.b, cookie, command),
    ];
    expect(second).toEqual(first);
    const found = await nodes.a.stores.log.read(-1, 100_000);
    expect(found.filter(({ body }) => body.includes(command.id))).toHaveLength(1);
  });

  it("NODE-10 a session made at one node counts at the other, and is over there within a second of its end", async () => {
    for (const withRedis of [true, false]) {
      if (!withRedis) {
        await redis.kill();
        await areTogether(false);
      }
      const cookie = await nodes.a.cookieOf(idOf("huangpi.duty"));
      expect((await request(nodes.b.url, "GET", "/api/me", { cookie })).status).toBe(200);
      const { client } = await desk(nodes.b, "huangpi.duty", cookie);
      const reason = client.next("closing");
      const out = await request(nodes.a.url, "POST", "/api/logout", { cookie });
      expect(out.status).toBe(204);
      const endedAt = performance.now();
      await client.closed;
      expect(performance.now() - endedAt).toBeLessThan(WITHIN_MS + 500);
      expect(await reason).toEqual({ reason: "SIGNED_OUT" });
      expect((await request(nodes.b.url, "GET", "/api/me", { cookie })).status).toBe(401);
    }
    await redis.revive();
    await areTogether(true);
  }, 60_000);

  it("NODE-10 an account disabled and a session revoked at one node close the sockets of the other", async () => {
    const admin = await nodes.a.cookieOf(idOf("gaoyuan.secadmin"));
    const victim = idOf("huangpi.director");
    const { client } = await desk(nodes.b, "huangpi.director");
    const disabled = await send(nodes.a, admin, envelope("officer.disable", victim));
    expect(disabled).toMatchObject({ outcome: "ACCEPTED" });
    await client.closed;
    await send(nodes.a, admin, envelope("officer.enable", victim));
  });

  it("NODE-10 an observer's account made anew at one node lets its former socket at the other go", async () => {
    const chief = await nodes.a.cookieOf(idOf("jiangan.director"));
    const payload = {
      body: "PROCURATORATE",
      organisation: "检察院",
      visitor: "检察官",
      endsAt: Date.now() + 3_600_000,
    };
    expect(
      await send(nodes.a, chief, envelope("observer.open", "seat-two-nodes", payload)),
    ).toMatchObject({ outcome: "ACCEPTED" });
    const issue = async () => {
      const path = "/api/observers/seat-two-nodes/account";
      const made = await request(nodes.a.url, "POST", path, { cookie: chief });
      const { login, password } = made.json as { login: string; password: string };
      return { login, password };
    };
    const first = await issue();
    const entered = await request(nodes.b.url, "POST", "/api/login", {}, first);
    expect(entered.status).toBe(200);
    const cookie = (entered.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
    const socket = await RawClient.open(nodes.b.url, { seat: "observer", cookie });
    open.push(socket);
    const second = await issue();
    await socket.closed;
    expect((await request(nodes.b.url, "POST", "/api/login", {}, first)).status).toBe(401);
    expect((await request(nodes.b.url, "POST", "/api/login", {}, second)).status).toBe(200);
  });

  it("NODE-7 a position that one node takes is a dot at the other; the newest wins; off duty it is gone and stays gone", async () => {
    const officerId = officerOf("jiangan");
    const trackIndex = trackIndexOf(nodes.a, officerId);
    const { seesOfficer } = await desk(nodes.a, "jiangan.duty");
    const here = await phone(nodes.b, officerId);
    await here.duty("ON_DUTY");
    const at = Date.now();
    await here.at(114.301, at);
    await until(() => seesOfficer(trackIndex, 114.301));
    // The phone goes over to the other node; what the first still says of before changes nothing.
    const there = await phone(nodes.a, officerId);
    await there.at(114.302, at + 2_000);
    await until(() => seesOfficer(trackIndex, 114.302));
    await here.at(114.3005, at + 1_000);
    await until(
      () => nodes.b.server.kernel.replica.tail.seq === nodes.a.server.kernel.replica.tail.seq,
    );
    const last = () => [nodes.a, nodes.b].map((n) => n.server.lastPosition(trackIndex)?.lng);
    await until(() => last().every((lng) => Math.abs((lng ?? 0) - 114.302) < 1e-6));
    await there.duty("OFF_DUTY");
    await until(() => last().every((lng) => lng === undefined));
  }, 30_000);

  it("NODE-8 with Redis away the other node's dots stand still, every face says so, events flow, and after it the newest comes", async () => {
    const officerId = officerOf("huangpi");
    const trackIndex = trackIndexOf(nodes.a, officerId);
    const { sees, seesOfficer } = await desk(nodes.a, "huangpi.duty");
    const here = await phone(nodes.b, officerId);
    await here.duty("ON_DUTY");
    await here.at(114.401);
    await until(() => seesOfficer(trackIndex, 114.401));
    await redis.kill();
    await areTogether(false);
    await until(() => sees('"NODES"'), 10_000);
    expect(await isApart(nodes.a)).toBe(true);
    await here.at(114.402);
    await here.client.ask("command", report("while-apart"));
    await until(() => sees("while-apart"));
    expect(seesOfficer(trackIndex, 114.402)).toBe(false);
    await redis.revive();
    await areTogether(true);
    await until(() => seesOfficer(trackIndex, 114.402), 10_000);
    expect(await isApart(nodes.a)).toBe(false);
  }, 60_000);

  it("NODE-14 what one node took is in the tracks that the other answers with, kept apart, and a time in which they did not hear each other is said to be incomplete", async () => {
    const officerId = idOf("jiangan.police2");
    const here = await phone(nodes.b, officerId);
    await here.duty("ON_DUTY");
    const from = Date.now();
    await here.at(114.1);
    const trackIndex = trackIndexOf(nodes.a, officerId);
    const asked = async (node: NodeHere, path: string, body: object) => {
      const cookie = await node.cookieOf(idOf("jiangan.duty"));
      const answer = await fetch(`${node.url}/api/tracks/${path}`, {
        method: "POST",
        headers: { cookie, origin: node.url, "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      const read = decodeTracks(new Uint8Array(await answer.arrayBuffer()));
      if (!read.ok) throw new Error(read.refusal);
      return read.value;
    };
    const day = { officer: officerId, from, reason: "核查出警路线" };
    for (const node of [nodes.a, nodes.b]) {
      await expect
        .poll(async () => [...(await asked(node, "picture", { at: Date.now() })).trackIndex], {
          timeout: 10_000,
        })
        .toEqual([trackIndex]);
      for (const [path, body] of [
        ["window", { from, to: Date.now() }],
        ["day", { ...day, to: Date.now() }],
      ] as const) {
        const { count, incomplete } = await asked(node, path, body);
        expect([path, count, incomplete]).toEqual([path, 1, false]);
      }
    }
    const folders = await readdir(join(nodes.dataDir, "tracks"));
    expect(folders.some((name) => name.endsWith("-of-others"))).toBe(true);
    await redis.kill();
    await areTogether(false);
    await redis.revive();
    await areTogether(true);
    expect((await asked(nodes.a, "window", { from, to: Date.now() })).incomplete).toBe(true);
    await expect
      .poll(
        async () =>
          (await asked(nodes.a, "window", { from: Date.now(), to: Date.now() })).incomplete,
      )
      .toBe(false);
  }, 60_000);

  it("NODE-5 two nodes that scan the same deadlines raise each level once", async () => {
    const cookie = await nodes.a.cookieOf(idOf("jiangan.judge"));
    await send(nodes.a, cookie, sos("raised-once"));
    const levelOf = ({ server }: NodeHere) =>
      server.kernel.replica.world.get("incident", "raised-once")?.clocks.ack?.level ?? 0;
    await until(() => [nodes.a, nodes.b].every((node) => levelOf(node) > 0), 30_000);
    const commits = await nodes.a.stores.log.read(-1, 100_000);
    const raised = commits
      .flatMap(({ body }) => JSON.parse(body).commands as { id: string; kind: string }[])
      .filter(({ id, kind }) => kind === "clock.raise" && id.includes("raised-once"))
      .map(({ id }) => id);
    expect(raised.length).toBeGreaterThan(0);
    expect(new Set(raised).size).toBe(raised.length);
  }, 60_000);

  it("NODE-9 two processes on one folder keep journal, tracks, kept state and sign of life apart", async () => {
    const own = await readdir(nodes.dataDir);
    const others = await readdir(join(nodes.dataDir, "nodes", "node-b"));
    expect(own).toEqual(expect.arrayContaining(["emergency", "tracks", "sentinel", "node"]));
    await until(() => others.length > 0);
    expect(others).toEqual(expect.arrayContaining(["sentinel"]));
    expect(await readdir(join(nodes.dataDir, "emergency", "nodes"))).toEqual(["node-b"]);
    expect(await readdir(join(nodes.dataDir, "tracks", "nodes"))).toEqual(["node-b"]);
  });
});

describe("a node whose clock is wrong", () => {
  it("NODE-12 is not ready and scans nothing, while the other one does; and takes part again once it is right", async () => {
    let offMs = 10_000;
    const dataDir = await mkdtemp(join(tmpdir(), "node-clock-"));
    const right = await startNode("right", { dataDir });
    const wrong = await startNode("wrong", {
      dataDir,
      changed: (stores) => ({ ...stores, databaseNow: async () => Date.now() + offMs }),
    });
    const ready = async ({ url }: NodeHere) => request(url, "GET", "/readyz");
    const scansOf = async (dir: string) => (await readBeat(dir))?.scans ?? 0;
    const dir = join(dataDir, "nodes", "wrong");
    try {
      await expect.poll(async () => (await ready(wrong)).status, { timeout: 10_000 }).toBe(503);
      expect((await ready(wrong)).json).toMatchObject({ reasons: ["CLOCK_OFF"] });
      expect((await ready(right)).status).toBe(200);
      const [before, others] = [await scansOf(dir), await scansOf(dataDir)];
      await expect.poll(() => scansOf(dataDir), { timeout: 10_000 }).toBeGreaterThan(others + 2);
      expect((await scansOf(dir)) - before).toBeLessThan(2);
      await expect
        .poll(() => wrong.server.kernel.troubles.now(), { timeout: 10_000 })
        .toContain("SCAN_LATE");
      offMs = 0;
      await expect.poll(async () => (await ready(wrong)).status, { timeout: 10_000 }).toBe(200);
      await expect.poll(() => scansOf(dir), { timeout: 10_000 }).toBeGreaterThan(before + 1);
      expect(wrong.logged()).toContain("scans no deadlines");
    } finally {
      await Promise.all([right.stop(), wrong.stop()]);
      await rm(dataDir, { recursive: true, force: true });
    }
  }, 60_000);
});

describe("nodes that start at the same moment", () => {
  it("NODE-17 come up together on an empty folder, on one log, with one demonstration and one owner of the folder", async () => {
    const dataDir = await mkdtemp(join(tmpdir(), "nodes-start-"));
    const exchange = createMemoryExchange();
    const nodes = await Promise.all(
      ["a", "b", "c"].map((name) => startNode(name, { dataDir, joinBus: exchange.join })),
    );
    try {
      const tailOf = ({ server }: NodeHere) => server.kernel.replica.tail;
      await until(() => new Set(nodes.map((node) => tailOf(node).hash)).size === 1, 20_000);
      const commits = await nodes[0]?.stores.log.read(-1, 100_000);
      const ids = (commits ?? []).flatMap(({ body }) =>
        (JSON.parse(body).commands as { id: string }[]).map(({ id }) => id),
      );
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.length).toBeGreaterThan(100);
      expect((await readdir(join(dataDir, "nodes"))).length).toBe(2);
      const { of } = await demoPeople();
      for (const node of nodes) {
        const cookie = await node.cookieOf(of("jiangan.duty").id);
        for (const other of nodes)
          expect((await request(other.url, "GET", "/api/me", { cookie })).status).toBe(200);
      }
    } finally {
      await Promise.all(nodes.map((node) => node.stop()));
      await rm(dataDir, { recursive: true, force: true });
    }
  }, 120_000);
});
