/** A server that writes anchors, the tool that checks them, and a disk that takes none. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { anchoredSeqs } from "../support/anchors/anchored-history.ts";
import { envelope } from "../support/server/envelope.ts";
import { eventually } from "../support/server/eventually.ts";
import { freePort } from "../support/server/free-port.ts";
import { request } from "../support/server/http-client.ts";
import { deviceTokens, type ServerProcess, spawnServer } from "../support/server/server-process.ts";
import { notRun } from "../support/trials.ts";

const soon = (look: () => Promise<void>) => eventually(look, 15_000);
const FULL_DISK = "/dev/full";

describe("anchors of a running server", () => {
  let dataDir: string;
  let port: number;
  let server: ServerProcess | undefined;
  beforeEach(async () => {
    port = await freePort();
    dataDir = await mkdtemp(join(tmpdir(), "anchoring-"));
  });
  afterEach(async () => {
    if (server?.isRunning()) await server.kill();
    await rm(dataDir, { recursive: true, force: true });
  });

  const anchorsFile = () => join(dataDir, "anchors", "anchors.ndjson");
  const linesOf = async (file: string) =>
    (await readFile(file, "utf8").catch(() => "")).split("\n").filter((line) => line !== "");

  async function start(env: Record<string, string> = {}): Promise<ServerProcess> {
    server = await spawnServer({ dataDir, port, env });
    return server;
  }

  async function sendSos({ url }: ServerProcess, id: string): Promise<number> {
    const [device] = await deviceTokens(dataDir);
    const who = { device: device?.token ?? "" };
    return (await request(url, "POST", "/api/commands", who, envelope("incident.sos", id))).status;
  }

  function tool(name: string, ...args: string[]): Promise<{ exit: number; out: string }> {
    const script = fileURLToPath(new URL(`../../server/cli/${name}.ts`, import.meta.url));
    return new Promise((resolve) => {
      const child = execFile(process.execPath, [script, ...args], (_error, out, err) => {
        resolve({ exit: child.exitCode ?? -1, out: out + err });
      });
    });
  }
  const verify = (...args: string[]) => tool("log-verify", "--data", dataDir, ...args);
  const withAnchors = () =>
    verify("--anchors", anchorsFile(), "--public-key", join(dataDir, "anchor.key.pub"));

  const cutTail = (rows: number): void => {
    const db = new DatabaseSync(join(dataDir, "log.db"), { enableForeignKeyConstraints: false });
    db.exec(`DROP TRIGGER commits_no_delete; DROP TRIGGER command_ids_no_delete;
      DELETE FROM commits WHERE seq > (SELECT max(seq) - ${rows} FROM commits);
      DELETE FROM command_ids WHERE seq > (SELECT max(seq) FROM commits)`);
    db.close();
  };

  const readyz = async ({ url }: ServerProcess) => (await fetch(`${url}/readyz`)).json();

  it("ANC-2 ANC-10 given a server that stops, when verified with its anchors, then all of the log is vouched for, and a tail cut after it is found", async () => {
    const running = await start();
    expect(await sendSos(running, "a1")).toBe(200);
    expect(await running.stop()).toEqual({ code: 0, signal: null });
    expect((await stat(join(dataDir, "anchor.key"))).mode & 0o777).toBe(0o600);
    const sound = await withAnchors();
    expect(sound).toMatchObject({
      exit: 0,
      out: expect.stringMatching(/all but the last 0 commits\n(.|\n)*access: agrees with/),
    });
    expect(sound.out).not.toContain("own word");
    const head = anchoredSeqs(await linesOf(anchorsFile())).at(-1) ?? 0;
    cutTail(3);
    expect(await verify()).toMatchObject({ exit: 0 });
    expect(await withAnchors()).toMatchObject({
      exit: 1,
      out: expect.stringMatching(new RegExp(`^commit ${head - 2}: missing: the log ends at`)),
    });
    const again = await start();
    await soon(async () => {
      expect(await readyz(again)).toEqual({
        status: "READY",
        warnings: ["ANCHORS_OTHER_HISTORY"],
      });
    });
    expect(await sendSos(again, "a2")).toBe(200);
  });

  it("ANC-2 given a server killed at any time, when it starts again, then its anchors go on in the same file and verify", async () => {
    for (let round = 0; round < 3; round += 1) {
      const running = await start();
      await sendSos(running, `k${round}`);
      const held = (await linesOf(anchorsFile())).length;
      await soon(async () => {
        expect((await linesOf(anchorsFile())).length).toBeGreaterThan(Math.min(held, round));
      });
      await running.kill();
    }
    expect(await withAnchors()).toMatchObject({ exit: 0 });
  });

  it.skipIf(!existsSync(FULL_DISK))(
    "ANC-4 given a full disk for the anchors, when commands come, then they are taken, the server is ready with a warning, says it in its metrics and once in its log, and stops",
    async () => {
      const running = await start({ ANCHOR_FILE: FULL_DISK });
      await soon(async () => {
        expect(await readyz(running)).toEqual({
          status: "READY",
          warnings: ["ANCHORS_NOT_WRITTEN"],
        });
      });
      expect(await sendSos(running, "f1")).toBe(200);
      const metrics = await (await fetch(`${running.url}/metrics`)).text();
      expect(metrics).toContain('ec_anchor_trouble{stream="log"} 1');
      expect(await running.stop()).toEqual({ code: 0, signal: null });
      const said = running.output().match(/"store":"log","code":"NOT_WRITTEN"/g);
      expect(said).toHaveLength(1);
      expect(running.output()).toContain('"code":"ENOSPC"');
      expect(await verify()).toMatchObject({ exit: 0 });
    },
  );
  if (!existsSync(FULL_DISK)) notRun(`ANC-4 with a full disk: no ${FULL_DISK} here`);

  it("ANC-4 ANC-5 given a folder that is missing, when it is mounted later, then the anchors are written and the warning goes", async () => {
    const folder = join(dataDir, "worm");
    const running = await start({ ANCHOR_FILE: join(folder, "anchors.ndjson") });
    await soon(async () => {
      expect(await readyz(running)).toMatchObject({ warnings: ["ANCHORS_NOT_WRITTEN"] });
    });
    expect(existsSync(folder)).toBe(false);
    await mkdir(folder);
    await soon(async () => {
      expect(await readyz(running)).toEqual({ status: "READY" });
      expect((await linesOf(join(folder, "anchors.ndjson"))).length).toBeGreaterThanOrEqual(3);
    });
    const metrics = await (await fetch(`${running.url}/metrics`)).text();
    expect(metrics).toContain('ec_anchor_trouble{stream="log"} 0');
    expect(metrics).toMatch(/ec_anchored_seq\{stream="log"\} \d/);
  });

  it("ANC-5 given a key that somebody named and that is missing, when started, then no key is made and commands go on", async () => {
    const keyFile = join(dataDir, "elsewhere.key");
    const running = await start({ ANCHOR_KEY_FILE: keyFile });
    await soon(async () => {
      expect(await readyz(running)).toMatchObject({ warnings: ["ANCHORS_KEY"] });
    });
    expect(existsSync(keyFile)).toBe(false);
    expect(await sendSos(running, "n1")).toBe(200);
  });

  it("ANC-7 ANC-10 given a key that is replaced, when the server starts with the new one, then the file verifies with the first public key, and not with another", async () => {
    await (await start()).stop();
    const [old, next] = [join(dataDir, "anchor.key"), join(dataDir, "next.key")];
    const replace = ["--out", next, "--replaces", old, "--anchors", anchorsFile()];
    expect(await tool("anchor-key", ...replace)).toMatchObject({ exit: 0 });
    const count = (await linesOf(anchorsFile())).length;
    expect(await tool("anchor-key", ...replace)).toMatchObject({ exit: 0 });
    expect(await linesOf(anchorsFile())).toHaveLength(count);

    const withOld = await start();
    await sendSos(withOld, "r1");
    await soon(async () => {
      expect(await readyz(withOld)).toMatchObject({ warnings: ["ANCHORS_KEY_REPLACED"] });
    });
    await withOld.stop();
    expect(await linesOf(anchorsFile())).toHaveLength(count);

    await (await start({ ANCHOR_KEY_FILE: next })).stop();
    expect((await linesOf(anchorsFile())).length).toBeGreaterThan(count);
    const sound = await withAnchors();
    expect(sound).toMatchObject({ exit: 0, out: expect.stringContaining("all but the last 0") });
    const wrong = await verify("--anchors", anchorsFile(), "--public-key", `${next}.pub`);
    expect(wrong).toMatchObject({ exit: 1, out: expect.stringMatching(/^anchors: line 1: /) });
    const ownWord = await verify("--anchors", anchorsFile());
    expect(ownWord).toMatchObject({ exit: 0, out: expect.stringContaining("own word") });
  });

  it("ANC-10 given wrong usage or files that cannot be read, when verified, then exit status 2", async () => {
    await (await start()).stop();
    expect(await verify("--anchors", join(dataDir, "nowhere"))).toMatchObject({ exit: 2 });
    const key = ["--public-key", join(dataDir, "log.db")];
    expect(await verify("--anchors", anchorsFile(), ...key)).toMatchObject({ exit: 2 });
    expect(await verify(...key)).toMatchObject({ exit: 2 });
    await rm(join(dataDir, "access.db"));
    expect(await withAnchors()).toMatchObject({
      exit: 1,
      out: expect.stringContaining("access: commit 0: missing"),
    });
  });

  it("ANC-5 given wrong usage or a key that exists, when a key is made, then it says so and nothing is overwritten", async () => {
    const out = join(dataDir, "k");
    expect(await tool("anchor-key")).toMatchObject({ exit: 2 });
    expect(await tool("anchor-key", "--out", out, "--replaces", "x")).toMatchObject({ exit: 2 });
    expect(await tool("anchor-key", "--out", out)).toMatchObject({ exit: 0 });
    const made = await readFile(out, "utf8");
    expect(await tool("anchor-key", "--out", out)).toMatchObject({
      exit: 1,
      out: expect.stringContaining("never overwritten"),
    });
    expect(await readFile(out, "utf8")).toBe(made);
    const noAnchors = ["--replaces", out, "--anchors", join(dataDir, "none")];
    expect(await tool("anchor-key", "--out", join(dataDir, "l"), ...noAnchors)).toMatchObject({
      exit: 1,
      out: expect.stringContaining("holds no anchor"),
    });
  });
});
