/**
 * No byte of an acknowledgement leaves before the sync that covers its commit has returned.
 * Setting: `FSYNC_ACKS` acknowledgements that are looked at.
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fsyncOrder, straceArgs } from "../support/fsync/fsync-order.ts";
import { expectHistory } from "../support/history/expect-history.ts";
import { readHistory } from "../support/history/history.ts";
import { createRecorder } from "../support/history/recorder.ts";
import { createDuplicatingPhones } from "../support/server/duplicating-phones.ts";
import { envelope } from "../support/server/envelope.ts";
import { freePort } from "../support/server/free-port.ts";
import { request } from "../support/server/http-client.ts";
import { deviceTokens, type ServerProcess, spawnServer } from "../support/server/server-process.ts";
import { notRun, timesOf, tried } from "../support/trials.ts";

const ACKS = timesOf("FSYNC_ACKS", 1_000);
const PHONES = 60;
const WEAK_COMMITS = 200;
const WEAK_CHILD = fileURLToPath(new URL("../support/fsync/weak-child.ts", import.meta.url));

const canTrace = spawnSync("strace", ["-f", "-o", "/dev/null", "true"]).status === 0;
if (!canTrace) notRun("order of fsync and acknowledgement (strace may not trace here)");

describe.skipIf(!canTrace)("acknowledgement and fsync", () => {
  let folder: string;
  let server: ServerProcess | undefined;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "fsync-order-"));
  });
  afterEach(async () => {
    if (server?.isRunning()) await server.kill();
    await rm(folder, { recursive: true, force: true });
  });

  it(
    `PRV-21 given a traced server under load, when it acknowledges ${ACKS} commands by both roads, then a sync of the log covers each before its answer is written`,
    async () => {
      const trace = join(folder, "trace");
      const dataDir = join(folder, "data");
      server = await spawnServer({ dataDir, port: await freePort(), wrapper: straceArgs(trace) });
      const recorder = createRecorder(join(folder, "history.ndjson"));
      const devices = (await deviceTokens(dataDir)).slice(0, PHONES);
      const phones = createDuplicatingPhones(server.url, devices, recorder);
      await phones.send(ACKS);
      await phones.replay(0);
      await server.stop();
      await expectHistory(recorder, dataDir);
      const heard = (await readHistory(recorder.file)).filter(({ op }) => op === "ok");
      recorder.close();

      const { acknowledged, uncovered } = fsyncOrder(
        await readFile(trace, "utf8"),
        "log.db-wal",
        "ACCEPTED",
      );
      expect(uncovered).toEqual([]);
      const inTrace = new Set(acknowledged);
      expect(heard.filter(({ commandId }) => !inTrace.has(commandId))).toEqual([]);
      expect(acknowledged.length).toBeGreaterThanOrEqual(ACKS);
      tried("acknowledgement covered by its fsync: SQLite", acknowledged.length);
    },
    120_000 + ACKS * 30,
  );

  it("PRV-23 given a log that another program holds, when calls for help are answered JOURNALLED, then a sync of the journal covers each before its answer is written", async () => {
    const trace = join(folder, "trace");
    const dataDir = join(folder, "data");
    server = await spawnServer({ dataDir, port: await freePort(), wrapper: straceArgs(trace) });
    const { url } = server;
    const devices = (await deviceTokens(dataDir)).slice(0, PHONES);
    const locked = new DatabaseSync(join(dataDir, "log.db"));
    locked.exec("BEGIN IMMEDIATE");
    const answers = await Promise.all(
      devices.map(({ token }, i) => {
        const call = envelope("incident.sos", `sos-${i}`, {}, { deviceAt: Date.now() });
        return request(url, "POST", "/api/commands", { device: token }, call);
      }),
    );
    locked.exec("ROLLBACK");
    locked.close();
    await server.stop();
    const outcomes = answers.map(({ json }) => (json as { outcome?: string }).outcome);
    expect(outcomes).toEqual(devices.map(() => "JOURNALLED"));

    const text = await readFile(trace, "utf8");
    const { acknowledged, uncovered } = fsyncOrder(text, ".jnl", "JOURNALLED");
    expect(uncovered).toEqual([]);
    expect(acknowledged).toHaveLength(PHONES);
    tried("acknowledgement covered by its fsync: emergency journal", acknowledged.length);
  }, 120_000);

  it.each(["OFF", "NORMAL"])(
    "PRV-22 given a log with synchronous=%s, which a kill would not betray, when the same check reads its trace, then it finds acknowledgements without a sync",
    async (synchronous) => {
      const { acknowledged, uncovered } = await traceOfWeakChild(synchronous);
      expect(acknowledged).toHaveLength(WEAK_COMMITS);
      expect(uncovered.length).toBeGreaterThan(WEAK_COMMITS * 0.9);
      tried(`seeded defect found: synchronous=${synchronous}`, 1);
    },
    60_000,
  );

  it("PRV-22 given the same child with synchronous=FULL, when the check reads its trace, then nothing is found", async () => {
    const { acknowledged, uncovered } = await traceOfWeakChild("FULL");
    expect(acknowledged).toHaveLength(WEAK_COMMITS);
    expect(uncovered).toEqual([]);
  }, 60_000);

  const traceOfWeakChild = async (synchronous: string) => {
    const trace = join(folder, "trace");
    const [command = "", ...args] = straceArgs(trace);
    const child = spawn(
      command,
      [
        ...args,
        ...[process.execPath, WEAK_CHILD, join(folder, "log.db"), synchronous],
        String(WEAK_COMMITS),
      ],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    child.stdout.resume();
    // The tracer holds the pipe too: its end means that the trace is whole.
    await once(child, "close");
    return fsyncOrder(await readFile(trace, "utf8"), "log.db-wal", "ACCEPTED");
  };
});
