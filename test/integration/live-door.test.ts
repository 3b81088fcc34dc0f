/** Who is not let through the live channel's door, whatever a stock client of the library tries. */
import { io, type Socket } from "socket.io-client";
import { afterAll, afterEach, beforeAll, describe, expect, it, test } from "vitest";
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

async function dial(login: string, more: { origin?: string; transport?: string } = {}) {
  const { origin = here.url, transport = "websocket" } = more;
  const socket = io(here.url, {
    transports: [transport],
    forceNew: true,
    reconnectionDelay: 50,
    auth: { seat: "field" },
    extraHeaders: { cookie: await here.cookieOf(people.of(login).id), origin },
  });
  open.push(socket);
  return socket;
}

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
    expect(await verdict(await dial("jiangan.police", road))).not.toBe(CONNECTED);
  });

  test.each(["websocket", "polling"])("EDGE-40 lets its own page in by %s", async (transport) => {
    expect(await verdict(await dial("jiangan.police", { transport }))).toBe(CONNECTED);
  });

  it("EDGE-41 lets nobody back in without being asked again who it is", async () => {
    const socket = await dial("jiangan.police2");
    expect(await verdict(socket)).toBe(CONNECTED);
    const { id } = people.of("jiangan.police2");
    const heard: string[] = [];

    // The road is cut; while the client is away somebody disables the account.
    socket.io.reconnection(false);
    socket.io.engine.close();
    const cookie = await here.cookieOf(people.of("gaoyuan.secadmin").id);
    const answer = await request(
      here.url,
      "POST",
      "/api/commands",
      { cookie },
      envelope("officer.disable", id, {}),
    );
    expect(answer.json).toMatchObject({ outcome: "ACCEPTED" });
    socket.onAny((event: string) => heard.push(event));
    const back = verdict(socket);
    socket.connect();

    expect(await back).toMatch(/DISABLED|REVOKED|NOT_SIGNED_IN/);
    expect(heard).toEqual([]);
  });
});
