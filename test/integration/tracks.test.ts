/** Where officers were, asked over HTTP with the rights of each seat; and what a restart brings back. */
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decodeFrame, framePosition } from "../../shared/wire/position-frame.ts";
import { decodeTracks, type Tracks } from "../../shared/wire/track-answer.ts";
import { type DemoPeople, demoPeople } from "../support/server/demo-people.ts";
import { envelope, isAccepted } from "../support/server/envelope.ts";
import { eventually } from "../support/server/eventually.ts";
import { freePort } from "../support/server/free-port.ts";
import { request, signIn } from "../support/server/http-client.ts";
import { RawClient } from "../support/server/raw-client.ts";
import { readCommands } from "../support/server/read-log.ts";
import { deviceTokens, type ServerProcess, spawnServer } from "../support/server/server-process.ts";

const REASON = "核查出警路线";
const HOUR_MS = 3_600_000;

let dataDir: string;
let port: number;
let server: ServerProcess;
let people: DemoPeople;
let since: number;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "tracks-"));
  port = await freePort();
  server = await spawnServer({ dataDir, port });
  people = await demoPeople();
  since = Date.now();
  await move("jiangan.police", 5);
  await move("huangpi.police", 3);
}, 90_000);
afterAll(async () => {
  if (server.isRunning()) await server.kill();
  await rm(dataDir, { recursive: true, force: true });
});

/** Somebody whose account the demonstration does not name. */
const officerIdOf = (login: string): string => {
  const [court = ""] = login.split(".");
  const { courtId } = people.of(`${court}.duty`);
  return `${courtId}-police`;
};

/** On duty, with so many fixes a second apart in the past few seconds. */
async function move(login: string, fixes: number): Promise<void> {
  const officerId = officerIdOf(login);
  const token = (await deviceTokens(dataDir)).find((one) => one.officerId === officerId)?.token;
  const socket = await RawClient.open(server.url, { seat: "field", device: token ?? "" });
  const duty = envelope("officer.setDuty", officerId, { duty: "ON_DUTY" }, { deviceAt: since });
  expect(isAccepted(await socket.ask("command", duty))).toBe(true);
  const at = Date.now();
  const batch = Array.from({ length: fixes }, (_, i) => ({
    seq: i + 1,
    deviceAt: at + i,
    lat: 30.6,
    lng: 114.3 + i / 1e6,
    batteryPct: 10,
    mock: false,
  }));
  expect(await socket.ask("positions", { fixes: batch })).toEqual({ storedUpTo: fixes });
  socket.terminate();
}

