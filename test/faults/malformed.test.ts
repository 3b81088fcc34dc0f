/**
 * Whatever is said to it, by whomever: nothing ends the server, nothing malformed is taken, and
 * everything well-formed still is. `MALFORMED=10000` is the full trial of each role.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSqliteAccountStore } from "../../server/accounts/account-store-sqlite.ts";
import { hashToken, newToken } from "../../server/accounts/tokens.ts";
import { demoKioskId } from "../../server/demo/province.ts";
import { demoSecrets } from "../../server/demo/seed.ts";
import { type CommandEnvelope, commandEnvelope } from "../../shared/wire/command.ts";
import { PAYLOADS } from "../../shared/wire/payloads.ts";
import { askedAgain } from "../support/server/asked-again.ts";
import { type DemoPeople, demoPeople } from "../support/server/demo-people.ts";
import { envelope, isAccepted } from "../support/server/envelope.ts";
import { freePort } from "../support/server/free-port.ts";
import { type Credentials, request } from "../support/server/http-client.ts";
import { changes, sample, streamOf } from "../support/server/malform.ts";
import { type RawAuth, RawClient } from "../support/server/raw-client.ts";
import { readCommands } from "../support/server/read-log.ts";
import { type ServerProcess, spawnServer } from "../support/server/server-process.ts";
import { timesOf, tried } from "../support/trials.ts";

/** `MALFORMED`: messages and requests of each role. */
const PER_ROLE = timesOf("MALFORMED", 2_000);
const SEED = Number(process.env.SEED ?? 7);
/** One in so many is well-formed and must be taken. */
const VALID_EVERY = 20;
const LANES = 8;
/** Three screens with a budget each: what is more than it only waits (NET-22). */
const MOST_OF_WALLS = 300;

/** One who sends: with the road that this role has. */
interface Sender {
  readonly socket: RawAuth;
  readonly http: Credentials;
  readonly officerId?: string;
  readonly courtId: string;
}

interface Tally {
  socket: number;
  http: number;
  reconnects: number;
  valid: number;
  validTaken: number;
  readonly statuses: Map<number, number>;
  readonly wrong: unknown[];
}

