/** The scanner hangs, the server dies, stalls, cannot write: a second process says so (SENT-…). */
import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, rmdir } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Status, statusSchema } from "../../server/sentinel/status-server.ts";
import type { Heartbeat } from "../../shared/wire/live.ts";
import { eventually } from "../support/server/eventually.ts";
import { freePort } from "../support/server/free-port.ts";
import { signIn } from "../support/server/http-client.ts";
import { RawClient } from "../support/server/raw-client.ts";
import { type ServerProcess, spawnServer } from "../support/server/server-process.ts";
import { tried } from "../support/trials.ts";

const MAIN = "test/support/server/clocked-main.ts";
const SENTINEL = fileURLToPath(new URL("../../server/sentinel/main.ts", import.meta.url));
const RAISED_WITHIN_MS = 7_000;
const WELL_WITHIN_MS = 15_000;
const ORPHAN_ENDS_WITHIN_MS = 75_000;

async function status(port: number, origin?: string): Promise<Status & { cors: string | null }> {
  const answer = await fetch(`http://127.0.0.1:${port}/status`, {
    signal: AbortSignal.timeout(2_000),
    ...(origin ? { headers: { origin } } : {}),
  });
  const cors = answer.headers.get("access-control-allow-origin");
  return { ...statusSchema.parse(await answer.json()), cors };
}

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** A stop that cannot wait for the pipes: the sentinel holds them too. */
async function kill9(server: ServerProcess): Promise<void> {
  process.kill(server.pid, "SIGKILL");
  await eventually(() => expect(server.isRunning()).toBe(false), 5_000);
}

