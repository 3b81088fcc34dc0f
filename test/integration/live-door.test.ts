/** Who is not let through the live channel's door, whatever a stock client of the library tries. */
import { io, type Socket } from "socket.io-client";
import { afterAll, afterEach, beforeAll, describe, expect, it, test, vi } from "vitest";
import { encodeBatch } from "../../shared/wire/position-batch.ts";
import {
  CLIENT_PARSER,
  createSocketParser,
  POSITION_EVENT,
} from "../../shared/wire/socket-parser.ts";
import { type DemoPeople, demoPeople } from "../support/server/demo-people.ts";
import { envelope } from "../support/server/envelope.ts";
import { request } from "../support/server/http-client.ts";
import { type ServerHere, startHere } from "../support/server/server-here.ts";

let here: ServerHere;
let people: DemoPeople;
const open: Socket[] = [];

beforeAll(async () => {
  here = await startHere();
  people = await demoPeople();
});
afterEach(() => {
  for (const socket of open.splice(0)) socket.disconnect();
});
afterAll(() => here.close());

interface Caller {
  readonly seat: "console" | "wall" | "field";
  readonly cookie?: string;
  readonly device?: string;
}

function dial(caller: Caller, more: { origin?: string; transport?: string } = {}): Socket {
  const { origin = here.url, transport = "websocket" } = more;
  const { cookie, ...auth } = caller;
  const socket = io(here.url, {
    parser: createSocketParser(CLIENT_PARSER),
    transports: [transport],
    forceNew: true,
    reconnectionDelay: 50,
    auth,
    extraHeaders: { ...(cookie === undefined ? {} : { cookie }), origin },
  });
  open.push(socket);
  return socket;
}

const personAt = async (seat: Caller["seat"], login: string) => ({
  seat,
  cookie: await here.cookieOf(people.of(login).id),
});

const CONNECTED = "connected";

const verdict = (socket: Socket): Promise<string> =>
  new Promise((resolve) => {
    socket.once("connect", () => resolve(CONNECTED));
    socket.once("connect_error", (error) => resolve(error.message));
  });

describe("the door of the live channel", () => {
  const foreign = [
    "https://evil.example",
    "null",
    "http://127.0.0.1",
    "http://127.0.0.1.evil.example:80",
    "http://localhost:1",
  ];
  const roads = foreign.flatMap((origin) =>
    ["websocket", "polling"].map((transport) => ({ origin, transport })),
  );

  test.each(roads)("EDGE-40 refuses a page of $origin by $transport", async (road) => {
    const caller = await personAt("field", "jiangan.police");
    expect(await verdict(dial(caller, road))).not.toBe(CONNECTED);
  });

  test.each(["websocket", "polling"])("EDGE-40 lets its own page in by %s", async (transport) => {
    const caller = await personAt("field", "jiangan.police");
    expect(await verdict(dial(caller, { transport }))).toBe(CONNECTED);
  });
});

/** A command of the High Court's administrators. */
async function order(as: "secadmin" | "sysadmin", kind: string, id: string, payload = {}) {
  const cookie = await here.cookieOf(people.of(`gaoyuan.${as}`).id);
  const command = envelope(kind, id, payload);
  const { json } = await request(here.url, "POST", "/api/commands", { cookie }, command);
  expect(json).toMatchObject({ outcome: "ACCEPTED" });
}

async function sessionIdOf(cookie: string | undefined): Promise<string> {
  const { json } = await request(
    here.url,
    "GET",
    "/api/me",
    cookie === undefined ? {} : { cookie },
  );
  return (json as { sessionId: string }).sessionId;
}

/**
 * In, off the road without a farewell, and back, with all that the library remembers of the first
 * connection. It could pick that up again only if it was sent something by the library's own `emit`,
 * which carries the place to go on from; on a WebSocket not even the answer to a batch of positions
 * goes so any more.
 */
