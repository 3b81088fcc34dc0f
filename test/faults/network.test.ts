/**
 * The fault catalogue of network, messages and consumers: each kind is one named trial. A console
 * and a phone with its outbox share a road; the road fails; the phone calls for help over it, and
 * somebody else calls whom the console must see; the road heals. Then nothing is lost, nothing is
 * there twice, the console holds what a fresh one is given, and it never hid that it was behind.
 *
 * `STORM` clients of the reconnect storm (200 here), `FAULT_MS` how long a road stays broken (9 s).
 */
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FaultRoom, isTaken, openFaultRoom } from "../support/net/fault-room.ts";
import { type FaultyRoad, startFaultyRoad } from "../support/net/faulty-road.ts";
import { type OutboxPhone, openPhone } from "../support/net/outbox-phone.ts";
import { type ConsolePage, openPage } from "../support/server/console-page.ts";
import { type DemoPeople, demoPeople } from "../support/server/demo-people.ts";
import { envelope } from "../support/server/envelope.ts";
import { eventually } from "../support/server/eventually.ts";
import { freePort } from "../support/server/free-port.ts";
import { request } from "../support/server/http-client.ts";
import { RawClient } from "../support/server/raw-client.ts";
import { type DeviceToken, spawnToEnd } from "../support/server/server-process.ts";
import { saw, timesOf, tried } from "../support/trials.ts";

const STORM = timesOf("STORM", 200);
const FAULT_MS = timesOf("FAULT_MS", 9_000);
/** Between the last sign of life and the banner, with what a look and a noisy machine add. */
const SAID_WITHIN_MS = 7_000;
/** Several heartbeats of a phone, its longest back-off, and a dial that runs into its time-out. */
const WELL_WITHIN_MS = 75_000;

/** One console and one phone behind one road, and somebody of the same court beside it. */
interface Scene {
  readonly road: FaultyRoad;
  readonly desk: ConsolePage;
  readonly phone: OutboxPhone;
  readonly beside: DeviceToken;
  readonly cookie: string;
  readonly seen: string[];
  readonly close: () => Promise<void>;
}

/** Begins a fault; what it gives back goes on until it is called. */
type Fault = (scene: Scene) => (() => void) | undefined;

const LOSSY = { stallChance: 0.3, stallMs: 1_500 };
const faultOf =
  (begin: (road: FaultyRoad) => void): Fault =>
  ({ road }) => {
    begin(road);
    return undefined;
  };

const ROADS: Readonly<Record<string, Fault>> = {
  "half-open up": faultOf((road) => road.set({ up: { swallow: true } })),
  "half-open down": faultOf((road) => road.set({ down: { swallow: true } })),
  "black hole": faultOf((road) => road.blackHole()),
  "cut (FIN)": faultOf((road) => road.cut()),
  "reset (RST)": faultOf((road) => road.reset()),
  "nobody gets through": faultOf((road) => road.refuse(true)),
  "2 s round trip": faultOf((road) => road.both({ delayMs: 1_000 })),
  "8 s one way": faultOf((road) => road.set({ down: { delayMs: 8_000 } })),
  "30 % loss": faultOf((road) => road.both(LOSSY)),
  "2 s round trip and 30 % loss": faultOf((road) => road.both({ ...LOSSY, delayMs: 1_000 })),
  "1 KB/s": faultOf((road) => road.both({ bytesPerSecond: 1_024 })),
  "frames cut into 3 bytes": faultOf((road) => road.both({ splitBytes: 3 })),
  "a proxy that buffers": faultOf((road) => road.both({ holdMs: 3_000 })),
  "a middlebox that stops reading": faultOf((road) => road.set({ down: { noRead: true } })),
  "a captive portal's page": faultOf((road) => road.captivePortal(true)),
  "WebSocket upgrades refused": faultOf((road) => road.blockUpgrades(true)),
  "the last patch lost": faultOf((road) => road.loseNext((t) => t.startsWith('42["patch"'))),
  "a patch that comes twice": faultOf((road) => road.doubleNext((t) => t.startsWith('42["patch"'))),
  "flap each 3 s": ({ road }) => {
    let isDown = false;
    const turn = (): void => {
      isDown = !isDown;
      if (isDown) road.blackHole();
      else road.heal();
    };
    turn();
    const timer = setInterval(turn, 3_000);
    return () => clearInterval(timer);
  },
  "resets in a row": ({ road }) => {
    const timer = setInterval(() => road.reset(), 700);
    return () => clearInterval(timer);
  },
};

