/**
 * Commands that come more than once, by both roads, late, after a kill: each takes effect once.
 * Settings: `DUPLICATES` commands in all, `MISUSES` ids that are used for something else.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { expectFolded } from "../support/history/expect-folded.ts";
import { expectHistory } from "../support/history/expect-history.ts";
import { journalSettled } from "../support/history/held-in-journal.ts";
import { createRecorder, heard, type Recorder } from "../support/history/recorder.ts";
import { createDuplicatingPhones } from "../support/server/duplicating-phones.ts";
import { eventually } from "../support/server/eventually.ts";
import { freePort } from "../support/server/free-port.ts";
import { readCommands, verifyLog } from "../support/server/read-log.ts";
import { deviceTokens, type ServerProcess, spawnServer } from "../support/server/server-process.ts";
import { saw, timesOf, tried } from "../support/trials.ts";

const COMMANDS = timesOf("DUPLICATES", 5_000);
const MISUSES = timesOf("MISUSES", 100);
const REPLAYED_AFTER_RESTART = 0.05;
/** The kill falls while these are still to be sent. */
const LEFT_AT_KILL = 200;
/** Measured on a quiet machine: 2 ms, replays within the phones' budgets included. */
const MS_PER_COMMAND = 20;

describe("commands that come again", () => {
  let folder: string;
  let dataDir: string;
  let server: ServerProcess | undefined;
  let recorder: Recorder;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "duplicates-"));
    dataDir = join(folder, "data");
    recorder = createRecorder(join(folder, "history.ndjson"));
  });
  afterEach(async () => {
    if (server?.isRunning()) await server.kill();
    recorder.close();
    await rm(folder, { recursive: true, force: true });
  });

  it(
    `FLT-7 given ${COMMANDS} commands, more than a tenth of them sent again by either road, with a kill between, then each takes effect once and every answer names the same commit`,
    async () => {
      const port = await freePort();
      server = await spawnServer({ dataDir, port });
      const phones = createDuplicatingPhones(server.url, await deviceTokens(dataDir), recorder);
      const firstHalf = phones.send(COMMANDS / 2);
      await eventually(
        () => expect(phones.made.length).toBeGreaterThan(COMMANDS / 2 - LEFT_AT_KILL),
        COMMANDS * MS_PER_COMMAND,
      );
      await server.kill();
      await firstHalf;
      server = await spawnServer({ dataDir, port });
      await phones.send(COMMANDS);
      await phones.replay(REPLAYED_AFTER_RESTART);
      const misused = (await phones.misuse(MISUSES)).map(heard);
      expect(misused.map(({ op, code }) => `${op} ${code}`)).toEqual(
        misused.map(() => "refused ID_REUSED"),
      );
      await journalSettled(join(dataDir, "emergency"));
      await server.stop();

      const counts = await expectHistory(recorder, dataDir);
      expect(counts.commands).toBeGreaterThanOrEqual(COMMANDS);
      expect(counts.acknowledged).toBe(counts.commands);
      expect(counts.duplicated / counts.commands).toBeGreaterThan(0.1);
      await expectFolded(
        dataDir,
        phones.made.map(({ command }) => command),
      );
      expect(await verifyLog(dataDir)).toMatchObject({ exit: 0 });
      await expectRecordedMisuse(misused.length);
      saw("duplicate command");
      tried("command of which a tenth comes again: SQLite", counts.commands);
      tried("command id used for something else", misused.length);
      process.stdout.write(
        `duplicates: ${counts.commands} commands in ${counts.calls} calls, ${counts.duplicated} sent more than once, ${counts.bothRoads} by both roads, 0 twice\n`,
      );
    },
    120_000 + COMMANDS * MS_PER_COMMAND,
  );

  const expectRecordedMisuse = async (times: number): Promise<void> => {
    const access = await readCommands(dataDir, "access");
    const events = access.flatMap(({ command }) => command.events.map(({ data }) => data));
    const reused = events.filter((data) => JSON.stringify(data).includes('"ID_REUSED"'));
    expect(reused).toHaveLength(times);
  };
});