async function comeBack(caller: Caller, whileAway: () => Promise<void>) {
  const socket = dial(caller);
  expect(await verdict(socket)).toBe(CONNECTED);
  const { id } = socket;
  const stored = new Promise((resolve) => socket.once("stored", resolve));
  const fix = { seq: 1, deviceAt: here.clock.now(), lat: 30.6, lng: 114.3, mock: false };
  socket.emit(POSITION_EVENT, encodeBatch([fix]));
  await stored;

  socket.io.reconnection(false);
  socket.io.engine.close();
  await vi.waitFor(
    () => {
      const subscribers = [...here.server.kernel.views.registry.subscribers()];
      expect(subscribers.filter((one) => one.id === id)).toEqual([]);
    },
    { timeout: 5_000 },
  );
  await whileAway();

  const heard: string[] = [];
  socket.onAny((event: string) => heard.push(event));
  const back = verdict(socket);
  socket.connect();
  return { socket, back: await back, heard };
}

interface Loss {
  readonly what: string;
  readonly code: string;
  readonly caller: () => Promise<Caller>;
  readonly take: (caller: Caller) => Promise<void>;
}

/** A person sits at the wall by a role that was granted, and can be taken again. */
async function judgeAtWall(): Promise<Caller> {
  const { id } = people.of("jiangan.judge");
  await order("secadmin", "officer.grant", id, { role: "DUTY_OFFICER" });
  return personAt("wall", "jiangan.judge");
}

const losses: readonly Loss[] = [
  {
    what: "the account is disabled",
    code: "ACCOUNT_DISABLED",
    caller: () => personAt("field", "jiangan.police2"),
    take: () => order("secadmin", "officer.disable", people.of("jiangan.police2").id),
  },
  {
    what: "the session is revoked",
    code: "SESSION_REVOKED",
    caller: () => personAt("console", "jiangan.duty"),
    take: async ({ cookie }) =>
      order("secadmin", "officer.revokeSession", people.of("jiangan.duty").id, {
        sessionId: await sessionIdOf(cookie),
      }),
  },
  {
    what: "the session is signed out",
    code: "NOT_SIGNED_IN",
    caller: () => personAt("console", "jiangan.duty"),
    take: async ({ cookie = "" }) => {
      expect((await request(here.url, "POST", "/api/logout", { cookie })).status).toBeLessThan(300);
    },
  },
  {
    what: "the grant of its seat is withdrawn",
    code: "SEAT_REFUSED",
    caller: judgeAtWall,
    take: () =>
      order("secadmin", "officer.revokeGrant", people.of("jiangan.judge").id, {
        role: "DUTY_OFFICER",
      }),
  },
  {
    what: "the phone is revoked",
    code: "DEVICE_REVOKED",
    caller: async () => ({ seat: "field", device: phoneOf("jiangan.police") }),
    take: () => order("sysadmin", "device.revoke", `dev-${people.of("jiangan.police").id}`),
  },
  {
    // Last: the clock stays where it was pushed to.
    what: "the session runs out of time",
    code: "SESSION_EXPIRED",
    caller: () => personAt("console", "wuhan.duty"),
    take: async () => here.clock.push(12 * 3_600_000 + 1_000),
  },
];

const phoneOf = (login: string): string =>
  here.server.handout?.devices.find(({ officerId }) => officerId === people.of(login).id)?.token ??
  "";

describe("who comes back to the live channel", () => {
  it("EDGE-41 given a client whose session is good, when it comes back, then it is let in", async () => {
    const caller = await personAt("console", "jiangan.duty");
    const { socket, back, heard } = await comeBack(caller, () => Promise.resolve());
    expect(back).toBe(CONNECTED);
    socket.emit("resume", null);
    await vi.waitFor(() => expect(heard).toEqual(expect.arrayContaining(["hello", "snapshot"])));
  });

  test.each(losses)(
    "EDGE-41 given a client off its road, when $what meanwhile, then it is told $code and hears nothing",
    async ({ code, caller, take }) => {
      const who = await caller();
      const { back, heard } = await comeBack(who, () => take(who));
      expect({ back, heard }).toEqual({ back: code, heard: [] });
    },
  );
});
