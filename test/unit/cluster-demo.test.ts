import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { type StickyProxy, startStickyProxy } from "../support/cluster/sticky-proxy.ts";
import { eventually } from "../support/server/eventually.ts";
import { freePort } from "../support/server/free-port.ts";

const DEMO = fileURLToPath(new URL("../support/cluster/demo.ts", import.meta.url));

describe("cluster:demo", () => {
  it("DEP-15 given no redis-server, then it says so, how to get it, and ends", async () => {
    const child = spawn(process.execPath, [DEMO], { env: { PATH: "/nowhere" }, stdio: "pipe" });
    let said = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
    const [code] = await once(child, "close");
    expect(code).toBe(1);
    expect(said).toMatch(/^NOT RUN: no redis-server on the PATH .*apt-get install/);
  });
});

interface Fake {
  readonly name: string;
  readonly server: Server;
  readonly port: number;
  readonly heard: IncomingMessage[];
}

/** Answers its name; a WebSocket hears the same. */
async function fakeNode(name: string): Promise<Fake> {
  const heard: IncomingMessage[] = [];
  const server = createServer((req, res) => {
    if (req.url !== "/readyz") heard.push(req);
    let body = "";
    req.on("data", (part: Buffer) => {
      body += part.toString();
    });
    req.on("end", () => res.end(`${name}${body}`));
  });
  const sockets = new WebSocketServer({ server });
  sockets.on("connection", (socket, req) => {
    heard.push(req);
    socket.send(name);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { name, server, heard, port: (server.address() as AddressInfo).port };
}

describe("the proxy of development", () => {
  let fakes: Fake[] = [];
  let proxy: StickyProxy;
  beforeEach(async () => {
    fakes = await Promise.all(["node1", "node2"].map(fakeNode));
    proxy = await startStickyProxy(await freePort(), fakes);
  });
  afterEach(async () => {
    await proxy.close();
    for (const { server } of fakes) end(server);
  });
  const end = (server: Server) => {
    server.closeAllConnections();
    server.close();
  };

  const ask = (path: string, headers: Record<string, string> = {}, body?: string) =>
    fetch(proxy.url + path, body === undefined ? { headers } : { headers, method: "POST", body });
  const nodeFor = async (path: string, headers: Record<string, string> = {}) =>
    (await ask(path, headers)).text();

  it("DEP-16 given a cookie, a key or a tracker's path, then a client stays with one node", async () => {
    const first = await ask("/", { cookie: "other=1; ec-node=node2" });
    expect(await first.text()).toBe("node2");
    expect(first.headers.get("set-cookie")).toContain("ec-node=node2");
    for (const name of ["node1", "node2"])
      expect(await nodeFor("/", { cookie: `ec-node=${name}` })).toBe(name);
    const keys = Array.from({ length: 12 }, (_, i) => ({ authorization: `Bearer d${i}.s` }));
    const once = await Promise.all(keys.map((key) => nodeFor("/", key)));
    expect(new Set(once)).toEqual(new Set(["node1", "node2"]));
    expect(await Promise.all(keys.map((key) => nodeFor("/", key)))).toEqual(once);
    const paths = Array.from({ length: 12 }, (_, i) => `/osmand/secret-${i}`);
    const by = await Promise.all(paths.map((path) => nodeFor(`${path}?lat=1`)));
    expect(new Set(by)).toEqual(new Set(["node1", "node2"]));
    expect(await Promise.all(paths.map((path) => nodeFor(`${path}?lat=2`)))).toEqual(by);
  });

  it("DEP-16 given a client that claims an address, then the node is told the real one", async () => {
    await ask("/", {
      "x-forwarded-for": "9.9.9.9",
      forwarded: "for=9.9.9.9",
      cookie: "ec-node=node1",
    });
    const [heard] = fakes[0]?.heard ?? [];
    expect(heard?.headers["x-forwarded-for"]).toBe("127.0.0.1");
    expect(heard?.headers.forwarded).toBeUndefined();
  });

  it("DEP-16 given a node that is gone, then its clients' requests and sockets are at the other", async () => {
    const headers = { cookie: "ec-node=node1" };
    const road = new WebSocket(proxy.url.replace("http", "ws"), { headers });
    const [hello] = await once(road, "message");
    expect(String(hello)).toBe("node1");
    const closed = once(road, "close");
    const [gone] = fakes;
    if (gone) end(gone.server);
    await closed;
    const answer = await ask("/", headers, " body");
    expect(await answer.text()).toBe("node2 body");
    const again = new WebSocket(proxy.url.replace("http", "ws"), { headers });
    const [said] = await once(again, "message");
    expect(String(said)).toBe("node2");
    again.terminate();
  });

  it("DEP-16 given no node, then it is said at once, and a node that comes back is found", async () => {
    for (const { server } of fakes) end(server);
    await eventually(async () => expect((await ask("/")).status).toBe(503), 5_000);
    const [one] = fakes;
    one?.server.listen(one.port, "127.0.0.1");
    await eventually(async () => expect((await ask("/")).status).toBe(200), 5_000);
  });
});