async function ask(who: string, path: string, body: object) {
  const cookie = await signIn(server.url, who);
  const response = await fetch(`${server.url}/api/tracks/${path}`, {
    method: "POST",
    headers: { cookie, origin: server.url, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const bytes = new Uint8Array(await response.arrayBuffer());
  const read = decodeTracks(bytes);
  const tracks: Tracks | undefined = read.ok ? read.value : undefined;
  const code = tracks ? "" : (JSON.parse(Buffer.from(bytes).toString()) as { code: string }).code;
  return { status: response.status, code, tracks, type: response.headers.get("content-type") };
}

const recent = () => ({ from: since - 1_000, to: Date.now() + 1_000 });

describe("tracks over HTTP", () => {
  it("TRK-11 a desk is shown its own court's people, a court above everybody's, a sibling nobody's", async () => {
    const own = await ask("jiangan.duty", "window", recent());
    expect([own.status, own.type, own.tracks?.count]).toEqual([200, "application/octet-stream", 5]);
    const above = await ask("wuhan.duty", "window", recent());
    expect(above.tracks?.count).toBe(8);
    const narrowed = await ask("wuhan.duty", "window", {
      ...recent(),
      courtId: people.of("huangpi.duty").courtId,
    });
    expect(narrowed.tracks?.count).toBe(3);
    const sideways = { ...recent(), courtId: people.of("jiangan.duty").courtId };
    expect((await ask("huangpi.duty", "window", sideways)).code).toBe("REVEAL_OFFICER");
    const picture = await ask("wuhan.duty", "picture", { at: Date.now() });
    expect([picture.tracks?.kind, picture.tracks?.count]).toEqual(["PICTURE", 2]);
  });

  it("TRK-11 judges, stations and observers are shown nobody, and an officer himself", async () => {
    for (const login of ["jiangan.judge", "jiangan.station", "jiangan.police"]) {
      expect((await ask(login, "window", recent())).status).toBe(403);
    }
    expect((await ask("wuhan.guest", "window", recent())).code).toBe("PERSON_NEEDED");
    const self = people.of("jiangan.police").id;
    expect((await ask("jiangan.police", "day", { officer: self, ...recent() })).status).toBe(200);
  });

  it("TRK-13 one officer's day wants a reason, and everybody's past from yesterday on", async () => {
    const day = { officer: officerIdOf("jiangan.police"), ...recent() };
    expect((await ask("jiangan.duty", "day", day)).code).toBe("REVEAL_REASON_REQUIRED");
    const told = await ask("jiangan.duty", "day", { ...day, reason: REASON });
    expect([told.tracks?.kind, told.tracks?.count]).toEqual(["DAY", 5]);
    const at = Date.now() - 25 * HOUR_MS;
    expect((await ask("jiangan.duty", "picture", { at })).code).toBe("REVEAL_REASON_REQUIRED");
    expect((await ask("jiangan.duty", "picture", { at, reason: REASON })).tracks?.count).toBe(0);
  });

  it("TRK-17 more than ten minutes of everybody, or a day of one, is refused", async () => {
    const to = Date.now();
    const long = await ask("jiangan.duty", "window", { from: to - 600_001, to });
    expect([long.status, long.code]).toEqual([400, "BODY_INVALID"]);
    const officer = officerIdOf("jiangan.police");
    const days = { officer, from: to - 24 * HOUR_MS - 1, to, reason: REASON };
    expect((await ask("jiangan.duty", "day", days)).code).toBe("BODY_INVALID");
  });

  it("TRK-12 every look at a day and each replay stands on the record before it is answered, and the watched court reads it", async () => {
    const officer = officerIdOf("jiangan.police");
    await ask("wuhan.duty", "day", { officer, ...recent(), reason: REASON });
    await ask("huangpi.duty", "day", { officer, ...recent(), reason: REASON });
    const looks = (await readCommands(dataDir, "access"))
      .filter(({ command }) => command.kind.startsWith("access.TRACK"))
      .map(({ command }) => {
        const data = command.events[0]?.data as Record<string, unknown>;
        return `${command.kind} ${command.court} ${data.field} ${data.subject}`;
      });
    const wuhan = people.of("wuhan.duty").courtId;
    const huangpi = people.of("huangpi.duty").courtId;
    expect(looks).toContain(`access.TRACK ${wuhan} track ${officer}`);
    expect(looks).toContain(`access.TRACK_REFUSED ${huangpi} track ${officer}`);
    const cookie = await signIn(server.url, "jiangan.duty");
    const watched = await request(server.url, "GET", "/api/watchers", { cookie });
    const read = (watched.json as { looks: { byCourtId: string; field: string }[] }).looks;
    const told = read.map(({ byCourtId, field }) => `${byCourtId} ${field}`);
    expect(told).toContain(`${wuhan} track`);
    expect(told).toContain(`${wuhan} replay`);
    expect(told).toContain(`${huangpi} track`);
  });

  it("TRK-12 who drags through a day has looked once", async () => {
    const cookie = await signIn(server.url, "wuhan.director");
    const at = Math.floor(Date.now() / 86_400_000) * 86_400_000;
    for (let n = 0; n < 5; n++) {
      const body = { at: at + n, reason: REASON };
      const drag = await request(server.url, "POST", "/api/tracks/picture", { cookie }, body);
      expect(drag.status).toBe(200);
    }
    const by = people.of("wuhan.director").id;
    const looks = (await readCommands(dataDir, "access")).filter(
      ({ command }) => command.actor === by && command.kind === "access.TRACK",
    );
    expect(looks).toHaveLength(1);
  });

  it("TRK-12 a reason that is given for the same day later stands on the record too", async () => {
    const cookie = await signIn(server.url, "wuhan.president");
    const at = Date.now() - 60_000;
    const body = { at };
    for (const asked of [body, body, { at, reason: REASON }, { at, reason: REASON }]) {
      const look = await request(server.url, "POST", "/api/tracks/picture", { cookie }, asked);
      expect(look.status).toBe(200);
    }
    const by = people.of("wuhan.president").id;
    const reasons = (await readCommands(dataDir, "access"))
      .filter(({ command }) => command.actor === by && command.kind === "access.TRACK")
      .map(({ command }) => "reason" in ((command.events[0]?.data ?? {}) as object));
    expect(reasons).toEqual([false, true]);
  });

  it("TRK-15 given a kill, when the server is back, then the dots of those on duty are, and the answers the same", async () => {
    const before = await ask("wuhan.duty", "window", recent());
    await server.kill();
    server = await spawnServer({ dataDir, port });
    await eventually(async () => {
      const after = await ask("wuhan.duty", "window", recent());
      expect(after.tracks?.at).toEqual(before.tracks?.at);
    }, 10_000);
    const cookie = await signIn(server.url, "wuhan.duty");
    const dots = new Map<number, number>();
    const desk = await RawClient.open(
      server.url,
      { seat: "console", cookie },
      {
        onBytes: (bytes) => {
          const frame = decodeFrame(bytes);
          if (!frame.ok) return;
          for (let i = 0; i < frame.value.count; i++) {
            const { trackIndex, lat, lowBattery } = framePosition(frame.value, i);
            if (lowBattery) dots.set(trackIndex, lat);
          }
        },
      },
    );
    desk.emit("resume", null);
    await eventually(() => expect([...dots.values()]).toEqual([30.6, 30.6]), 10_000);
    desk.terminate();
  });

  it("TRK-14 who goes off duty leaves the picture of that moment, and his way stays", async () => {
    const officerId = officerIdOf("huangpi.police");
    const token = (await deviceTokens(dataDir)).find((one) => one.officerId === officerId)?.token;
    const off = envelope("officer.setDuty", officerId, { duty: "OFF_DUTY" });
    const answer = await request(server.url, "POST", "/api/commands", { device: token ?? "" }, off);
    expect(isAccepted(answer.json)).toBe(true);
    await eventually(async () => {
      const picture = await ask("huangpi.duty", "picture", { at: Date.now() });
      expect(picture.tracks?.count).toBe(0);
    }, 5_000);
    const window = await ask("huangpi.duty", "window", recent());
    const places = [...(window.tracks?.lat ?? [])];
    expect([places.filter(Number.isFinite).length, places.filter(Number.isNaN).length]).toEqual([
      3, 1,
    ]);
  });

  it("TRK-16 the folder is that of this one log", async () => {
    const [first, ...others] = await readdir(join(dataDir, "tracks"));
    expect([first, others]).toEqual([expect.stringMatching(/^demo-[0-9a-f]{16}$/), []]);
  });
});
