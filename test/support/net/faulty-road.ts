import { connect, createServer, type Socket } from "node:net";
import { splitFrames } from "../server/websocket-frames.ts";
import { createLane, type Lane, type LaneFaults, OPEN_LANE } from "./lane.ts";

/**
 * A TCP road between client and server that fails as roads do. Faults apply to every connection on
 * it, the open ones and those to come, until `heal`. It works on the bytes above TCP: a lost segment
 * is a stall and a burst, a half-open connection is one whose bytes vanish in one direction.
 */
export interface FaultyRoad {
  /** e.g. `http://127.0.0.1:21410` */
  readonly url: string;
  /** From the client to the server, and back; what is not named stays as it is. */
  set(faults: { up?: Partial<LaneFaults>; down?: Partial<LaneFaults> }): void;
  /** Both ways alike. */
  both(faults: Partial<LaneFaults>): void;
  /** No fault any more. Connections whose bytes vanished are dead for good, as after a change of network. */
  heal(): void;
  /** Silent: no byte passes, no end is told, nobody new gets through. */
  blackHole(): void;
  /** Ends every connection as a proxy that closes does (FIN). */
  cut(): void;
  /** Ends every connection with a reset (RST). */
  reset(): void;
  /** Every connection is answered at once by a page that is not ours, and the open ones end. */
  captivePortal(isOn: boolean): void;
  /** What asks for WebSocket is refused with 403; the rest passes. Open WebSockets end. */
  blockUpgrades(isOn: boolean): void;
  /** Nobody gets through: refused at once with a reset. */
  refuse(isOn: boolean): void;
  /** The next text frame from the server that matches is lost, and nothing else. */
  loseNext(matches: (text: string) => boolean): void;
  lost(): number;
  /** The next text frame from the server that matches arrives twice. */
  doubleNext(matches: (text: string) => boolean): void;
  doubled(): number;
  /** Connections there have been. */
  connections(): number;
  close(): Promise<void>;
}

export interface RoadOptions {
  readonly port: number;
  /** Port of the server. */
  readonly target: number;
  /** Header lines added to the first request of each connection, e.g. a browser's cookie. */
  readonly headers?: readonly string[];
  readonly random?: () => number;
}

const PORTAL_PAGE = "<!doctype html><title>WLAN</title><p>请先登录本网络 / Sign in to this network";
const answer = (status: string, type: string, body: string): string =>
  `HTTP/1.1 ${status}\r\ncontent-type: ${type}\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`;

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
  readonly lanes: readonly Lane[];
  /** Bytes of it vanished once: it never works again. */
  isDead: boolean;
  isWebSocket: boolean;
}

type Pick = (text: string) => boolean;

