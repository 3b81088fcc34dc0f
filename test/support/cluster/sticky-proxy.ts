/**
 * A reverse proxy for development and tests, and for nothing else: no TLS, no bounds, bodies held
 * whole. It does what `server/deploy/haproxy.cfg` asks of a real one: a client stays with its node by
 * cookie, key, path or address; a node that does not answer gets nobody and loses its live roads.
 */
import { createHash } from "node:crypto";
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";

export interface ProxiedNode {
  readonly name: string;
  readonly port: number;
}

export interface StickyProxy {
  /** e.g. `http://127.0.0.1:3000` */
  readonly url: string;
  close(): Promise<void>;
}

const HOST = "127.0.0.1";
const COOKIE = "ec-node";
const LOOK_EVERY_MS = 500;
const LOOK_WITHIN_MS = 2_000;
/** Looks in a row that brought nothing. */
const DEAD_AFTER = 2;

type Health = "READY" | "UP" | "DEAD";
const RANK: Readonly<Record<Health, number>> = { READY: 0, UP: 1, DEAD: 2 };

interface Node extends ProxiedNode {
  health: Health;
  missed: number;
  readonly roads: Set<Duplex>;
}

export async function startStickyProxy(
  port: number,
  nodes: readonly ProxiedNode[],
): Promise<StickyProxy> {
  const all: readonly Node[] = nodes.map((node) => ({
    ...node,
    health: "UP",
    missed: 0,
    roads: new Set(),
  }));
  const agent = new Agent({ keepAlive: true });
  const open = new Set<Socket>();
  const server = createServer((req, res) => void pass(req, res, ordered(all, req), agent));
  server.on("upgrade", (req: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on("error", () => socket.destroy());
    upgrade(req, socket, head, ordered(all, req));
  });
  server.on("connection", (socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  });
  const looking = setInterval(() => {
    for (const node of all) look(node);
  }, LOOK_EVERY_MS);
  for (const node of all) look(node);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, HOST, resolve);
  });
  return {
    url: `http://${HOST}:${port}`,
    close: async () => {
      clearInterval(looking);
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of open) socket.destroy();
      for (const { roads } of all) for (const road of roads) road.destroy();
      agent.destroy();
      await closed;
    },
  };
}

/** Ready ones before those that are only up; among equals the client's own first. */
function ordered(nodes: readonly Node[], req: IncomingMessage): readonly Node[] {
  const named = new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w.-]+)`).exec(req.headers.cookie ?? "")?.[1];
  const path = req.url?.startsWith("/osmand/") ? req.url.split("?")[0] : undefined;
  const who = path ?? req.headers.authorization ?? req.socket.remoteAddress ?? "";
  const first = createHash("sha256").update(who).digest().readUInt32BE() % nodes.length;
  const distance = (node: Node, at: number) =>
    node.name === named ? -1 : (at - first + nodes.length) % nodes.length;
  return nodes
    .map((node, at) => ({ node, key: RANK[node.health] * 1_000 + distance(node, at) }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ node }) => node);
}

function look(node: Node): void {
  const asked = request(
    { host: HOST, port: node.port, path: "/readyz", timeout: LOOK_WITHIN_MS, agent: false },
    (answer) => {
      answer.resume();
      node.missed = 0;
      node.health = answer.statusCode === 200 ? "READY" : "UP";
    },
  );
  asked.once("timeout", () => asked.destroy(new Error("no answer")));
  asked.once("error", () => {
    node.missed += 1;
    if (node.missed >= DEAD_AFTER) bury(node);
  });
  asked.end();
}

function bury(node: Node): void {
  node.health = "DEAD";
  for (const road of node.roads) road.destroy();
}

/** What a node is told of where it comes from is what we saw, whatever the client says. */
const passedOn = (req: IncomingMessage) => {
  const { forwarded: _claimed, "x-forwarded-for": _said, ...headers } = req.headers;
  return { ...headers, "x-forwarded-for": req.socket.remoteAddress ?? "" };
};

async function pass(
  req: IncomingMessage,
  res: ServerResponse,
  nodes: readonly Node[],
  agent: Agent,
): Promise<void> {
  const parts: Buffer[] = [];
  try {
    for await (const part of req) parts.push(part as Buffer);
  } catch {
    return; // the client is gone
  }
  const body = Buffer.concat(parts);
  const attempt = ([node, ...others]: readonly Node[]): void => {
    if (!node) return void res.writeHead(503, { "retry-after": "1" }).end();
    const { method, url: path } = req;
    const headers = { ...passedOn(req), "content-length": String(body.length) };
    const sent = request(
      { host: HOST, port: node.port, method, path, headers, agent },
      (answer) => {
        const cookies = [answer.headers["set-cookie"] ?? []].flat();
        res.writeHead(answer.statusCode ?? 502, {
          ...answer.headers,
          "set-cookie": [...cookies, `${COOKIE}=${node.name}; Path=/; HttpOnly; SameSite=Strict`],
        });
        answer.pipe(res);
        answer.once("error", () => res.destroy());
      },
    );
    sent.once("error", (error: NodeJS.ErrnoException) => {
      // Refused: nothing was sent, so another may have it. Cut off: nobody knows; the client asks.
      if (error.code === "ECONNREFUSED") attempt(others);
      else if (res.headersSent) res.destroy();
      else res.writeHead(502).end();
    });
    sent.end(body);
  };
  attempt(nodes);
}

function upgrade(
  req: IncomingMessage,
  client: Duplex,
  head: Buffer,
  [node, ...others]: readonly Node[],
): void {
  if (!node) return void client.destroy();
  const road = connect(node.port, HOST);
  road.once("error", () =>
    road.bytesWritten > 0 ? client.destroy() : upgrade(req, client, head, others),
  );
  road.once("connect", () => {
    node.roads.add(road);
    const lines = Object.entries(passedOn(req)).flatMap(([name, value]) =>
      [value ?? []].flat().map((each) => `${name}: ${each}`),
    );
    road.write(`${req.method} ${req.url} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
    road.write(head);
    road.pipe(client).pipe(road);
    road.once("close", () => {
      node.roads.delete(road);
      client.destroy();
    });
    client.once("close", () => road.destroy());
  });
}