describe("a server that is told nonsense", () => {
  let dataDir: string;
  let server: ServerProcess;
  let people: DemoPeople;
  /** Ids of what was well-formed and answered as accepted; nothing else may stand in the log. */
  const taken = new Set<string>();
  let before: ReadonlySet<string>;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "malformed-"));
    server = await spawnServer({ dataDir, port: await freePort() });
    people = await demoPeople();
    before = new Set((await readCommands(dataDir)).map(({ command }) => command.id));
  });
  afterAll(async () => {
    await server?.kill();
    await rm(dataDir, { recursive: true, force: true });
  });

  /** Sessions of many, because one person has a budget of 100 commands in 10 s. */
  async function sessions(
    officers: readonly { id: string; courtId: string }[],
    seat: RawAuth["seat"],
  ): Promise<Sender[]> {
    const accounts = await openSqliteAccountStore({ file: join(dataDir, "accounts.db") });
    const senders: Sender[] = [];
    for (const { id, courtId } of officers) {
      const token = newToken();
      const subject = { kind: "person", officerId: id, login: id } as const;
      await accounts.putSession({
        id: v7(),
        tokenHash: hashToken(token),
        subject,
        createdAt: Date.now(),
        expiresAt: Date.now() + 3_600_000,
      });
      const cookie = `__Host-ec=${token}`;
      senders.push({ socket: { seat, cookie }, http: { cookie }, officerId: id, courtId });
    }
    await accounts.close();
    return senders;
  }

  const roles: Record<string, () => Promise<Sender[]>> = {
    console: () =>
      sessions(
        people.all.filter(({ id, tier }) => tier === "BASIC" && id.endsWith("-duty")),
        "console",
      ),
    supervisor: () =>
      sessions(
        people.all.filter(({ id, tier }) => tier !== "BASIC" && /-(duty|director|chief)$/.test(id)),
        "console",
      ),
    field: async () => {
      const derive = await demoSecrets(join(dataDir, "demo.seed"));
      return people.all
        .filter(({ id, deviceId }) => deviceId && id.endsWith("-police"))
        .map(({ id, courtId, deviceId = "" }) => ({
          socket: { seat: "field", device: `${deviceId}.${derive(deviceId)}` },
          http: { device: `${deviceId}.${derive(deviceId)}` },
          officerId: id,
          courtId,
        }));
    },
    "kiosk wall": async () => {
      const derive = await demoSecrets(join(dataDir, "demo.seed"));
      const courts = ["jiangan.duty", "wuhan.duty", "gaoyuan.duty"].map(
        (login) => people.of(login).courtId,
      );
      return courts.map((courtId) => {
        const token = `${demoKioskId(courtId)}.${derive(demoKioskId(courtId))}`;
        return { socket: { seat: "wall", kiosk: token }, http: { device: token }, courtId };
      });
    },
  };

  it.each(Object.keys(roles))(
    `FLT-50 given up to ${PER_ROLE} malformed messages and requests of a %s, with well-formed ones between, then none is taken, all of those are, and the server goes on`,
    async (role) => {
      const senders = (await roles[role]?.()) ?? [];
      const tally: Tally = {
        socket: 0,
        http: 0,
        reconnects: 0,
        valid: 0,
        validTaken: 0,
        statuses: new Map(),
        wrong: [],
      };
      const from = performance.now();
      const many = role === "kiosk wall" ? Math.min(PER_ROLE, MOST_OF_WALLS) : PER_ROLE;
      await Promise.all(
        Array.from({ length: LANES }, (_, lane) => {
          const mine = senders.filter((_, i) => i % LANES === lane);
          return mine.length === 0
            ? undefined
            : runLane(
                mine,
                Math.ceil(many / Math.min(LANES, senders.length)),
                SEED * 1_000 + lane,
                tally,
              );
        }),
      );
      const seconds = ((performance.now() - from) / 1_000).toFixed(1);
      process.stdout.write(
        `${role}: ${tally.socket} by socket, ${tally.http} by HTTP, ${tally.reconnects} connections closed and made anew, ${tally.validTaken} of ${tally.valid} well-formed taken, statuses ${JSON.stringify(Object.fromEntries([...tally.statuses].sort()))}, ${seconds} s\n`,
      );
      expect(tally.wrong.slice(0, 5)).toEqual([]);
      expect(tally.validTaken).toBe(tally.valid);
      expect(tally.socket + tally.http).toBeGreaterThanOrEqual(many);
      tried("malformed message or request", tally.socket + tally.http);
      expect(server.isRunning()).toBe(true);
      expect(server.output()).not.toMatch(
        /uncaught|unhandled|a socket message failed|a request failed/i,
      );
    },
    120_000,
  );

  it("FLT-50 given all of that, then the log holds the well-formed commands and nothing else, and no prototype was touched", async () => {
    const stored = (await readCommands(dataDir)).map(({ command }) => command.id);
    const strangers = stored.filter(
      (id) => !before.has(id) && !taken.has(id) && !id.startsWith("sys:"),
    );
    expect(strangers).toEqual([]);
    expect([...taken].filter((id) => !stored.includes(id))).toEqual([]);
    expect((await request(server.url, "GET", "/readyz")).json).toEqual({ status: "READY" });
  });

  async function runLane(
    senders: readonly Sender[],
    count: number,
    seed: number,
    tally: Tally,
  ): Promise<void> {
    const stream = streamOf(attempts, seed);
    const sockets = new Map<Sender, RawClient>();
    const socketOf = async (sender: Sender): Promise<RawClient> => {
      const open = sockets.get(sender);
      if (open?.isOpen) return open;
      if (open) tally.reconnects += 1;
      const fresh = await RawClient.open(server.url, sender.socket);
      sockets.set(sender, fresh);
      return fresh;
    };
    for (let i = 0; i < count; i += 1) {
      const sender = senders[i % senders.length] as Sender;
      const attempt = stream.next().value as Attempt;
      if (attempt.road === "http") await tryHttp(sender, attempt, tally);
      else await trySocket(await socketOf(sender), attempt, tally);
      if (i % VALID_EVERY === 0) await tryValid(sender, socketOf, i, tally);
    }
    for (const socket of sockets.values()) socket.terminate();
  }

  async function trySocket(socket: RawClient, attempt: SocketAttempt, tally: Tally): Promise<void> {
    tally.socket += 1;
    if (attempt.road === "ack") {
      const answer = await socket.askRaw(attempt.frame, 2_000);
      if (
        isAccepted(answer) ||
        (answer as { storedUpTo?: unknown } | undefined)?.storedUpTo !== undefined
      ) {
        tally.wrong.push({ answer, frame: attempt.frame(0).slice(0, 500) });
      }
    } else socket.raw(attempt.data);
  }

  async function tryHttp(
    sender: Sender,
    { method, path, body }: HttpAttempt,
    tally: Tally,
  ): Promise<void> {
    tally.http += 1;
    const { status, json, text } = await request(server.url, method, path, sender.http, body);
    tally.statuses.set(status, (tally.statuses.get(status) ?? 0) + 1);
    const isRefused = status >= 400 && status < 500;
    const isRefusedCommand =
      status === 200 &&
      path === "/api/commands" &&
      (json as { outcome?: string }).outcome === "REFUSED";
    if ((!isRefused && !isRefusedCommand) || /\n\s+at |node_modules|server\//.test(text)) {
      tally.wrong.push({ status, method, path, body, text: text.slice(0, 500) });
    }
  }

  /**
   * A call for help by one road or the other, sent until the log has it as a phone does; a wall,
   * which may not act, asks for its picture.
   */
  async function tryValid(
    sender: Sender,
    socketOf: (sender: Sender) => Promise<RawClient>,
    i: number,
    tally: Tally,
  ): Promise<void> {
    tally.valid += 1;
    if (sender.officerId === undefined) {
      const shown =
        (await picture(await socketOf(sender))) || (await picture(await socketOf(sender)));
      tally.validTaken += shown ? 1 : 0;
      return;
    }
    const command = envelope("incident.sos", `sos-${v7()}`, { place: { lat: 30.5, lng: 114.3 } });
    const send = async (): Promise<unknown> =>
      i % (VALID_EVERY * 2) === 0
        ? await askOnFresh(sender, socketOf, command)
        : (await request(server.url, "POST", "/api/commands", sender.http, command)).json;
    const answer = await askedAgain(send, isNotOnlyJournalled);
    if (!isAccepted(answer)) return;
    taken.add(answer.joined ?? command.id);
    tally.validTaken += 1;
  }

  /** A frame sent before may just be closing this connection: then the command goes over a fresh one. */
  async function askOnFresh(
    sender: Sender,
    socketOf: (sender: Sender) => Promise<RawClient>,
    command: CommandEnvelope,
  ): Promise<unknown> {
    const first = await (await socketOf(sender)).ask("command", command, 5_000);
    return first ?? (await (await socketOf(sender)).ask("command", command, 5_000));
  }
});