describe("roads that fail", () => {
  let room: FaultRoom;
  let people: DemoPeople;
  const courts: { duty: string; police: DeviceToken; police2: DeviceToken }[] = [];
  const calls: string[] = [];
  let nextCourt = 0;
  beforeAll(async () => {
    room = await openFaultRoom();
    people = await demoPeople();
    const byOfficer = new Map(room.phones(120).map((device) => [device.officerId, device]));
    for (const { id, tier } of people.all) {
      const court = id.replace(/-duty$/, "");
      const [police, police2] = [
        byOfficer.get(`${court}-police`),
        byOfficer.get(`${court}-police2`),
      ];
      if (tier === "BASIC" && id.endsWith("-duty") && police && police2)
        courts.push({ duty: id, police, police2 });
    }
  });
  afterAll(async () => {
    await room.expectOnce(calls);
    await room.close();
  });

  async function openRoad(cookie: string): Promise<FaultyRoad> {
    const headers = [`Cookie: ${cookie}`];
    return startFaultyRoad({ port: await freePort(), target: room.server.port, headers });
  }

  async function openScene(): Promise<Scene> {
    const court = courts[nextCourt++ % courts.length];
    if (!court) throw new Error("no court with two phones");
    const cookie = await room.cookieOf(court.duty);
    const road = await openRoad(cookie);
    const desk = openPage(road.url, "console");
    const phone = openPhone(road.url, court.police);
    for (const { stores } of [desk, phone.page])
      await eventually(
        () => expect(stores.connection.getState().connection.kind).toBe("live"),
        20_000,
      );
    desk.said.length = 0;
    const close = async (): Promise<void> => {
      phone.close();
      desk.close();
      await road.close();
    };
    return { road, desk, phone, beside: court.police2, cookie, seen: [], close };
  }

  /** Somebody on a sound road of the same court calls for help. */
  async function callBeside({ beside, seen }: Scene): Promise<void> {
    const sos = envelope("incident.sos", v7(), { place: { lat: 30.6, lng: 114.3 } });
    const { json } = await request(
      room.server.url,
      "POST",
      "/api/commands",
      { device: beside.token },
      sos,
    );
    expect(isTaken(json)).toBe(true);
    calls.push(sos.id);
    seen.push(sos.id);
  }

  const shows = ({ desk }: Scene, id: string): boolean =>
    JSON.stringify(desk.records()).includes(id);

  /** Asks each half second: a console that lacks what is over 7 s old has said so. */
  async function watch({ desk, seen }: Scene, ms: number): Promise<readonly string[]> {
    const lies: string[] = [];
    const since = performance.now();
    const age = (): number => performance.now() - since;
    const lacks = (id: string): boolean => !JSON.stringify(desk.records()).includes(id);
    while (age() < ms) {
      await pause(500);
      const isFresh = desk.stores.connection.getState().freshness === "fresh";
      if (isFresh && age() > SAID_WITHIN_MS)
        lies.push(...seen.filter(lacks).map((id) => `fresh after ${age()} ms without ${id}`));
    }
    return lies;
  }

  /** What a console of this court holds that begins now, over a sound road. */
  async function witness({ cookie }: Scene): Promise<ConsolePage & { end(): Promise<void> }> {
    const road = await openRoad(cookie);
    const page = openPage(road.url, "console");
    await eventually(
      () => expect(page.stores.connection.getState().connection.kind).toBe("live"),
      20_000,
    );
    const end = async (): Promise<void> => {
      page.close();
      await road.close();
    };
    return { ...page, end };
  }

  async function expectWell(scene: Scene): Promise<void> {
    await eventually(() => expect(scene.phone.open()).toEqual([]), WELL_WITHIN_MS);
    const fresh = await witness(scene);
    await eventually(() => {
      const { freshness, connection } = scene.desk.stores.connection.getState();
      expect([freshness, connection.kind]).toEqual(["fresh", "live"]);
      const cursor = (page: ConsolePage) => page.stores.records.getState().cursor;
      expect(cursor(scene.desk)).toEqual(cursor(fresh));
      expect(scene.desk.records()).toEqual(fresh.records());
    }, WELL_WITHIN_MS);
    for (const id of [...scene.seen, ...scene.phone.raised]) expect(shows(scene, id)).toBe(true);
    await fresh.end();
  }

  async function oneFault(begin: Fault, ms = FAULT_MS): Promise<Scene> {
    const scene = await openScene();
    const stop = begin(scene);
    await callBeside(scene);
    calls.push(await scene.phone.raise());
    const lies = await watch(scene, ms);
    stop?.();
    scene.road.heal();
    scene.desk.link.soon();
    await expectWell(scene);
    await scene.close();
    expect(lies).toEqual([]);
    return scene;
  }

  it.concurrent.each(Object.keys(ROADS).map((name) => [name]))(
    "NET-11 given %s, when a call for help is raised on either side, then it is there once, and the console was never silent about its age",
    async (name) => {
      const failed = await oneFault(ROADS[name] as Fault).then(
        () => undefined,
        (error: unknown) => error,
      );
      tried(`fault: ${name}`, 1, failed ? 1 : 0);
      if (failed) throw failed;
      saw("resume");
    },
    180_000,
  );

  it("NET-12 given 2 s of round trip and 30 % loss, then 20 calls for help arrive, and how fast is reported", async () => {
    const scenes: Scene[] = [];
    for (let i = 0; i < 4; i += 1) scenes.push(await openScene());
    for (const { road } of scenes) road.both({ ...LOSSY, delayMs: 1_000 });
    await Promise.all(
      scenes.map(async ({ phone }) => {
        for (let i = 0; i < 5; i += 1) {
          calls.push(await phone.raise());
          await eventually(() => expect(phone.open()).toEqual([]), 60_000);
        }
      }),
    );
    const all = scenes.flatMap(({ phone }) => phone.answeredMs()).toSorted((a, b) => a - b);
    const p95 = all[Math.floor(all.length * 0.95)] ?? 0;
    process.stdout.write(
      `2 s RTT, 30 % loss: ${all.length} calls answered, median ${Math.round(all[all.length >> 1] ?? 0)} ms, p95 ${Math.round(p95)} ms, slowest ${Math.round(all.at(-1) ?? 0)} ms\n`,
    );
    expect(all.length).toBe(20);
    for (const scene of scenes) await scene.close();
    tried("fault: 2 s round trip and 30 % loss, call by call", 20);
  }, 300_000);

  it("NET-11 given a server that stands still for 5 s, then the console said so, and all is well", async () => {
    const scene = await openScene();
    process.kill(room.server.pid, "SIGSTOP");
    const calling = scene.phone.raise();
    await pause(7_500);
    const said = scene.desk.said.map(({ freshness }) => freshness);
    process.kill(room.server.pid, "SIGCONT");
    calls.push(await calling);
    await expectWell(scene);
    expect(said).toContain("late");
    await scene.close();
    tried("fault: the server's event loop stands still", 1);
  }, 120_000);

  it("NET-11 given two tabs of one user, when one loses its road, then the other goes on, and both hold the same afterwards", async () => {
    const scene = await openScene();
    const other = await witness(scene);
    scene.road.blackHole();
    await callBeside(scene);
    await eventually(
      () => expect(JSON.stringify(other.records())).toContain(scene.seen[0]),
      10_000,
    );
    expect(other.stores.connection.getState().freshness).toBe("fresh");
    scene.road.heal();
    await expectWell(scene);
    await eventually(() => expect(other.records()).toEqual(scene.desk.records()), 10_000);
    await other.end();
    await scene.close();
    tried("fault: two tabs of one user", 1);
  }, 120_000);

  it("NET-13 given a port that is taken, when the server starts, then it ends with one line that says so", async () => {
    const dataDir = await mkdtemp(join(tmpdir(), "taken-"));
    const { code, output } = await spawnToEnd({ dataDir, port: room.server.port });
    await rm(dataDir, { recursive: true, force: true });
    expect(code).not.toBe(0);
    expect(output).toMatch(/port is taken/);
    tried("fault: port taken at start", 1);
  }, 60_000);

  it(`NET-14 given ${STORM} clients whose server was killed, when it is back, then all are in step again and a call for help among them is answered`, async () => {
    const devices = room.phones(Math.min(STORM, 120));
    const pages: ConsolePage[] = [];
    for (let i = 0; i < STORM; i += 1) {
      const device = devices[i % devices.length];
      pages.push(openPage(room.server.url, "field", { device: device?.token ?? "" }));
    }
    const live = (page: ConsolePage) =>
      page.stores.connection.getState().connection.kind === "live";
    await eventually(() => expect(pages.filter(live).length).toBe(STORM), 60_000);
    const before = pages.map(({ counted }) => counted.reconnects);
    await room.restart();
    const from = performance.now();
    const sos = envelope("incident.sos", v7(), { place: { lat: 30.6, lng: 114.3 } });
    const { json } = await request(
      room.server.url,
      "POST",
      "/api/commands",
      { device: devices[0].token },
      sos,
    );
    expect(isTaken(json)).toBe(true);
    calls.push(sos.id);
    const answered = performance.now() - from;
    await eventually(() => {
      expect(
        pages.filter((page, i) => live(page) && page.counted.reconnects > (before[i] ?? 0)).length,
      ).toBe(STORM);
    }, 60_000);
    process.stdout.write(
      `storm: ${STORM} clients in step ${Math.round(performance.now() - from)} ms after readiness, SOS answered in ${Math.round(answered)} ms\n`,
    );
    for (const page of pages) page.close();
    tried("fault: reconnect storm", STORM);
  }, 240_000);

  describe("messages", () => {
    let turn = 0;
    /** Another phone each time: none of them comes and goes in a circle. */
    const device = (): DeviceToken => {
      turn += 1;
      const phones = room.phones(100);
      return phones[turn % phones.length] ?? phones[0];
    };
    const sosOf = (more: object = {}) =>
      envelope("incident.sos", v7(), { place: { lat: 30.6, lng: 114.3 } }, more);
    const post = async (body: unknown, who: DeviceToken = device()) =>
      (await request(room.server.url, "POST", "/api/commands", { device: who.token }, body)).json;

    it("NET-15 given the same call over both roads at once, and again, and again by another, then it stands once, and the other is refused", async () => {
      const [mine, other] = room.phones(2);
      const socket = await RawClient.open(room.server.url, { seat: "field", device: mine.token });
      const sos = sosOf({ deviceAt: Date.now() });
      const answers = await Promise.all([
        socket.ask("command", sos),
        post(sos, mine),
        socket.ask("command", sos),
      ]);
      expect(answers.map(isTaken)).toEqual([true, true, true]);
      expect(new Set(answers.map((answer) => (answer as { seq: number }).seq)).size).toBe(1);
      expect(isTaken(await post(sos, mine))).toBe(true);
      expect(isTaken(await post(sos, other))).toBe(false);
      calls.push(sos.id);
      socket.terminate();
      saw("duplicate command");
      tried("fault: duplicate message", 3);
      tried("fault: replay from another session", 1);
    });

    it("NET-15 given calls that come in the reverse order, and one that comes 5 h late, then each stands once", async () => {
      const made = Array.from({ length: 10 }, (_, i) =>
        sosOf({ deviceAt: Date.now() - i * 1_000 }),
      );
      const late = sosOf({ deviceAt: Date.now() - 5 * 3_600_000 });
      for (const one of [...made.reverse(), late]) {
        expect(isTaken(await post(one))).toBe(true);
        calls.push(one.id);
      }
      tried("fault: reordered messages", 10);
      tried("fault: a message late by hours", 1);
    });

    const text = (s: string) => `42["command",${s}]`;
    const deep = "[".repeat(200_000) + "]".repeat(200_000);
    it.each([
      [
        "a frame that stops in its middle",
        Buffer.from([0x81, 0xfe, 0x40, 0x00, 1, 2, 3, 4, 0x34, 0x32]),
      ],
      ["a text that stops in its middle", '42["command",{"id":"x"'],
      ["a frame of 1.2 MB", text(`"${"x".repeat(1_200_000)}"`)],
      [
        "eleven binary attachments",
        `4511-["command",${Array.from({ length: 11 }, (_, num) => `{"_placeholder":true,"num":${num}}`)}]`,
      ],
      ["JSON 200,000 deep", text(deep)],
      ["JSON 25 deep", text("[".repeat(25) + "]".repeat(25))],
      ["a key __proto__", text('{"__proto__":{"admin":true}}')],
      ["NaN", text('{"id":NaN}')],
      ["1e999", text('{"id":1e999,"knownSeq":1e999}')],
      ["a lone surrogate", text('{"id":"\\ud800","kind":"\\udfff"}')],
      ["wrong types", text('{"id":1,"kind":{},"ref":"x","payload":7}')],
      ["no acknowledgement asked for", text("{}")],
      ["an event that nobody knows", '42["nothing of ours",{"a":1}]'],
      ["reserved events", '42["disconnecting","x"]'],
    ])(
      "NET-16 given %s, then nobody is hurt, and the next call for help of the same phone is answered",
      async (name, frame) => {
        const { token } = device();
        const socket = await RawClient.open(room.server.url, { seat: "field", device: token });
        if (typeof frame === "string") socket.raw(frame);
        else await rawFrame(room.server.port, frame);
        await pause(50);
        const sos = sosOf();
        const again = await RawClient.open(room.server.url, { seat: "field", device: token });
        expect(isTaken(await again.ask("command", sos))).toBe(true);
        calls.push(sos.id);
        for (const one of [socket, again]) one.terminate();
        expect(room.server.output()).not.toMatch(/uncaught|unhandled|TypeError/i);
        tried(`fault: ${name}`, 1);
      },
    );

    it("NET-16 given JSON 200,000 deep and a body of 4 GB by its own word by HTTP, then both are refused", async () => {
      const answer = await request(
        room.server.url,
        "POST",
        "/api/commands",
        { device: device().token },
        deep,
      );
      expect(answer.status).toBe(413);
      const socket = connect(room.server.port, "127.0.0.1");
      socket.on("error", () => undefined);
      socket.write(
        `POST /api/commands HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${device().token}\r\ncontent-type: application/json\r\ncontent-length: 4294967296\r\n\r\n{`,
      );
      const [head] = (await once(socket, "data")) as [Buffer];
      expect(head.toString()).toMatch(/^HTTP\/1\.1 413/);
      socket.destroy();
      tried("fault: 4 GB of content by its own word", 1);
    });

    it("NET-16 given right-to-left and invisible letters in a text, then they come back as they were sent", async () => {
      const odd = "‮evil⁦‏​​﻿👩‍👩‍👧 é";
      const id = v7();
      const [by] = room.phones(2);
      const court = by.officerId.slice(0, by.officerId.lastIndexOf("-"));
      expect(
        isTaken(await post(envelope("message.send", id, { toCourtId: court, text: odd }), by)),
      ).toBe(true);
      const { json } = await request(room.server.url, "GET", "/api/records?type=message", {
        cookie: await room.cookieOf(`${court}-duty`),
      });
      expect(JSON.stringify(json)).toContain(JSON.stringify(odd).slice(1, -1));
      tried("fault: right-to-left and invisible letters", 1);
    });
  });
});

/** A WebSocket opened by hand, so that its frame may be no frame at all. */
async function rawFrame(port: number, frame: Buffer): Promise<void> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => undefined);
  socket.write(
    "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
  );
  await once(socket, "data");
  socket.write(frame);
  await pause(100);
  socket.destroy();
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
