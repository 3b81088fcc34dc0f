import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { environmentOf, readCompose } from "../support/deployment/compose-file.ts";
import {
  complaintOf,
  configOf,
  deploymentFaults,
  nodesOf,
} from "../support/deployment/deployment-faults.ts";
import { readProxy, serversOf } from "../support/deployment/proxy-file.ts";

const text = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");

const given = { compose: text("docker-compose.yml"), proxy: text("server/deploy/haproxy.cfg") };
const compose = readCompose(given.compose);
const nodes = nodesOf(compose);
const [[, node] = []] = nodes;
if (!node) throw new Error("no node in the compose file");
const members = Object.keys(compose.services).filter((name) => name.startsWith("mongo"));

/** What is said of the files after an edit, which must be one. */
function faultsAfter(file: "compose" | "proxy", from: string | RegExp, to: string) {
  const spoilt = given[file].replace(from, to);
  expect(spoilt).not.toBe(given[file]);
  return deploymentFaults({ ...given, [file]: spoilt });
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
  test("DEP-1 every setting, name, bound and door is right", () => {
    expect(deploymentFaults(given)).toEqual([]);
  });

  test("CFG-9 it also starts as a LIVE system", () => {
    for (const [, { environment }] of nodes) {
      expect(complaintOf({ environment: { ...environment, DEMO: "0" } })).toBeUndefined();
    }
  });

  test("CFG-9 an unknown name or a bad value is noticed, in each service that has it", () => {
    expect(faultsAfter("compose", "  STORE: mongodb", "  STOER: mongodb")).toEqual(
      ["keys", "app1", "sentinel1", "app2", "sentinel2"].map(
        (name) => `${name}: no setting is called STOER`,
      ),
    );
    expect(faultsAfter("compose", "  STORE: mongodb", "  STORE: postgres")[0]).toContain(
      "STORE=postgres",
    );
  });

  test.each([...new Set(nodes.flatMap(([, { environment }]) => Object.keys(environment)))])(
    "CFG-9 given %s under another name, then it is noticed",
    (setting) => {
      const renamed = faultsAfter(
        "compose",
        new RegExp(`^  ${setting}: `, "gm"),
        `  ${setting}_2: `,
      );
      expect(renamed).toContainEqual(expect.stringContaining(`no setting is called ${setting}_2`));
    },
  );

  test("DEP-2 there are two nodes, and they differ in name, sentinel and simulator alone", () => {
    expect(nodes.map(([name]) => name)).toEqual(["app1", "app2"]);
    expect(faultsAfter("compose", "  NODE_NAME: app2", "  NODE_NAME: app1")).toContain(
      "two nodes have one name",
    );
    expect(
      faultsAfter("compose", "  NODE_NAME: app2", "  NODE_NAME: app2\n  SESSION_HOURS: '8'"),
    ).toContain("app1 and app2 differ in SESSION_HOURS");
    expect(faultsAfter("compose", '  SIMULATOR: "0"', '  SIMULATOR: "1"')).toEqual([
      "two simulators move the same officers",
    ]);
  });

  test("DEP-3 what the nodes must have the same lies on one volume that no node may write", () => {
    for (const setting of ["VAULT_KEY_FILE", "ANCHOR_KEY_FILE", "DEMO_SEED_FILE"]) {
      const own = faultsAfter("compose", new RegExp(`(${setting}): /keys`), "$1: /data");
      expect(own).toContain(`${setting} is not the same on all nodes`);
      // Left out, each node makes one of its own.
      const none = faultsAfter("compose", new RegExp(`^  ${setting}: .*$`, "m"), "");
      expect(none).toContain(`${setting} is not the same on all nodes`);
    }
    expect(faultsAfter("compose", "keys:/keys:ro", "keys:/keys")).toContain(
      "VAULT_KEY_FILE: a node may change it",
    );
    const { keys } = compose.services;
    expect(keys?.environment).toEqual(node.environment);
    expect(keys?.volumes).toEqual(["keys:/keys", "app1-data:/data:ro"]);
    expect(keys?.command).toEqual(["node", "server/cli/keys-share.ts"]);
    expect(node.depends_on.keys).toEqual({ condition: "service_completed_successfully" });
  });

  test("DEP-3 what each node writes alone lies on a volume of its own", () => {
    expect(faultsAfter("compose", '"app2-data:/data",', '"app1-data:/data",')).toEqual(
      expect.arrayContaining([
        "DATA_DIR is not each node's own volume",
        "EMERGENCY_DIR is not each node's own volume",
        "TRACKS_DIR is not each node's own volume",
        "ANCHOR_FILE is not each node's own volume",
      ]),
    );
  });

  test("CFG-10 image and compose file agree on user, port and data folder", () => {
    const config = configOf(node);
    expect(instruction("USER")).toBe(node.user);
    expect(instruction("EXPOSE")).toBe(String(config.port));
    expect(instruction("VOLUME")).toBe(config.dataDir);
    for (const { user, build } of Object.values(compose.services))
      if (build !== undefined) expect(user).toBe(instruction("USER"));
    // A named volume takes owner and mode from the folder of the image.
    for (const folder of [config.dataDir, "/keys"]) {
      expect(instruction("RUN mkdir")).toContain(folder);
      expect(instruction("RUN mkdir")).toMatch(new RegExp(`chown node:node .*${folder}\\b`));
    }
    const { NODE_ENV: _mode, ...settings } = imageEnvironment;
    for (const [name, value] of Object.entries(settings)) {
      expect([name, node.environment[name]]).toEqual([name, value]);
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
    const config = configOf(node);
    const uri = config.store.kind === "mongodb" ? config.store.uri : "";
    const set = new URL(uri.replace(/,[^/]*/, "")).searchParams.get("replicaSet") ?? "";
    expect(uri).toContain(`//${members.join(",")}/`);
    const founding = String(compose.services.mongo1 && healthOf(compose.services.mongo1));
    expect(founding).toContain(`_id: "${set}"`);
    for (const name of members) {
      const member = compose.services[name];
      expect(member?.command).toContain(set);
      expect(Object.keys(member?.networks ?? {})).toEqual(["store"]);
      expect(founding).toContain(`"${name}:27017"`);
      expect(node.depends_on[name]).toEqual({ condition: "service_healthy" });
    }
    expect(compose.networks.store).toEqual({ internal: true });
    expect(config.store).toMatchObject({ allowStandalone: false });
    expect(faultsAfter("compose", "mongodb://mongo1,", "mongodb://mango1,")).toContain(
      "app1: no service mango1 on the network store",
    );
  });

  test("CFG-11 every volume that is declared is used", () => {
    const used = Object.values(compose.services)
      .flatMap(({ volumes }) => volumes.map((volume) => volume.split(":")[0]))
      .filter((source) => !source?.startsWith("./"));
    expect([...new Set(used)].sort()).toEqual(Object.keys(compose.volumes).sort());
  });

  test("DEP-4 Redis keeps nothing, is bounded, and the nodes start without it", () => {
    const redis = compose.services.redis?.command?.join(" ") ?? "";
    expect(redis).toContain("--save  --appendonly no");
    expect(redis).toMatch(/--maxmemory \d+mb --maxmemory-policy volatile-ttl/);
    expect(environmentOf(node).REDIS_URL).toBe("redis://redis:6379");
    expect(node.depends_on.redis).toEqual({ condition: "service_started" });
    expect(faultsAfter("compose", "redis://redis:", "redis://rediss:")).toContain(
      "app1: no service rediss on the network store",
    );
  });

  test.each([
    ["a volume", '"keys:/keys:ro"', '"kees:/keys:ro"', "app1: volume kees is unknown"],
    ["a service", "    redis: { condition", "    rides: { condition", "service rides is unknown"],
    ["a network", "networks: [front, store]", "networks: [frond, store]", "network frond is"],
    ["root", "  user: node", "  user: root", "app1: runs as root"],
    ["a door to the network", '"127.0.0.1:3001:3001"', '"3001:3001"', "is not on loopback"],
    [
      "another address",
      "TRUSTED_PROXIES: 172.31.250.2",
      "TRUSTED_PROXIES: 172.31.250.0/24",
      "alone",
    ],
    [
      "an address that others may get",
      "ip_range: 172.31.250.128/25",
      "ip_range: 172.31.250.0/25",
      "may be given to another",
    ],
    ["another port", '  PORT: "3000"', '  PORT: "3100"', "app1 listens on 3100"],
    [
      "a sentinel's other door",
      /(NODE_NAME: app1\n.*?localhost):3001/,
      "$1:3009",
      "SENTINEL_URL does not lead to sentinel1",
    ],
  ])("DEP-1 given %s that is not right, then it is noticed", (_what, from, to, said) => {
    expect(faultsAfter("compose", from, to)).toContainEqual(expect.stringContaining(said));
  });

  test.each([
    ["healthcheck", /\n +healthcheck:\n +test: \["CMD", "redis-cli", "ping"\]\n.*\n.*\n.*\n/],
    ["memory", "  mem_limit: 3g\n"],
    ["privileges", '  security_opt: ["no-new-privileges:true"]\n'],
    ["restart", "  restart: unless-stopped\n"],
  ])("DEP-1 given no bound of %s, then the file is refused", (_what, lines) => {
    expect(() => faultsAfter("compose", lines, "\n")).toThrow();
  });
});

