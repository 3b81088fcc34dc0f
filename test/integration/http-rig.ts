/** The HTTP edge on a real port, over memory stores; only the application behind it is a stand-in. */
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { createMemoryAccountStore } from "../../server/accounts/account-store-memory.ts";
import { createPasswords } from "../../server/accounts/passwords.ts";
import type { AccessEntry, App, Origin, SystemCommand } from "../../server/app/api.ts";
import { httpApp, routesOf } from "../../server/edge/http/http-app.ts";
import type { HttpDeps } from "../../server/edge/http/http-deps.ts";
import { createHttpServer } from "../../server/edge/http/http-server.ts";
import { createLimits } from "../../server/edge/http/limits.ts";
import { createLogger } from "../../server/edge/logging.ts";
import { createMetrics } from "../../server/edge/metrics.ts";
import { createSessions } from "../../server/edge/sessions.ts";
import { openVault } from "../../server/vault/sealed-vault.ts";
import { createMemoryVaultRows } from "../../server/vault/vault-rows-memory.ts";
import type { StoreMode } from "../../shared/wire/live.ts";
import { court, officer } from "../support/domain/province.ts";
import { World } from "../support/domain/world.ts";

export const ORIGIN = "http://localhost:3000";
export const PASSWORD = "正确 horse 电池";
const NOON = Date.UTC(2026, 10, 22, 4);

export type Rig = Awaited<ReturnType<typeof openRig>>;

/** The application as far as the edge can tell. */
function standIn() {
  const world = new World();
  const seen = {
    commands: [] as { raw: unknown; from: Origin }[],
    system: [] as SystemCommand[],
    access: [] as AccessEntry[],
    views: [] as string[],
  };
  /** What the next calls do; tests replace these. */
  const will = {
    command: async (): Promise<void> => {},
    system: async (): Promise<"ACCEPTED" | "REFUSED"> => "ACCEPTED",
    access: async (): Promise<void> => {},
    timeline: [] as [] | undefined,
    storeMode: "OK" as StoreMode,
  };
  const answer = { id: "c", seq: 7, hash8: "0123abcd" };
  const app: App = {
    world,
    deployment: { name: "测试", mode: "DEMO" },
    tail: () => ({ seq: 7, hash8: "0123abcd" }),
    storeMode: () => will.storeMode,
    command: async (raw, from) => {
      await will.command();
      seen.commands.push({ raw, from });
      return { ...answer, outcome: "ACCEPTED" };
    },
    systemCommand: async (command) => {
      seen.system.push(command);
      return { ...answer, outcome: await will.system() };
    },
    record: async () => undefined,
    records: async (view, type, options) => {
      seen.views.push(`${view} ${type} ${options.closed} ${options.limit}`);
      return [];
    },
    timeline: async (view) => {
      seen.views.push(view);
      return will.timeline;
    },
    access: async (entry) => {
      await will.access();
      seen.access.push(entry);
    },
  };
  return { app, world, seen, will };
}

export async function openRig(more: Partial<HttpDeps> = {}) {
  const { app, world, seen, will } = standIn();
  const clock = { now: NOON };
  const now = () => clock.now;
  const accounts = createMemoryAccountStore();
  const vault = await openVault(createMemoryVaultRows(), new Uint8Array(32));
  const passwords = createPasswords({ memory: 64, passes: 1, parallelism: 1 });
  const clientDir = await mkdtemp(join(tmpdir(), "http-client-"));
  let ids = 0;
  const newId = () => `session-${++ids}`;
  const sessions = createSessions({
    accounts,
    world,
    now,
    newId,
    sessionHours: 12,
    secureCookies: true,
  });
  const logged: string[] = [];
  const sink = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      logged.push(chunk.toString());
      done();
    },
  });
  const metrics = createMetrics();
  const deps: HttpDeps = {
    app,
    accounts,
    passwords,
    vault,
    watchers: async () => ({ looks: [], total: 0, dropped: 0 }),
    sessions,
    limits: createLimits(),
    metrics,
    log: createLogger("trace", sink),
    now,
    origins: [ORIGIN],
    tls: false,
    trustedProxies: [],
    metricsReaders: ["127.0.0.1"],
    clientDir,
    notReady: () => [],
    ...more,
  };
  const server = createHttpServer(httpApp(deps));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const base = `http://127.0.0.1:${port}`;

  const call = async (method: string, path: string, given: CallOptions = {}) => {
    const { body, cookie, headers = {} } = given;
    const response = await fetch(base + path, {
      method,
      redirect: "manual",
      headers: {
        ...(cookie === undefined ? {} : { cookie, origin: ORIGIN }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.startsWith("application/json");
    return {
      status: response.status,
      headers: response.headers,
      text,
      json: isJson ? JSON.parse(text) : undefined,
    };
  };

  /** Gives an officer of the world an account and signs in. */
  const signIn = async (officerId: string): Promise<string> => {
    const login = officerId.toLowerCase();
    const passwordHash = await passwords.hash(PASSWORD);
    await accounts.createAccount({ login, officerId, passwordHash, createdAt: clock.now });
    const { headers } = await call("POST", "/api/login", { body: { login, password: PASSWORD } });
    return (headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  };

  return {
    call,
    signIn,
    world,
    seen,
    will,
    clock,
    accounts,
    passwords,
    sessions,
    vault,
    clientDir,
    logged,
    base,
    port,
    routes: routesOf(deps),
    putFile: async (name: string, text: string) => {
      await mkdir(join(clientDir, "assets"), { recursive: true });
      await writeFile(join(clientDir, name), text);
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      metrics.stop();
      await rm(clientDir, { recursive: true });
    },
  };
}

interface CallOptions {
  /** A string is sent as it is. */
  readonly body?: unknown;
  readonly cookie?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** 江岸 court below Wuhan below the High Court, with the people that the tests need. */
export function settle({ world }: Pick<Rig, "world">): void {
  world.put(
    ...["high", "wuhan", "jiangan", "hanyang"].map(court),
    officer("judge", "jiangan", "JUDGE"),
    officer("desk", "jiangan", "DUTY_OFFICER"),
    officer("escort", "jiangan", "JUDICIAL_POLICE"),
    officer("tech", "jiangan", "TECH"),
    officer("upper", "wuhan", "DUTY_OFFICER"),
    officer("aside", "hanyang", "DUTY_OFFICER"),
  );
}
