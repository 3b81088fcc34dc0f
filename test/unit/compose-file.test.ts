import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { readConfig } from "../../server/config.ts";
import { SETTINGS } from "../../server/settings.ts";

const text = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");

const service = z.looseObject({
  image: z.string().optional(),
  user: z.string(),
  read_only: z.literal(true),
  cap_drop: z.tuple([z.literal("ALL")]),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  healthcheck: z.looseObject({ test: z.array(z.string()).default([]) }).optional(),
});
const composeFile = z.looseObject({
  services: z.record(z.string(), service),
  volumes: z.record(z.string(), z.null()),
  networks: z.looseObject({ store: z.object({ internal: z.literal(true) }) }),
});

const compose = composeFile.parse(parse(text("docker-compose.yml"), { merge: true }));
const { app, sentinel, ...others } = compose.services;
const members = Object.keys(others);

/** As Docker Compose fills in a variable that nobody set. */
const filledIn = (value: string): string => value.replace(/\$\{[A-Z_]+(?::-([^}]*))?\}/g, "$1");

const environmentOf = (given: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(given).map(([name, value]) => [name, filledIn(value)]));

/** What the server would say to this environment; unknown names are wrong too. */
function complaints(environment: Readonly<Record<string, string>>): string[] {
  const known = new Set(SETTINGS.map(({ name }) => name));
  const unknown = Object.keys(environment).filter((name) => !known.has(name));
  try {
    readConfig(environmentOf(environment), () => []);
    return unknown;
  } catch (error) {
    return [...unknown, String(error)];
  }
}

/** Dockerfile instructions of the last stage, continued lines joined. */
const stage =
  text("Dockerfile")
    .replaceAll(/\\\n\s*/g, "")
    .split(/^FROM /m)
    .at(-1)
    ?.split("\n") ?? [];
const instruction = (name: string): string =>
  stage.find((line) => line.startsWith(`${name} `))?.slice(name.length + 1) ?? "";
const imageEnvironment = Object.fromEntries(
  instruction("ENV")
    .split(" ")
    .map((pair) => pair.split("=", 2) as [string, string]),
);

describe("the compose file", () => {
  test("CFG-9 every setting is known and valid", () => {
    expect(complaints(app?.environment ?? {})).toEqual([]);
  });

  test("CFG-9 an unknown name or a bad value would be noticed", () => {
    const good = app?.environment ?? {};
    expect(complaints({ ...good, STOER: "sqlite" })).toEqual(["STOER"]);
    expect(complaints({ ...good, STORE: "postgres" })).toEqual([
      expect.stringContaining("STORE=postgres"),
    ]);
  });

  test("CFG-9 it also starts as a LIVE system", () => {
    expect(complaints({ ...app?.environment, DEMO: "0" })).toEqual([]);
  });

  test("CFG-10 image and compose file agree on user, port and data folder", () => {
    const config = readConfig(environmentOf(app?.environment ?? {}), () => []);
    expect(instruction("USER")).toBe(app?.user);
    expect(instruction("EXPOSE")).toBe(String(config.port));
    expect(app?.ports).toEqual([`127.0.0.1:${config.port}:${config.port}`]);
    expect(instruction("VOLUME")).toBe(config.dataDir);
    expect(app?.volumes).toEqual([`app-data:${config.dataDir}`]);
    const { NODE_ENV: _mode, ...settings } = imageEnvironment;
    for (const [name, value] of Object.entries(settings)) {
      expect([name, app?.environment[name]]).toEqual([name, value]);
    }
  });

  test("CFG-10 the image asks /healthz, runs no install script and holds no key", () => {
    expect(instruction("HEALTHCHECK")).toContain("'/healthz'");
    const installs = text("Dockerfile").match(/npm ci[^\n]*/g) ?? [];
    expect(installs).toHaveLength(2);
    for (const install of installs) expect(install).toContain("--ignore-scripts");
    const ignored = text(".dockerignore").split("\n");
    for (const name of [".git", "data", "**/node_modules", "**/*.key", "**/.env*"]) {
      expect(ignored).toContain(name);
    }
  });

  test("CFG-11 the store is the replica set that the file starts, and nothing outside reaches it", () => {
    const config = readConfig(environmentOf(app?.environment ?? {}), () => []);
    const uri = new URL(
      config.store.kind === "mongodb" ? config.store.uri.replace(/,[^/]*/, "") : "",
    );
    expect(app?.environment.MONGODB_URI).toContain(`//${members.join(",")}/`);
    const set = uri.searchParams.get("replicaSet") ?? "";
    const founding = others.mongo1?.healthcheck?.test.join(" ") ?? "";
    expect(founding).toContain(`_id: "${set}"`);
    for (const [name, member] of Object.entries(others)) {
      expect(member.command).toContain(set);
      expect(member.ports).toEqual([]);
      expect(founding).toContain(`"${name}:27017"`);
      expect(app?.depends_on[name]).toEqual({ condition: "service_healthy" });
    }
    expect(config.store).toMatchObject({ allowStandalone: false });
  });

  test("SENT-4 the sentinel is a container of its own, with the app's settings, image and volume", () => {
    const config = readConfig(environmentOf(app?.environment ?? {}), () => []);
    expect(config.sentinel).toMatchObject({ start: false, url: "http://localhost:3001" });
    expect(sentinel?.environment).toEqual(app?.environment);
    expect(sentinel?.ports).toEqual([`127.0.0.1:${config.sentinel.port}:${config.sentinel.port}`]);
    expect(sentinel?.volumes).toEqual([`app-data:${config.dataDir}:ro`]);
    expect(sentinel?.command).toEqual(["node", "server/sentinel/main.ts"]);
    expect(sentinel?.depends_on).toEqual({});
  });

  test("CFG-11 every volume that is used is declared", () => {
    const used = Object.values(compose.services).flatMap(({ volumes }) =>
      volumes.map((volume) => volume.split(":")[0]),
    );
    expect([...new Set(used)].sort()).toEqual(Object.keys(compose.volumes).sort());
  });
});