describe("the proxy of the compose file", () => {
  const sections = readProxy(given.proxy);
  const lines = (name: string) => sections.find((section) => section.name === name)?.lines ?? [];

  test("DEP-5 both nodes stand behind it by cookie, checked, and whoever has none stays by key, path or address", () => {
    for (const backend of ["ready", "serving"]) {
      expect(lines(backend)).toContain("balance hash var(txn.who)");
      expect(lines(backend).find((line) => line.startsWith("cookie "))).toMatch(
        /^cookie \S+ insert indirect nocache httponly/,
      );
      expect(lines(backend)).toContain("http-check expect status 200");
    }
    expect(serversOf(sections).filter(({ backend }) => backend === "ready")).toEqual([
      { backend: "ready", host: "app1", port: 3000, cookie: "app1" },
      { backend: "ready", host: "app2", port: 3000, cookie: "app2" },
    ]);
    expect(faultsAfter("proxy", "server app2 app2:3000 cookie app2\n", "")).toContain(
      "proxy: app2 is not behind ready",
    );
    expect(faultsAfter("proxy", "app2:3000 cookie app2", "app2:3000 cookie app1")).toContain(
      "proxy: two servers of ready have one cookie",
    );
    expect(faultsAfter("proxy", "\nbackend serving", "\nbackend servign")).toContain(
      "proxy: no backend serving",
    );
  });

  test("DEP-6 with no node ready, those that serve still get calls for help; then those that are up", () => {
    const roads = lines("door").filter((line) => /^(use|default)_backend/.test(line));
    expect(roads).toEqual([
      "use_backend ready if { nbsrv(ready) gt 0 }",
      "use_backend serving if { nbsrv(serving) gt 0 }",
      "default_backend waiting",
    ]);
    const asked = (backend: string) =>
      lines(backend).flatMap((line) => /^http-check send .* uri (\S+) /.exec(line)?.[1] ?? []);
    expect(["ready", "serving", "waiting"].flatMap(asked)).toEqual([
      "/readyz",
      "/field",
      "/healthz",
    ]);
  });

  test("DEP-7 no claim of a client about where it comes from passes, and no address line is logged", () => {
    expect(lines("door")).toContain("http-request set-header X-Forwarded-For %[src]");
    expect(lines("door")).toContain("http-request del-header Forwarded");
    const format = sections
      .find(({ kind }) => kind === "defaults")
      ?.lines.find((line) => line.startsWith("log-format"));
    expect(format).toBeDefined();
    expect(format).not.toMatch(/%(\{[^}]*\})?(r|HU|HP|HQ|hr|HPO)\b/);
  });

  test("DEP-8 a dead node is noticed within 5 s, and a live road is neither held back nor cut", () => {
    const defaults = sections.find(({ kind }) => kind === "defaults")?.lines.join("\n") ?? "";
    const check = /check inter (\d+)s fall (\d+)/.exec(defaults);
    const patience = Number(/timeout check (\d+)s/.exec(defaults)?.[1]);
    const [, every = 99, fall = 99] = (check ?? []).map(Number);
    // The last good answer, then `fall` that do not come.
    expect(every + (fall - 1) * every + patience).toBeLessThanOrEqual(5);
    expect(defaults).toContain("option redispatch");
    expect(defaults).toContain("option http-no-delay");
    expect(defaults).toMatch(/timeout tunnel \d+h/);
    expect(defaults).not.toContain("http-buffer-request");
  });

  test("DEP-8 the body that it refuses is larger than the nodes refuse themselves", () => {
    const limit = lines("door").flatMap((line) => /req\.body_size gt (\d+)/.exec(line)?.[1] ?? []);
    expect(limit).toHaveLength(1);
    expect(Number(limit[0])).toBeGreaterThanOrEqual(65_536);
  });
});

const healthOf = ({ healthcheck }: { readonly healthcheck: object }) =>
  "test" in healthcheck ? healthcheck.test : undefined;