/** The journal has it, for a disk that pauses; everything else is the answer that is judged. */
const isNotOnlyJournalled = (answer: unknown): boolean =>
  (answer as { readonly outcome?: unknown } | null | undefined)?.outcome !== "JOURNALLED";

async function picture(socket: RawClient): Promise<boolean> {
  const heard = socket.next("snapshot", 5_000).then(
    () => true,
    () => false,
  );
  socket.emit("resume", null);
  return Promise.race([heard, socket.closed.then(() => false)]);
}

type SocketAttempt =
  | { readonly road: "ack"; readonly frame: (ackId: number) => string }
  | { readonly road: "raw"; readonly data: string | Buffer };
interface HttpAttempt {
  readonly road: "http";
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}
type Attempt = SocketAttempt | HttpAttempt;

/** Well-formed by its schemas? Of a call for help only the id is needed (SOSR-4). */
function isWellFormed(message: unknown): boolean {
  const sent: unknown = JSON.parse(JSON.stringify(message ?? null));
  if (isSosWithId(sent)) return true;
  const read = commandEnvelope.safeParse(sent);
  if (!read.success) return false;
  const { kind } = read.data;
  // A kind may be called `constructor`.
  const schema = Object.hasOwn(PAYLOADS, kind) ? PAYLOADS[kind] : undefined;
  return (
    schema?.safeParse(read.data.payload).success === true &&
    read.data.ref.type === kind.split(".")[0]
  );
}

