import { hostname } from "node:os";
import { describe, expect, test } from "vitest";
import { ConfigError, readConfig } from "../../server/config.ts";
import { SETTINGS, settingsTable } from "../../server/settings.ts";

type Environment = Readonly<Record<string, string>>;

const read = (env: Environment) => readConfig(env, () => ["duty-desk", "10.1.2.3"]);

function linesOf(env: Environment): readonly string[] {
  try {
    read(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.lines;
    throw error;
  }
  return [];
}

describe("configuration", () => {
  test("CFG-1 an empty environment is a demonstration on this machine alone", () => {
    expect(read({})).toEqual({
      port: 3000,
      host: "127.0.0.1",
      dataDir: "./data",
      store: { kind: "sqlite" },
      node: { name: hostname(), isNamed: false },
      demo: true,
      deployment: "湖北省执行指挥",
      simulator: { officers: 350, speed: 1, seed: 7 },
      origins: ["http://localhost:3000", "http://127.0.0.1:3000", "http://[::1]:3000"],
      secureCookies: true,
      trustedProxies: [],
      logLevel: "info",
      sessionHours: 12,
      metricsReaders: ["127.0.0.1", "::1"],
      vaultKeyFile: "data/vault.key",
      demoSeedFile: "data/demo.seed",
      anchors: {
        file: "data/anchors/anchors.ndjson",
        keyFile: "data/anchor.key",
        makeFolder: true,
        makeKey: true,
      },
      emergency: { dir: "data/emergency", ballastBytes: 67_108_864 },
      tracks: { dir: "data/tracks", keepDays: 90 },
      hashAlg: "sha256",
      sentinel: { start: true, port: 3001 },
    });
  });

  test("ANC-5 an anchor file or key that somebody named is not made where it is missing", () => {
    const named = read({ ANCHOR_FILE: "/mnt/worm/a.ndjson", ANCHOR_KEY_FILE: "/etc/ec/a.key" });
    expect(named.anchors).toEqual({
      file: "/mnt/worm/a.ndjson",
      keyFile: "/etc/ec/a.key",
      makeFolder: false,
      makeKey: false,
    });
  });

  test("CFG-2 every wrong setting has one line that says what to write", () => {
    expect(linesOf({ PORT: "70000", STORE: "mysql", SIMULATOR_SPEED: "-1", DEMO: "yes" })).toEqual([
      "PORT=70000: must be a whole number from 1 to 65535, e.g. PORT=3000",
      "STORE=mysql: must be sqlite, mongodb or memory",
      "DEMO=yes: must be 0 or 1",
      "SIMULATOR_SPEED=-1: must be a number above 0 and at most 60, e.g. SIMULATOR_SPEED=1",
    ]);
  });

  test("CFG-2 a line never repeats a secret", () => {
    const [line] = linesOf({ STORE: "mongodb", MONGODB_URI: "mongo://admin:pass1234@db" });
    expect(line).toMatch(/^MONGODB_URI: must be a MongoDB URI/);
    expect(line).not.toContain("pass1234");
  });

  test.each([
    [{ TLS_CERT: "a.pem" }, "TLS_KEY: write the file"],
    [{ TLS_KEY: "a.key" }, "TLS_CERT: write the file"],
  ])("CFG-3 certificate and key come together: %o", (env, line) => {
    expect(linesOf(env)).toEqual([expect.stringContaining(line)]);
  });

  test.each([
    [{ HOST: "0.0.0.0" }],
    [{ HOST: "10.1.2.3", ALLOW_INSECURE_NETWORK: "1" }],
    [{ HOST: "::", ALLOW_INSECURE_NETWORK_CONFIRM: "yes" }],
  ])("CFG-4 listening beyond this machine without TLS must be told twice: %o", (env) => {
    expect(linesOf(env)).toEqual([expect.stringContaining("ALLOW_INSECURE_NETWORK_CONFIRM=yes")]);
  });

  test("CFG-4 told twice, it is accepted, and cookies are plain", () => {
    const told = { ALLOW_INSECURE_NETWORK: "1", ALLOW_INSECURE_NETWORK_CONFIRM: "yes" };
    const config = read({ HOST: "10.1.2.3", ...told });
    expect(config.origins).toEqual(["http://10.1.2.3:3000"]);
    expect(config.secureCookies).toBe(false);
  });

  test("CFG-5 with TLS on every address, all names of the machine are origins", () => {
    const config = read({ HOST: "0.0.0.0", TLS_CERT: "c.pem", TLS_KEY: "k.pem", PORT: "443" });
    expect(config.origins).toEqual([
      "https://localhost",
      "https://127.0.0.1",
      "https://[::1]",
      "https://duty-desk",
      "https://10.1.2.3",
    ]);
    expect(config.secureCookies).toBe(true);
    expect(config.tls).toEqual({ certFile: "c.pem", keyFile: "k.pem" });
  });

  test.each([
    "https://a.cn/",
    "https://a.cn/x",
    "*",
    "null",
    "a.cn",
    "ftp://a.cn",
    "https://A.cn",
    "https://u@a.cn",
  ])("CFG-5 an origin is exact: %s is refused", (origin) => {
    expect(linesOf({ ORIGINS: origin })).toEqual([expect.stringContaining("ORIGINS")]);
  });

  test.each([
    [{ STORE: "memory" }, "STORE=memory"],
    [{ SIMULATOR: "1" }, "SIMULATOR=1"],
    [
      { STORE: "mongodb", MONGODB_URI: "mongodb://db/ec", MONGODB_ALLOW_STANDALONE: "1" },
      "MONGODB_ALLOW_STANDALONE=1",
    ],
  ])("CFG-6 a LIVE log takes no shortcut of the demonstration: %o", (env, line) => {
    expect(linesOf({ DEMO: "0", ...env })).toEqual([expect.stringContaining(line)]);
    expect(linesOf({ DEMO: "1", ...env })).toEqual([]);
  });

  test("CFG-6 without DEMO there is no simulator", () => {
    expect(read({ DEMO: "0" }).simulator).toBeUndefined();
    expect(read({ SIMULATOR: "0" }).simulator).toBeUndefined();
  });

  test("CFG-7 STORE=mongodb needs a URI that names its database", () => {
    expect(linesOf({ STORE: "mongodb" })).toEqual([expect.stringContaining("MONGODB_URI")]);
    expect(linesOf({ STORE: "mongodb", MONGODB_URI: "mongodb://db" })).toHaveLength(1);
    const uri = "mongodb://a,b,c/ec?replicaSet=rs0";
    expect(read({ STORE: "mongodb", MONGODB_URI: uri }).store).toEqual({
      kind: "mongodb",
      uri,
      allowStandalone: false,
    });
  });

  test("CFG-8 every default is itself a valid setting", () => {
    const defaults = Object.fromEntries(SETTINGS.map((s) => [s.name, s.default]));
    expect(read(defaults)).toEqual(read({}));
  });

  test("CFG-8 the table for readers names every setting once", () => {
    const names = settingsTable()
      .split("\n")
      .slice(2)
      .map((row) => row.split("|")[1]?.trim());
    expect(names).toEqual(SETTINGS.map((s) => s.name));
  });
});
