/**
 * Clients that are slow, silent or mean harm, against a server of its own: what each of them costs
 * the others. The measured comparison is `npm run bench -- hostile`; here it is tried that the
 * bounds hold and that nobody's call for help waits. `HOSTILE_MS` is how long they go on (10 s here).
 */
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { v7 } from "uuid";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { MOST_SOCKETS_OF_ONE } from "../../server/edge/live/connection-bounds.ts";
import type { CommandAnswer } from "../../shared/wire/command.ts";
import { type FaultRoom, isTaken, openFaultRoom } from "../support/net/fault-room.ts";
import { type HostileCrowd, openCrowd } from "../support/net/hostile-crowd.ts";
import { envelope } from "../support/server/envelope.ts";
import { request } from "../support/server/http-client.ts";
import { RawClient } from "../support/server/raw-client.ts";
import { timesOf, tried } from "../support/trials.ts";

const HOSTILE_MS = timesOf("HOSTILE_MS", 10_000);

describe("clients that mean harm", () => {
  let room: FaultRoom;
  const opened: { destroy(): void }[] = [];
  beforeAll(async () => {
    room = await openFaultRoom();
  });
  afterEach(() => {
    for (const one of opened.splice(0)) one.destroy();
  });
  afterAll(() => room.close());

  const raw = async (text: string): Promise<{ socket: Socket; closedAfterMs: Promise<number> }> => {
    const socket = connect(room.server.port, "127.0.0.1");
    socket.on("error", () => undefined);
    opened.push(socket);
    await once(socket, "connect");
    const from = performance.now();
    socket.write(text);
    socket.resume();
    const closedAfterMs = once(socket, "close").then(() => performance.now() - from);
    return { socket, closedAfterMs };
  };

  it.each([
    ["says nothing", "", 8_000],
    ["sends half its headers", "GET / HTTP/1.1\r\nhost: x\r\n", 8_000],
    [
      "opens a WebSocket and never signs in",
      "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
      12_000,
    ],
    [
      "asks for a session of polling and never comes back",
      "GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nhost: x\r\nconnection: keep-alive\r\n\r\n",
      18_000,
    ],
  ])(
    "NET-20 given a client that %s, then its connection ends in time",
    async (what, text, withinMs) => {
      const { closedAfterMs } = await raw(text);
      expect(await closedAfterMs).toBeLessThan(withinMs);
      tried(`fault: a client that ${what}`, 1);
    },
  );

  it("NET-20 given headers that trickle in a byte a second, then the connection ends all the same", async () => {
    const { socket, closedAfterMs } = await raw("GET / HTTP/1.1\r\n");
    const drip = setInterval(() => socket.write("a"), 1_000);
    expect(await closedAfterMs).toBeLessThan(8_000);
    clearInterval(drip);
    tried("fault: headers that trickle", 1);
  });

  it("NET-21 given more sockets of one phone than it may have, then the next are refused, its POST is not, and others come in", async () => {
    const [mine, other] = room.phones(2);
    const sockets: RawClient[] = [];
    for (let i = 0; i < MOST_SOCKETS_OF_ONE; i += 1) {
      sockets.push(await RawClient.open(room.server.url, { seat: "field", device: mine.token }));
    }
    const next = RawClient.open(room.server.url, { seat: "field", device: mine.token });
    await expect(next).rejects.toThrow("TOO_MANY_SOCKETS");
    const sos = envelope("incident.sos", v7(), { place: { lat: 30.6, lng: 114.3 } });
    const { json } = await request(
      room.server.url,
      "POST",
      "/api/commands",
      { device: mine.token },
      sos,
    );
    expect(isTaken(json), JSON.stringify(json)).toBe(true);
    (await RawClient.open(room.server.url, { seat: "field", device: other.token })).terminate();
    sockets.pop()?.terminate();
    await expect
      .poll(
        async () => {
          const again = await RawClient.open(room.server.url, {
            seat: "field",
            device: mine.token,
          }).catch(() => undefined);
          again?.terminate();
          return again !== undefined;
        },
        { timeout: 5_000 },
      )
      .toBe(true);
    for (const socket of sockets) socket.terminate();
    tried("fault: sockets without end of one phone", 1);
  });

  it("NET-22 given a phone that floods its socket, then it is held back, another's call for help is answered at once, and its own by POST too", async () => {
    const [flooder, other] = room.phones(2);
    const flood = await RawClient.open(room.server.url, { seat: "field", device: flooder.token });
    const victim = await RawClient.open(room.server.url, { seat: "field", device: other.token });
    let sent = 0;
    let answered = 0;
    const flooding = setInterval(() => {
      for (let i = 0; i < 2_000; i += 1) {
        sent += 1;
        void flood.ask("time", undefined, 60_000).then((answer) => {
          if (answer) answered += 1;
        });
      }
    }, 20);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    for (const socket of [victim, undefined]) {
      const sos = envelope("incident.sos", v7(), { place: { lat: 30.6, lng: 114.3 } });
      const from = performance.now();
      const answer = socket
        ? await socket.ask("command", sos)
        : (await request(room.server.url, "POST", "/api/commands", { device: flooder.token }, sos))
            .json;
      expect(isTaken(answer)).toBe(true);
      expect(performance.now() - from).toBeLessThan(5_000);
    }
    clearInterval(flooding);
    process.stdout.write(`flood: ${sent} sent, ${answered} answered\n`);
    expect(sent).toBeGreaterThan(5_000);
    // A chunk that was read before the pause is answered whole.
    expect(answered).toBeLessThan(sent / 2);
    flood.terminate();
    victim.terminate();
    tried("fault: a phone that floods its socket", 1);
  });

  it(`NET-23 given 50 stalled and 50 flooding clients for ${HOSTILE_MS / 1_000} s, then the server lives, every call for help of others is answered, and its memory stays bounded`, async () => {
    const before = await room.rssMb();
    const crowd: HostileCrowd = await openCrowd(room, { stalled: 50, flooding: 50 });
    const phones = room.phones(110).slice(100);
    const until = performance.now() + HOSTILE_MS;
    /** What stands in the log for each call: itself, or the one that it repeats. */
    const kept = new Set<string>();
    let calls = 0;
    let worst = 0;
    for (let i = 0; performance.now() < until; i += 1) {
      const { token } = phones[i % phones.length] ?? { token: "" };
      const sos = envelope("incident.sos", v7(), { place: { lat: 30.6, lng: 114.3 } });
      const from = performance.now();
      const { json } = await request(
        room.server.url,
        "POST",
        "/api/commands",
        { device: token },
        sos,
      );
      worst = Math.max(worst, performance.now() - from);
      expect(isTaken(json), JSON.stringify(json)).toBe(true);
      kept.add((json as CommandAnswer).joined ?? sos.id);
      calls += 1;
    }
    const grown = (await room.rssMb()) - before;
    const { sent, thrownOut } = await crowd.figures();
    await crowd.close();
    process.stdout.write(
      `hostile: ${calls} calls for help answered, slowest ${worst.toFixed(0)} ms, RSS ${grown >= 0 ? "+" : ""}${grown.toFixed(0)} MB, ${sent} hostile messages, thrown out ${thrownOut} times\n`,
    );
    await room.expectOnce([...kept]);
    expect(kept.size).toBeGreaterThanOrEqual(phones.length);
    expect(room.server.isRunning()).toBe(true);
    expect(room.server.output()).not.toMatch(/uncaught|unhandled/i);
    expect(grown).toBeLessThan(256);
    tried("fault: 50 stalled and 50 flooding clients", 1);
  });
});