export async function startFaultyRoad(options: RoadOptions): Promise<FaultyRoad> {
  const { port, target, headers = [], random = Math.random } = options;
  const pairs = new Set<Pair>();
  let up: LaneFaults = OPEN_LANE;
  let down: LaneFaults = OPEN_LANE;
  let gate: "OPEN" | "PORTAL" | "NO_UPGRADE" | "REFUSED" = "OPEN";
  let losing: Pick | undefined;
  let doubling: Pick | undefined;
  const counted = { lost: 0, doubled: 0, connections: 0 };

  const changed = ({
    bytes,
    text,
  }: {
    readonly bytes: Buffer;
    readonly text?: string;
  }): Buffer[] => {
    if (text !== undefined && losing?.(text)) {
      losing = undefined;
      counted.lost += 1;
      return [];
    }
    if (text === undefined || !doubling?.(text)) return [bytes];
    doubling = undefined;
    counted.doubled += 1;
    return [bytes, bytes];
  };

  const end = (pair: Pair, how: "FIN" | "RST"): void => {
    pairs.delete(pair);
    for (const lane of pair.lanes) lane.stop();
    if (how === "RST") pair.client.resetAndDestroy();
    else pair.client.end();
    pair.server.destroy();
  };
  const endAll = (how: "FIN" | "RST", which: (pair: Pair) => boolean = () => true): void => {
    for (const pair of [...pairs]) if (which(pair)) end(pair, how);
  };

  const open = (client: Socket): void => {
    const server = connect(target, "127.0.0.1");
    const dead = (faults: LaneFaults): LaneFaults =>
      pair.isDead ? { ...OPEN_LANE, swallow: true } : faults;
    const lanes = [
      createLane(client, server, () => dead(up), random),
      createLane(server, client, () => dead(down), random),
    ] as const;
    const pair: Pair = { client, server, lanes, isDead: false, isWebSocket: false };
    pairs.add(pair);
    const [upLane, downLane] = lanes;
    const split = splitFrames();
    const request = firstRequest(headers);
    client.on("data", (chunk) => {
      const bytes = request(chunk, (head) => {
        pair.isWebSocket = /^upgrade:\s*websocket/im.test(head);
        return !(gate === "NO_UPGRADE" && pair.isWebSocket);
      });
      if (bytes === "STOPPED") {
        client.end(answer("403 Forbidden", "text/plain", "no WebSocket here"));
        end(pair, "FIN");
      } else if (bytes) upLane.push(bytes);
    });
    server.on("data", (chunk) => {
      const bytes = Buffer.concat(split(chunk).flatMap(changed));
      if (bytes.length > 0) downLane.push(bytes);
    });
    client.on("end", () => upLane.end());
    server.on("end", () => downLane.end());
    const over = (): void => {
      // What vanishes tells nobody; the other end stays open until it gives up by itself.
      if (pair.isDead || !pairs.delete(pair)) return;
      for (const lane of lanes) lane.stop();
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) {
      socket.setNoDelay(true);
      socket.on("error", over);
    }
    client.on("close", over);
    // After an orderly end the lane still delivers what is on the road; a broken server ends it at once.
    server.on("close", (hadError) => (hadError ? over() : undefined));
    for (const lane of lanes) lane.look();
  };

  const proxy = createServer({ allowHalfOpen: true }, (client) => {
    counted.connections += 1;
    client.on("error", () => undefined);
    if (gate === "REFUSED") return void client.resetAndDestroy();
    if (gate !== "PORTAL") return open(client);
    client.once("data", () => client.end(answer("200 OK", "text/html", PORTAL_PAGE)));
  });
  await new Promise<void>((resolve, reject) => {
    proxy.once("error", reject);
    proxy.listen(port, "127.0.0.1", resolve);
  });

  const apply = (): void => {
    if (up.swallow && down.swallow) for (const pair of pairs) pair.isDead = true;
    for (const { lanes } of pairs) for (const lane of lanes) lane.look();
  };
  const set: FaultyRoad["set"] = (faults) => {
    up = { ...up, ...faults.up };
    down = { ...down, ...faults.down };
    apply();
  };
  return {
    url: `http://127.0.0.1:${port}`,
    set,
    both: (faults) => set({ up: faults, down: faults }),
    heal: () => {
      const vanished = up.swallow || down.swallow;
      // The sequence numbers are out: what lost bytes can never go on.
      if (vanished) for (const pair of pairs) pair.isDead = true;
      up = OPEN_LANE;
      down = OPEN_LANE;
      gate = "OPEN";
      apply();
    },
    blackHole: () => set({ up: { swallow: true }, down: { swallow: true } }),
    cut: () => endAll("FIN"),
    reset: () => endAll("RST"),
    captivePortal: (isOn) => {
      gate = isOn ? "PORTAL" : "OPEN";
      if (isOn) endAll("RST");
    },
    blockUpgrades: (isOn) => {
      gate = isOn ? "NO_UPGRADE" : "OPEN";
      if (isOn) endAll("FIN", ({ isWebSocket }) => isWebSocket);
    },
    refuse: (isOn) => {
      gate = isOn ? "REFUSED" : "OPEN";
      if (isOn) endAll("RST");
    },
    loseNext: (matches) => {
      losing = matches;
    },
    lost: () => counted.lost,
    doubleNext: (matches) => {
      doubling = matches;
    },
    doubled: () => counted.doubled,
    connections: () => counted.connections,
    close: async () => {
      endAll("RST");
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
}

/** Holds a connection's first bytes until its head is whole, and adds the headers to it. */
function firstRequest(headers: readonly string[]) {
  let held: string | undefined = "";
  return (chunk: Buffer, admits: (head: string) => boolean): Buffer | "STOPPED" | undefined => {
    if (held === undefined) return chunk;
    held += chunk.toString("latin1");
    const line = held.indexOf("\r\n");
    const end = held.indexOf("\r\n\r\n");
    if (end < 0) return undefined;
    if (!admits(held.slice(0, end))) return "STOPPED";
    const added = headers.map((header) => `${header}\r\n`).join("");
    const whole = Buffer.from(
      `${held.slice(0, line + 2)}${added}${held.slice(line + 2)}`,
      "latin1",
    );
    held = undefined;
    return whole;
  };
}