function isSosWithId(sent: unknown): boolean {
  if (typeof sent !== "object" || sent === null) return false;
  const { kind, id } = sent as { readonly kind?: unknown; readonly id?: unknown };
  return kind === "incident.sos" && commandEnvelope.shape.id.safeParse(id).success;
}

const kinds = fc.constantFrom(...Object.keys(PAYLOADS));
const command: fc.Arbitrary<unknown> = kinds.chain((kind) =>
  sample(PAYLOADS[kind] as never).map((payload) =>
    envelope(kind, "x-1", payload as Record<string, unknown>),
  ),
);
const malformedCommand = fc
  .tuple(command, changes)
  .map(([message, change]) => change(message))
  .filter((message) => !isWellFormed(message));

const fix = { seq: 1, deviceAt: 1, lat: 30, lng: 114, mock: false };
const malformedBatch = fc
  .tuple(fc.constant({ fixes: [fix, { ...fix, seq: 2 }] }), changes)
  .map(([batch, change]) => change(batch))
  .filter(
    (batch) =>
      JSON.stringify(batch) !== JSON.stringify({ fixes: [fix, { ...fix, seq: 2 }] }) &&
      !looksLikeBatch(batch),
  );

/** Left whole by the change: not what is tried here. */
function looksLikeBatch(batch: unknown): boolean {
  const fixes = (batch as { fixes?: unknown } | null)?.fixes;
  return (
    Array.isArray(fixes) &&
    Object.keys(batch as object).length === 1 &&
    fixes.every((one) => isFix(one))
  );
}
const isFix = (one: unknown): boolean => {
  const { seq, deviceAt, lat, lng, mock, ...rest } = (one ?? {}) as Record<string, unknown>;
  const numbers = [seq, deviceAt, lat, lng].every((n) => typeof n === "number");
  return numbers && typeof mock === "boolean" && Object.keys(rest).length === 0;
};

const deep = (depth: number): string => `${"[".repeat(depth)}${"]".repeat(depth)}`;
const PROTO =
  '{"__proto__":{"admin":true},"id":"01900000-0000-7000-8000-000000000000","kind":"incident.sos","ref":{"type":"incident","id":"p"},"payload":{},"knownSeq":0,"knownAt":0}';

/** Frames that no library sends. Some of them end the connection, which is a right answer. */
const RAW_FRAMES: readonly (string | Buffer)[] = [
  "42",
  "42[]",
  "42[null]",
  "42[1,2]",
  "42{}",
  '42["command"]',
  '42["command",1,2,3]',
  '42["resume",{"seq":1}]',
  '42["resume","x"]',
  '42["resume",{"seq":-5,"hash8":"zzzzzzzz"}]',
  '42["error",{"x":1}]',
  '42["disconnect"]',
  '42["disconnecting","x"]',
  '42["connect"]',
  '42["newListener",1]',
  '42["removeListener",1]',
  '42["__proto__",1]',
  '42["constructor",1]',
  '42["hb",{}]',
  '42["closing",{"reason":"REVOKED"}]',
  '42["pos",{"_placeholder":true,"num":0}]',
  '42["positions"]',
  '42["positions",{"fixes":[]}]',
  '42["posSnapshot",{"a":1}]',
  `42["command",${PROTO}]`,
  `42["command",${deep(5_000)}]`,
  `42["command",${deep(23)}]`,
  '42/admin,["command",{}]',
  "40/admin,",
  '40{"seat":"console"}',
  '43999["x"]',
  "43",
  "44{}",
  '451-["command",{"_placeholder":true,"num":0}]',
  '4512345678901234567890-["x"]',
  "461-[1]",
  "4",
  "6",
  "9",
  "3probe",
  "5",
  "b4AAAA",
  "",
  "\u0000",
  `42["command","${"x".repeat(60_000)}"]`,
  `42["command","${"x".repeat(1_000_000)}"]`,
  `42["${"x".repeat(60_000)}"]`,
  '42["command",{"id":1e999}]',
  '42["command",{"id":"\\ud800"}]',
  '42["command",{"\\u005f_proto__":1}]',
  '42["command"',
  "42[[[[",
  Buffer.from([]),
  Buffer.from([0xb5]),
  Buffer.from([0xb5, 1, 255, 255, 0, 0, 0, 0]),
  Buffer.alloc(5_000, 0xff),
  Buffer.alloc(70_000, 0xb5),
];