describe("the sentinel", () => {
  let dataDir: string;
  let port: number;
  let sentinelPort: number;
  let server: ServerProcess;
  let hook: Server;
  let hookUrl: string;
  const posted: { readonly state: string; readonly body: string }[] = [];
  let refuseOnce = true;
  const pids: number[] = [];
  let orphan: Orphan;

  const start = async (): Promise<void> => {
    const env = { SENTINEL: "1", SENTINEL_PORT: String(sentinelPort), SENTINEL_WEBHOOK: hookUrl };
    server = await spawnServer({ dataDir, port, env, main: MAIN });
    await well();
  };
  const well = (): Promise<void> =>
    eventually(async () => {
      const said = await status(sentinelPort);
      if (!pids.includes(said.pid)) pids.push(said.pid);
      expect(said).toMatchObject({ state: "WELL", storeMode: "OK" });
    }, WELL_WITHIN_MS);
  /** @returns after how many ms the alarm stood. */
  const alarmed = async (reason: string): Promise<number> => {
    const from = performance.now();
    await eventually(async () => {
      const said = await status(sentinelPort);
      expect(said).toMatchObject({ state: "LATE", reasons: [reason] });
    }, RAISED_WITHIN_MS);
    tried("sentinel: alarms raised in 7 s", 1);
    return performance.now() - from;
  };

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "sentinel-"));
    port = await freePort();
    sentinelPort = await freePort();
    hook = createServer((incoming, outgoing) => {
      let body = "";
      incoming.on("data", (chunk: Buffer) => {
        body += chunk.toString();
      });
      incoming.on("end", () => {
        outgoing.writeHead(refuseOnce ? 503 : 204).end();
        if (!refuseOnce) posted.push({ state: JSON.parse(body).state, body });
        refuseOnce = false;
      });
    });
    const hookPort = await freePort();
    await new Promise<void>((resolve) => hook.listen(hookPort, "127.0.0.1", resolve));
    hookUrl = `http://127.0.0.1:${hookPort}/alarm`;
    orphan = await startOrphan();
    await start();
  });
  afterAll(async () => {
    for (const pid of [server.pid, ...pids]) if (isRunning(pid)) process.kill(pid, "SIGKILL");
    hook.close();
    if (isRunning(orphan.pid)) process.kill(orphan.pid, "SIGKILL");
    for (const dir of [dataDir, orphan.dataDir]) await rm(dir, { recursive: true, force: true });
  });

  it("SENT-3 given a page of the deployment and a stranger's, then only the first may read the answer, which holds no content", async () => {
    const origin = `http://127.0.0.1:${port}`;
    expect(await status(sentinelPort, origin)).toMatchObject({ state: "WELL", cors: origin });
    expect((await status(sentinelPort, "http://evil.example")).cors).toBeNull();
    const { cors: _cors, ...said } = await status(sentinelPort);
    expect(Object.keys(said).toSorted()).toEqual(
      ["forMs", "pid", "reasons", "sentinel", "silentMs", "state", "storeMode"].toSorted(),
    );
  });

  it("SENT-8 given a page, then its policy lets it connect to the sentinel, and hello names the address", async () => {
    const page = await fetch(`${server.url}/console`);
    const address = `http://127.0.0.1:${sentinelPort}`;
    expect(page.headers.get("content-security-policy")).toContain(address);
    const cookie = await signIn(server.url, "wuhan.duty");
    let hello: unknown;
    const socket = await RawClient.open(
      server.url,
      { seat: "console", cookie },
      {
        onEvent: ({ event, body }) => {
          if (event === "hello") hello = body;
        },
      },
    );
    await eventually(
      () => expect(hello).toMatchObject({ sentinel: expect.stringContaining(`:${sentinelPort}`) }),
      3_000,
    );
    socket.terminate();
  });

  it("SENT-2 given an event loop that stalls, then the alarm stands within 7 s and ends with the stall", async () => {
    process.kill(server.pid, "SIGSTOP");
    const after = await alarmed("SILENT");
    process.kill(server.pid, "SIGCONT");
    await well();
    expect(after).toBeGreaterThan(3_000);
  }, 40_000);

  it("SENT-6 given a sign of life that cannot be written, then sentinel and heartbeats say so, until it can", async () => {
    const inTheWay = join(dataDir, "sentinel", "beat.json.new");
    const beats = await listenToBeats(server.url);
    await mkdir(inTheWay);
    await alarmed("SILENT");
    await eventually(() => expect(beats.trouble()).toContain("BEAT_FAILED"), 8_000);
    await rmdir(inTheWay);
    await well();
    await eventually(() => expect(beats.trouble()).toEqual([]), 8_000);
    beats.close();
  }, 60_000);

  it("SENT-3 given a webhook that refuses at first, then it has been told of each alarm and its end, in order", async () => {
    await eventually(() => expect(posted.length).toBeGreaterThanOrEqual(4), 20_000);
    expect(posted.map(({ state }) => state).slice(0, 4)).toEqual(["LATE", "WELL", "LATE", "WELL"]);
    expect(Object.keys(JSON.parse(posted[0]?.body ?? "{}")).toSorted()).toEqual(
      ["at", "deployment", "reasons", "state"].toSorted(),
    );
  }, 30_000);

  it("SENT-2 given a scan of deadlines that hangs while the server lives, then sentinel and heartbeats say so", async () => {
    const beats = await listenToBeats(server.url);
    server.order("hang-scan");
    await alarmed("SCAN_LATE");
    await eventually(() => expect(beats.trouble()).toContain("SCAN_LATE"), 5_000);
    beats.close();
  }, 40_000);

  it("SENT-4 given a server that is killed, then its sentinel alarms on, and gives way to that of the next server", async () => {
    const { pid: first } = await status(sentinelPort);
    await kill9(server);
    await alarmed("SILENT");
    expect(server.output()).toMatch(/sentinel: ALARM .*SILENT/);
    await start();
    // Until the next one has the port, the first sees that the server is well again.
    await eventually(
      async () => expect((await status(sentinelPort)).pid).not.toBe(first),
      WELL_WITHIN_MS,
    );
    await well();
    await eventually(() => expect(isRunning(first)).toBe(false), 5_000);
  }, 60_000);

  it("SENT-4 given a server that is stopped in order, then its sentinel goes with it", async () => {
    const { pid } = await status(sentinelPort);
    await server.stop();
    await eventually(() => expect(isRunning(pid)).toBe(false), 5_000);
    await expect(status(sentinelPort)).rejects.toThrow();
  }, 30_000);

  it("SENT-5 given a port that a stranger holds, then the sentinel says so and watches without it", async () => {
    const stranger = createServer((_incoming, outgoing) => outgoing.end("{}"));
    await new Promise<void>((resolve) => stranger.listen(sentinelPort, "127.0.0.1", resolve));
    const child = spawn(process.execPath, [SENTINEL], {
      env: {
        PATH: process.env.PATH,
        DATA_DIR: dataDir,
        PORT: String(port),
        SENTINEL_PORT: String(sentinelPort),
      },
      stdio: ["ignore", "ignore", "pipe"],
    });
    pids.push(child.pid ?? 0);
    let text = "";
    child.stderr?.on("data", (chunk: Buffer) => {
      text += chunk.toString();
    });
    await eventually(() => expect(text).toContain("is taken by another program"), 10_000);
    await eventually(() => expect(text).toMatch(/ALARM SILENT/), 10_000);
    stranger.close();
    stranger.closeAllConnections();
    await eventually(async () => expect((await status(sentinelPort)).state).toBe("LATE"), 10_000);
    child.kill("SIGTERM");
    await eventually(() => expect(child.exitCode).toBe(0), 5_000);
  }, 60_000);

  it("SENT-4 given a demonstration whose server was killed for good, then its sentinel ends by itself after a minute", async () => {
    await eventually(() => expect(isRunning(orphan.pid)).toBe(false), ORPHAN_ENDS_WITHIN_MS);
  }, 120_000);
});

interface Orphan {
  readonly pid: number;
  readonly dataDir: string;
}

/** A sentinel whose server was killed at once; its minute passes while the others are tried. */
async function startOrphan(): Promise<Orphan> {
  const dataDir = await mkdtemp(join(tmpdir(), "sentinel-orphan-"));
  const sentinelPort = await freePort();
  const env = { SENTINEL: "1", SENTINEL_PORT: String(sentinelPort) };
  const server = await spawnServer({ dataDir, port: await freePort(), env, main: MAIN });
  const { pid } = await eventually(() => status(sentinelPort), WELL_WITHIN_MS);
  await kill9(server);
  return { pid, dataDir };
}

async function listenToBeats(url: string) {
  let trouble: readonly string[] = [];
  const socket = await RawClient.open(
    url,
    { seat: "console", cookie: await signIn(url, "wuhan.duty") },
    {
      onEvent: ({ event, body }) => {
        if (event === "hb") ({ trouble } = body as Heartbeat);
      },
    },
  );
  socket.emit("resume", null);
  return { trouble: () => trouble, close: () => socket.terminate() };
}
