/** An exercise beside the system that is used, on one host: a browser keeps one jar for both. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningServer, startServer } from "../../server/compose.ts";
import { readConfig } from "../../server/config.ts";
import { DEMO_PASSWORD } from "../../server/demo/accounts.ts";
import { createLogger } from "../../server/edge/logging.ts";
import { EXERCISE_PASSWORD } from "../../server/exercise/bootstrap-exercise.ts";
import { freePort } from "../support/server/free-port.ts";

let root: string;
const running: RunningServer[] = [];

async function started(name: string, env: Readonly<Record<string, string>>) {
  const settings = { PORT: String(await freePort()), DATA_DIR: join(root, name), SIMULATOR: "0" };
  const server = await startServer(
    readConfig({ ...settings, ...env }, () => []),
    {
      logger: createLogger("silent"),
      clientDir: join(root, "no-client"),
    },
  );
  running.push(server);
  return server;
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "exercise-cookie-"));
});
afterAll(async () => {
  for (const server of running) await server.stop();
  await rm(root, { recursive: true, force: true });
});

/** Cookies go by host, whatever the port, and one of the same name takes the place of another. */
function browser() {
  const jar = new Map<string, string>();
  return {
    jar,
    async call({ url }: RunningServer, path: string, body?: object) {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
      const answer = await fetch(url + path, {
        method: body ? "POST" : "GET",
        headers: { cookie, origin: url, ...(body ? { "content-type": "application/json" } : {}) },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      for (const set of answer.headers.getSetCookie()) {
        const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
        jar.set(name, value);
      }
      return answer;
    },
  };
}

test("EXR-19 signing in at an exercise takes nobody from the desk that he sits at", {
  timeout: 120_000,
}, async () => {
  const used = await started("used", {});
  const exercise = await started("exercise", { EXERCISE: "xiangyang" });
  const [player] = exercise.handout?.accounts ?? [];
  const { call, jar } = browser();
  const atDesk = { login: "jiangan.duty", password: DEMO_PASSWORD };
  expect((await call(used, "/api/login", atDesk)).status).toBe(200);
  const inPlay = { login: player?.login, password: EXERCISE_PASSWORD };
  expect((await call(exercise, "/api/login", inPlay)).status).toBe(200);

  expect((await call(used, "/api/me")).status).toBe(200);
  expect((await call(exercise, "/api/me")).status).toBe(200);
  expect([...jar.keys()]).toEqual(["__Host-ec", "__Host-ec-exercise"]);
});
