/** The road of the fault tests: a fault that does nothing would prove nothing. */
import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type FaultyRoad, startFaultyRoad } from "../support/net/faulty-road.ts";
import { eventually } from "../support/server/eventually.ts";
import { freePort } from "../support/server/free-port.ts";

const HEAD = "GET / HTTP/1.1\r\nhost: x\r\n\r\n";
const UPGRADE = "GET / HTTP/1.1\r\nhost: x\r\nUpgrade: websocket\r\n\r\n";

/** Everything that came to a socket, with the sizes of the pieces. */
function listen(socket: Socket) {
  const heard = { text: "", pieces: [] as number[], end: "" };
  socket.on("data", (chunk) => {
    heard.text += chunk.toString("latin1");
    heard.pieces.push(chunk.length);
  });
  socket.on("end", () => {
    heard.end ||= "FIN";
  });
  socket.on("error", (error: NodeJS.ErrnoException) => {
    heard.end ||= error.code ?? "ERROR";
  });
  return heard;
}

describe("a faulty road", () => {
  let ports: { readonly server: number; readonly road: number };
  let server: Server;
  let road: FaultyRoad;
  const sockets: Socket[] = [];
  let far: { socket: Socket; heard: ReturnType<typeof listen> }[] = [];
  beforeEach(async () => {
    ports = { server: await freePort(), road: await freePort() };
    far = [];
    server = createServer((socket) => {
      far.push({ socket, heard: listen(socket) });
      sockets.push(socket);
    });
    server.listen(ports.server, "127.0.0.1");
    await once(server, "listening");
    // Always the worst luck, where there is luck at all.
    road = await startFaultyRoad({
      port: ports.road,
      target: ports.server,
      headers: ["x-a: 1"],
      random: () => 0,
    });
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await road.close();
    await new Promise((resolve) => server.close(resolve));
  });

  async function joined(head = HEAD) {
    const client = connect(ports.road, "127.0.0.1");
    sockets.push(client);
    const near = listen(client);
    await once(client, "connect");
    client.write(head);
    await eventually(() => expect(far.at(-1)?.heard.text).toContain("\r\n\r\n"), 2_000);
    const last = far.at(-1);
    if (!last) throw new Error("nobody came");
    last.heard.text = "";
    return { client, near, server: last.socket, heard: last.heard };
  }
  const quiet = () => new Promise((resolve) => setTimeout(resolve, 120));

  it("NET-1 open, it passes both ways, adds its headers to the first request, and tells an end", async () => {
    const client = connect(ports.road, "127.0.0.1");
    sockets.push(client);
    const near = listen(client);
    client.write(HEAD);
    await eventually(
      () => expect(far[0]?.heard.text).toBe(HEAD.replace("host", "x-a: 1\r\nhost")),
      2_000,
    );
    client.write("up");
    far[0]?.socket.write("down");
    await eventually(
      () => expect([far[0]?.heard.text.slice(-2), near.text]).toEqual(["up", "down"]),
      2_000,
    );
    far[0]?.socket.end("!");
    await eventually(() => expect([near.text, near.end]).toEqual(["down!", "FIN"]), 2_000);
  });

  it("NET-1 a delay holds bytes back that long, each way, in their order", async () => {
    const { client, near, server: distant, heard } = await joined();
    road.both({ delayMs: 150 });
    const from = performance.now();
    client.write("a");
    distant.write("b");
    await eventually(() => expect([heard.text, near.text]).toEqual(["a", "b"]), 2_000);
    expect(performance.now() - from).toBeGreaterThan(145);
  });

  it("NET-1 loss is a stall, with everything behind it in one burst", async () => {
    const { near, server: distant } = await joined();
    road.set({ down: { stallChance: 1, stallMs: 200 } });
    const from = performance.now();
    distant.write("a");
    await new Promise((resolve) => setTimeout(resolve, 50));
    road.set({ down: { stallChance: 0 } });
    distant.write("b");
    await eventually(() => expect(near.text).toBe("ab"), 2_000);
    expect(performance.now() - from).toBeGreaterThan(190);
    expect(near.pieces.length).toBeLessThan(3);
  });

  it("NET-1 a narrow road takes its time and pushes back on the sender", async () => {
    const { near, server: distant } = await joined();
    road.set({ down: { bytesPerSecond: 10_000 } });
    const from = performance.now();
    distant.write("x".repeat(3_000));
    await eventually(() => expect(near.text.length).toBe(3_000), 3_000);
    expect(performance.now() - from).toBeGreaterThan(290);
    // The machine's own buffers between two sockets of loopback hold some megabytes.
    distant.write("x".repeat(32 * 1024 * 1024));
    await quiet();
    expect(distant.writableLength).toBeGreaterThan(0);
  });

  it("NET-1 it cuts into pieces and holds back in gulps", async () => {
    const { near, server: distant } = await joined();
    road.set({ down: { splitBytes: 3, bytesPerSecond: 300 } });
    distant.write("0123456789");
    await eventually(() => expect(near.text).toBe("0123456789"), 2_000);
    expect(near.pieces.length).toBeGreaterThan(1);
    road.heal();
    near.text = "";
    near.pieces.length = 0;
    road.set({ down: { holdMs: 200 } });
    for (const letter of "abc") distant.write(letter);
    await eventually(() => expect(near.text).toBe("abc"), 2_000);
  });

  it.each([
    ["up", "", "down"],
    ["down", "up", ""],
  ] as const)(
    "NET-1 half-open %s: that way vanishes, the other passes, and healed it stays dead",
    async (way, wantedUp, wantedDown) => {
      const { client, near, server: distant, heard } = await joined();
      road.set({ [way]: { swallow: true } });
      client.write("up");
      distant.write("down");
      await quiet();
      expect([heard.text, near.text, near.end]).toEqual([wantedUp, wantedDown, ""]);
      road.heal();
      client.write("more");
      distant.write("more");
      await quiet();
      expect([heard.text, near.text]).toEqual([wantedUp, wantedDown]);
      const fresh = await joined();
      fresh.server.write("new");
      await eventually(() => expect(fresh.near.text).toBe("new"), 2_000);
    },
  );

  it("NET-1 a black hole is silent to the open and to the new, also about an end", async () => {
    const { client, near, server: distant, heard } = await joined();
    road.blackHole();
    client.write("up");
    distant.end("down");
    const late = connect(ports.road, "127.0.0.1");
    sockets.push(late);
    const lateHeard = listen(late);
    late.write(HEAD);
    await quiet();
    expect([heard.text, near.text, near.end, lateHeard.text, lateHeard.end]).toEqual([
      "",
      "",
      "",
      "",
      "",
    ]);
  });

  it("NET-1 a reader that stalls fills the sender's buffers", async () => {
    const { near, server: distant } = await joined();
    road.set({ down: { noRead: true } });
    distant.write("x".repeat(16 * 1024 * 1024));
    await quiet();
    expect(distant.writableLength).toBeGreaterThan(0);
    expect(near.text.length).toBeLessThan(1024 * 1024);
    road.heal();
    await eventually(() => expect(near.text.length).toBe(16 * 1024 * 1024), 5_000);
  });

  it("NET-1 a cut ends with FIN and a reset with RST", async () => {
    const one = await joined();
    road.cut();
    await eventually(() => expect(one.near.end).toBe("FIN"), 2_000);
    const two = await joined();
    road.reset();
    await eventually(() => expect(two.near.end).toBe("ECONNRESET"), 2_000);
  });

  it("NET-1 a portal answers everybody with its page, and a refusal nobody", async () => {
    const open = await joined();
    road.captivePortal(true);
    await eventually(() => expect(open.near.end).toBe("ECONNRESET"), 2_000);
    const client = connect(ports.road, "127.0.0.1");
    sockets.push(client);
    const near = listen(client);
    client.write(HEAD);
    await eventually(
      () => expect(near.text).toMatch(/^HTTP\/1.1 200 OK[\s\S]*text\/html[\s\S]*<!doctype/),
      2_000,
    );
    road.captivePortal(false);
    road.refuse(true);
    const refused = connect(ports.road, "127.0.0.1");
    sockets.push(refused);
    const nothing = listen(refused);
    await eventually(() => expect(nothing.end).toBe("ECONNRESET"), 2_000);
  });

  it("NET-1 a refused upgrade stops WebSockets, open ones too, and lets the rest pass", async () => {
    const open = await joined(UPGRADE);
    road.blockUpgrades(true);
    await eventually(() => expect(open.near.end).toBe("FIN"), 2_000);
    const client = connect(ports.road, "127.0.0.1");
    sockets.push(client);
    const near = listen(client);
    client.write(UPGRADE);
    await eventually(() => expect(near.text).toMatch(/^HTTP\/1.1 403/), 2_000);
    const plain = await joined();
    plain.server.write("ok");
    await eventually(() => expect(plain.near.text).toBe("ok"), 2_000);
  });
});