/** Requests to every route that is there, and some that are not. */
const HTTP_FORMS: readonly (readonly [string, string])[] = [
  ["POST", "/api/commands"],
  ["POST", "/api/commands"],
  ["POST", "/api/commands"],
  ["PUT", "/api/subjects/s-1"],
  ["POST", "/api/reveal"],
  ["POST", "/api/devices/enrol"],
];
const HTTP_PATHS: readonly (readonly [string, string])[] = [
  ["GET", "/api/timeline/incident/..%2f..%2fetc"],
  ["GET", "/api/timeline/__proto__/x"],
  ["GET", "/api/timeline/incident/%00"],
  ["GET", "/api/timeline/incident/x?seat=throne"],
  ["GET", "/api/records?type=constructor"],
  ["GET", "/api/records?type=incident&type=officer"],
  ["GET", "/api/records?type[$ne]=incident"],
  ["GET", "/api/records?type=incident&limit=99999"],
  ["GET", "/api/records?type=incident&limit=-1"],
  ["GET", "/api/records?type=incident&__proto__=1"],
  ["GET", "/api/records?type=%E0%A4%A"],
  ["GET", "/api/nothing"],
  ["DELETE", "/api/commands"],
  ["PUT", "/api/commands"],
  ["PATCH", "/api/records"],
  ["GET", "/%E0%A4%A"],
  ["GET", "/api/%2e%2e/%2e%2e/etc/passwd"],
];
const BODIES: readonly string[] = [
  "",
  "{",
  "[]",
  "null",
  "1",
  '"x"',
  "\u0000",
  deep(30_000),
  `{"a":"${"x".repeat(1_000_000)}"}`,
  PROTO,
  '{"constructor":{"prototype":{"admin":true}}}',
  '{"name":"x","idNumber":{"$ne":null}}',
];

const asFrame = (event: string, body: unknown) => ({
  road: "ack" as const,
  frame: (id: number) => `42${id}${JSON.stringify([event, body ?? null])}`,
});
const identity = { name: "王某某", idNumber: "420102198001011234", phone: "13800000000" };

const attempts: fc.Arbitrary<Attempt> = fc.oneof(
  { weight: 8, arbitrary: malformedCommand.map((message) => asFrame("command", message)) },
  { weight: 1, arbitrary: malformedBatch.map((batch) => asFrame("positions", batch)) },
  {
    weight: 4,
    arbitrary: fc.constantFrom(...RAW_FRAMES).map((data) => ({ road: "raw" as const, data })),
  },
  {
    weight: 4,
    arbitrary: malformedCommand.map((body) => ({
      road: "http" as const,
      method: "POST",
      path: "/api/commands",
      body: body ?? null,
    })),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom(...HTTP_FORMS), fc.constantFrom(...BODIES))
      .map(([[method, path], body]) => ({ road: "http" as const, method, path, body })),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constant(identity), changes).map(([whole, change]) => ({
      road: "http" as const,
      method: "PUT",
      path: "/api/subjects/a%20b",
      body: change(whole) ?? null,
    })),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(...HTTP_PATHS)
      .map(([method, path]) => ({ road: "http" as const, method, path })),
  },
);
