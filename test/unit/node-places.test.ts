import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readConfig } from "../../server/config.ts";
import { demoSecrets } from "../../server/demo/seed.ts";
import { ownPlaces } from "../../server/node-places.ts";

describe("what is a node's alone", () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "node-places-"));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  const config = (name: string, more: Record<string, string> = {}) =>
    readConfig({ DATA_DIR: dir, ...(name ? { NODE_NAME: name } : {}), ...more }, () => []);
  const placesOf = async (name: string, more = {}, claim = true) => {
    const places = await ownPlaces(config(name, more), claim);
    return [places.ownDir, places.emergency.dir, places.tracks.dir, places.anchors.file];
  };
  const own = () => [
    dir,
    join(dir, "emergency"),
    join(dir, "tracks"),
    join(dir, "anchors", "anchors.ndjson"),
  ];
  const beneath = (name: string) => [
    join(dir, "nodes", name),
    join(dir, "emergency", "nodes", name),
    join(dir, "tracks", "nodes", name),
    join(dir, "anchors", `anchors.${name}.ndjson`),
  ];

  test("NODE-9 given no name, then the folder is used as ever, and nothing is written", async () => {
    expect(await placesOf("")).toEqual(own());
    expect(await readdir(dir)).toEqual([]);
  });

  test("NODE-9 given several names, then the first goes on with the files that are there, the others lie beneath, and so after every start", async () => {
    for (let start = 0; start < 2; start += 1) {
      expect(await placesOf("node-a")).toEqual(own());
      expect(await placesOf("node-b")).toEqual(beneath("node-b"));
    }
    expect(await placesOf("")).toEqual(own());
  });

  test("NODE-9 given many that start at once, then one owns the folder", async () => {
    const names = Array.from({ length: 12 }, (_, i) => `node-${i}`);
    const places = await Promise.all(names.map((name) => placesOf(name)));
    const owner = (await readFile(join(dir, "node"), "utf8")).trim();
    expect(places).toEqual(names.map((name) => (name === owner ? own() : beneath(name))));
    expect((await readdir(dir)).toSorted()).toEqual(["node", "nodes"]);
  });

  test("NODE-15 given a sentinel that looks before any server started, then it claims nothing", async () => {
    expect(await placesOf("node-b", {}, false)).toEqual(own());
    expect(await placesOf("node-a")).toEqual(own());
    expect(await placesOf("node-b", {}, false)).toEqual(beneath("node-b"));
  });

  test("NODE-9 given folders that somebody named, then they are divided too", async () => {
    await placesOf("node-a");
    const named = { EMERGENCY_DIR: "/e", TRACKS_DIR: "/t", ANCHOR_FILE: "/w/a.ndjson" };
    expect((await placesOf("node-b", named)).slice(1)).toEqual([
      "/e/nodes/node-b",
      "/t/nodes/node-b",
      "/w/a.node-b.ndjson",
    ]);
  });

  test("NODE-17 given nodes with a folder each and the vault's key, then they make the same tokens; one without others, or with a seed of before, its own", async () => {
    const key = new Uint8Array(32).fill(5);
    const folder = async (name: string) => mkdtemp(join(dir, name));
    const [a, b, alone] = [await folder("a"), await folder("b"), await folder("alone")];
    const of = async (at: string, shared?: Uint8Array) =>
      (await demoSecrets(join(at, "demo.seed"), shared))("d1");
    expect(await of(b, key)).toBe(await of(a, key));
    const before = await of(alone);
    expect([before === (await of(a)), await of(alone, key)]).toEqual([false, before]);
  });

  test("CFG-2 given a name that could leave the folder, or an address that is no Redis, then it is refused, and the address is not repeated", () => {
    for (const name of ["..", "a/b", "", " ", "-a"].filter(Boolean))
      expect(() => config(name)).toThrow("NODE_NAME");
    const secret = "http://user:geheim@redis";
    expect(() => config("a", { REDIS_URL: secret })).toThrow(/^(?!.*geheim).*REDIS_URL/);
    expect(config("a", { REDIS_URL: "rediss://:pw@redis:6380/1" }).node).toEqual({
      name: "a",
      isNamed: true,
      redisUrl: "rediss://:pw@redis:6380/1",
    });
  });
});
