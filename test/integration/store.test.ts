/** A history that is not the one that was written, or not this deployment's, is not served. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { envelope } from "../support/server/envelope.ts";
import { freePort } from "../support/server/free-port.ts";
import { request } from "../support/server/http-client.ts";
import { verifyLog } from "../support/server/read-log.ts";
import { deviceTokens, spawnServer, spawnToEnd } from "../support/server/server-process.ts";

const TAMPERED = 7;

describe("a log that was changed", () => {
  let dataDir: string;
  let port: number;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "store-"));
    port = await freePort();
    const server = await spawnServer({ dataDir, port });
    const [device] = await deviceTokens(dataDir);
    for (let i = 0; i < 3; i += 1) {
      await request(
        server.url,
        "POST",
        "/api/commands",
        { device: device?.token ?? "" },
        envelope("incident.sos", `i${i}`),
      );
    }
    expect(await server.stop()).toEqual({ code: 0, signal: null });
  });
  afterAll(() => rm(dataDir, { recursive: true, force: true }));

  /** Past the append-only triggers, as somebody with the file would. */
  const alter = (sql: string): void => {
    const db = new DatabaseSync(join(dataDir, "log.db"), { enableForeignKeyConstraints: false });
    const triggers = db
      .prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
      .all() as { name: string; sql: string }[];
    for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`);
    db.exec(sql);
    for (const trigger of triggers) db.exec(trigger.sql);
    db.close();
  };

  it("FLT-40 given a sound log, when verified, then exit 0", async () => {
    expect(await verifyLog(dataDir)).toMatchObject({
      exit: 0,
      out: expect.stringContaining("verified"),
    });
  });

  it("FLT-40 given one changed character in a commit, when verified or started, then both name that commit and the server does not start", async () => {
    alter(`UPDATE commits SET body = replace(body, '"v":1', '"v": 1') WHERE seq = ${TAMPERED}`);
    expect(await verifyLog(dataDir)).toMatchObject({
      exit: 1,
      out: expect.stringContaining(`commit ${TAMPERED}:`),
    });
    const refused = await spawnToEnd({ dataDir, port });
    expect(refused).toMatchObject({
      code: 1,
      output: expect.stringMatching(new RegExp(`log cannot be opened: commit ${TAMPERED}\\b`)),
    });
    expect(refused.output).not.toMatch(/\n\s+at /);
    alter(`UPDATE commits SET body = replace(body, '"v": 1', '"v":1') WHERE seq = ${TAMPERED}`);
    expect(await verifyLog(dataDir)).toMatchObject({ exit: 0 });
  });

  it("FLT-40 given a commit taken out of the middle, when started, then the server names the gap", async () => {
    alter(
      `CREATE TABLE kept AS SELECT * FROM commits WHERE seq = ${TAMPERED}; DELETE FROM commits WHERE seq = ${TAMPERED}`,
    );
    expect(await verifyLog(dataDir)).toMatchObject({
      exit: 1,
      out: expect.stringContaining(`commit ${TAMPERED}`),
    });
    expect(await spawnToEnd({ dataDir, port })).toMatchObject({
      code: 1,
      output: expect.stringContaining(`commit ${TAMPERED + 1} follows ${TAMPERED - 1}`),
    });
    alter("INSERT INTO commits SELECT * FROM kept; DROP TABLE kept");
    expect(await verifyLog(dataDir)).toMatchObject({ exit: 0 });
  });

  it("FLT-41 given a demonstration's data, when a LIVE server is started on it, then it refuses in one line that names both modes", async () => {
    const refused = await spawnToEnd({ dataDir, port, env: { DEMO: "0" } });
    expect(refused.code).toBe(1);
    expect(refused.output.trim().split("\n")).toEqual([
      expect.stringMatching(
        /log cannot be opened: .*DEMO.*LIVE|log cannot be opened: .*LIVE.*DEMO/,
      ),
    ]);
    const again = await spawnServer({ dataDir, port });
    expect(await again.stop()).toEqual({ code: 0, signal: null });
  });
});
