/** A server that is told to stop: what it acknowledged is kept, everybody is told, and it does end. */
import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { expectHistory } from "../support/history/expect-history.ts";
import { createRecorder } from "../support/history/recorder.ts";
import { freePort } from "../support/server/free-port.ts";
import { createPhones } from "../support/server/phones.ts";
import { RawClient } from "../support/server/raw-client.ts";
import { verifyLog } from "../support/server/read-log.ts";
import { deviceTokens, type ServerProcess, spawnServer } from "../support/server/server-process.ts";
import { timesOf, tried } from "../support/trials.ts";

/** `SHUTDOWNS`: stops under load. */
const ROUNDS = timesOf("SHUTDOWNS", 3);
const PHONES = 20;
/** A service manager waits 10 s or so before it kills. */
const ENDS_WITHIN_MS = 3_000;

describe("a server that is told to stop", () => {
  let dataDir: string;
  let port: number;
  let server: ServerProcess | undefined;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "shutdown-"));
    port = await freePort();
  });
  afterEach(async () => {
    if (server?.isRunning()) await server.kill();
    await rm(dataDir, { recursive: true, force: true });
  });

  const stopped = async (running: ServerProcess) => {
    const from = performance.now();
    const { code, signal } = await running.stop();
    return { code, signal, isPrompt: performance.now() - from < ENDS_WITHIN_MS };
  };

  it(
    "FLT-30 given phones under way, when SIGTERM comes, then it ends with 0, every socket heard SHUTDOWN, and what was acknowledged is there after the next start",
    async () => {
      server = await spawnServer({ dataDir, port });
      const devices = (await deviceTokens(dataDir)).filter((d) => /-police2?$/.test(d.officerId));
      const recorder = createRecorder(join(dataDir, "history.ndjson"));
      const phones = createPhones(server.url, devices.slice(0, PHONES), recorder);
      for (let round = 0; round < ROUNDS; round += 1) {
        const reasons: unknown[] = [];
        const onEvent = ({ event, body }: { event: string; body: unknown }) => {
          if (event === "closing") reasons.push(body);
        };
        const watchers = await Promise.all(
          devices
            .slice(PHONES, PHONES + 10)
            .map(({ token }) =>
              RawClient.open(server?.url ?? "", { seat: "field", device: token }, { onEvent }),
            ),
        );
        const load = phones.start();
        await new Promise((resolve) => setTimeout(resolve, 500 + Math.random() * 500));
        expect(await stopped(server)).toEqual({ code: 0, signal: null, isPrompt: true });
        await load.stop();
        await Promise.all(watchers.map(({ closed }) => closed));
        expect(reasons).toEqual(watchers.map(() => ({ reason: "SHUTDOWN" })));
        await expectHistory(recorder, dataDir);
        expect(await verifyLog(dataDir)).toMatchObject({ exit: 0 });
        server = await spawnServer({ dataDir, port });
        await phones.sendAgain();
        await expectHistory(recorder, dataDir);
      }
      recorder.close();
      tried("SIGTERM under load", ROUNDS);
    },
    30_000 + ROUNDS * 15_000,
  );

  it("FLT-31 given connections that say nothing, or half a request, or read nothing, when SIGTERM comes, then it ends with 0 all the same", async () => {
    server = await spawnServer({ dataDir, port });
    const [device] = await deviceTokens(dataDir);
    const silent = connect(port, "127.0.0.1");
    const half = connect(port, "127.0.0.1");
    half.write(
      `POST /api/commands HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${device?.token}\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{"id":`,
    );
    const deaf = await RawClient.open(server.url, { seat: "field", device: device?.token ?? "" });
    deaf.stall();
    for (const socket of [silent, half]) socket.on("error", () => undefined);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await stopped(server)).toEqual({ code: 0, signal: null, isPrompt: true });
    for (const socket of [silent, half]) socket.destroy();
    deaf.terminate();
  }, 40_000);
});
