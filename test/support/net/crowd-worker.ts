import { parentPort, workerData } from "node:worker_threads";
import { v7 } from "uuid";
import { envelope } from "../server/envelope.ts";
import { request } from "../server/http-client.ts";
import { RawClient } from "../server/raw-client.ts";
import type { CrowdData } from "./hostile-crowd.ts";

/** The crowd in a thread of its own: its work must not be taken for the server's slowness. */

/** Messages that a flooding socket sends at once, again as soon as its own buffer is empty. */
const VOLLEY = 200;
/** 4,000 a second of each, eighty times what it may: more would only starve whom it is compared with. */
const VOLLEY_EVERY_MS = 50;
/** Dear and cheap, well-formed and not; made once, so that this thread leaves the processor alone. */
const FLOOD: readonly string[] = [
  ["resume", null],
  ["resume", { seq: 1, hash8: "00000000" }],
  ["posSnapshot"],
  ["time"],
  ["positions", { fixes: [] }],
  ["command", { kind: "message.send" }],
  ["command", envelope("message.send", v7(), { text: "x".repeat(1_000) })],
  ["nothing of ours", "x".repeat(5_000)],
].map((message) => `42${JSON.stringify(message)}`);
/** Requests of one flooding person at once. */
const AT_ONCE = 4;

const { url, cookies, socketTokens, postTokens } = workerData as CrowdData;
const counted = { sent: 0, thrownOut: 0, out: 0 };
let isOver = false;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Reads nothing, but answers pings blindly, so that it is not taken for dead. */
async function stall(cookie: string): Promise<void> {
  const client = await RawClient.open(url, { seat: "console", cookie });
  client.stall();
  while (client.isOpen && !isOver) {
    client.emit("resume", null);
    client.raw("3");
    counted.sent += 2;
    await Promise.race([pause(500), client.closed]);
  }
  client.terminate();
}

async function floodSocket(token: string): Promise<void> {
  const client = await RawClient.open(url, { seat: "field", device: token });
  while (client.isOpen && !isOver) {
    for (let i = 0; i < VOLLEY; i += 1) client.raw(FLOOD[i % FLOOD.length] ?? "");
    counted.sent += VOLLEY;
    await client.flushed(1_000);
    await pause(VOLLEY_EVERY_MS);
  }
  client.terminate();
}

async function floodHttp(token: string): Promise<void> {
  const body = envelope("message.send", v7(), { text: "x".repeat(1_000) });
  const one = async (): Promise<void> => {
    while (!isOver) {
      await request(url, "POST", "/api/commands", { device: token }, body);
      counted.sent += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
}

async function goOn(live: () => Promise<void>): Promise<void> {
  while (!isOver) {
    await live().catch(() => undefined); // thrown out or not let in: comes again
    if (!isOver) counted.thrownOut += 1;
    await pause(200);
  }
  counted.out += 1;
}

const lives = [
  ...cookies.map((cookie) => () => stall(cookie)),
  ...socketTokens.map((token) => () => floodSocket(token)),
  ...postTokens.map((token) => () => floodHttp(token)),
].map(goOn);

parentPort?.on("message", (message: "figures" | "over") => {
  if (message === "figures") parentPort?.postMessage({ ...counted });
  else {
    isOver = true;
    void Promise.all(lives).then(() => parentPort?.postMessage({ ...counted }));
  }
});
parentPort?.postMessage({ ...counted });
