/** State at an instant, asked over HTTP with the rights of each seat, before and after a restart. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PastWindow, pastWindow } from "../../shared/wire/past-window.ts";
import { type DemoPeople, demoPeople } from "../support/server/demo-people.ts";
import { envelope, isAccepted } from "../support/server/envelope.ts";
import { eventually } from "../support/server/eventually.ts";
import { freePort } from "../support/server/free-port.ts";
import { request, signIn } from "../support/server/http-client.ts";
import { readCommands } from "../support/server/read-log.ts";
import { type ServerProcess, spawnServer } from "../support/server/server-process.ts";

const HOUR_MS = 3_600_000;
const WORDS = "当事人亲属三十余人围堵大门";

let dataDir: string;
let port: number;
let server: ServerProcess;
let people: DemoPeople;
const incident = v7();
let endedAt: number;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "replay-"));
  port = await freePort();
  server = await spawnServer({ dataDir, port });
  people = await demoPeople();
  await did("incident.report", {
    kind: "SIEGE",
    level: "LARGER",
    place: { lat: 30.6, lng: 114.3 },
    detail: WORDS,
  });
  await did("incident.confirm");
  endedAt = await did("incident.falseAlarm", { reason: "现场核实为误报" });
}, 90_000);
afterAll(async () => {
  if (server.isRunning()) await server.kill();
  await rm(dataDir, { recursive: true, force: true });
});

async function did(kind: string, payload = {}): Promise<number> {
  const cookie = await signIn(server.url, "jiangan.duty");
  const about = envelope(kind, incident, payload);
  const { json } = await request(server.url, "POST", "/api/commands", { cookie }, about);
  expect(isAccepted(json)).toBe(true);
  return (json as { at: number }).at;
}

async function ask(who: string, at: number) {
  const cookie = await signIn(server.url, who);
  const answer = await request(server.url, "POST", "/api/replay/state", { cookie }, { at });
  const read = pastWindow.safeParse(answer.json);
  return {
    status: answer.status,
    code: (answer.json as { code?: string }).code,
    window: read.data,
    text: answer.text,
  };
}

/** What the incident was at each moment at which it is told. */
const storyOf = (window: PastWindow | undefined) => [
  ...(window?.put ?? []).filter(({ id }) => id === incident).map(({ dto }) => dto.state),
  ...(window?.changes ?? []).flatMap(({ put, del }) => [
    ...put.filter(({ id }) => id === incident).map(({ dto }) => dto.state),
    ...del.filter(({ id }) => id === incident).map(() => "gone"),
  ]),
];

const STORY = ["REPORTED", "CONFIRMED", "gone"];

describe("the past over HTTP", () => {
  it("RPL-3 what is still being written is not told yet, nor what lies more than a day back", async () => {
    expect((await ask("jiangan.duty", Date.now())).code).toBe("TOO_NEAR");
    const far = await ask("jiangan.duty", Date.now() - 30 * HOUR_MS);
    expect(["TOO_FAR", "REVEAL_REASON_REQUIRED"]).toContain(far.code);
  });

  it("RPL-2 a desk is told its court's past, the court above too, a sibling nothing, and nobody words or acts", async () => {
    const at = endedAt;
    await eventually(
      async () => expect(storyOf((await ask("jiangan.duty", at)).window).at(-1)).toBe("gone"),
      25_000,
    );
    const own = await ask("jiangan.duty", at);
    expect(STORY.join(" ")).toContain(storyOf(own.window).join(" "));
    expect(storyOf(own.window)).toContain("CONFIRMED");
    expect(storyOf((await ask("wuhan.director", at)).window)).toEqual(storyOf(own.window));
    for (const { text } of [own, await ask("wuhan.director", at)]) {
      expect(text).not.toContain(WORDS);
      expect(text).not.toMatch(/"acts"|"parts"/u);
    }
    const sibling = await ask("huangpi.duty", at);
    expect([sibling.status, storyOf(sibling.window)]).toEqual([200, []]);
    expect(sibling.text).not.toContain(incident);
    const { put, changes } = sibling.window ?? { put: [], changes: [] };
    const told = [...put, ...changes.flatMap((change) => change.put)];
    const officers = told.filter(({ type }) => type === "officer");
    const { courtId } = people.of("huangpi.duty");
    expect([...new Set(officers.map(({ dto }) => dto.courtId))]).toEqual([courtId]);
  }, 60_000);

  it("RPL-2 judges, officers in the field, linked units and observers are told nothing", async () => {
    const at = endedAt;
    expect((await ask("jiangan.judge", at)).code).toBe("REVEAL_OFFICER");
    for (const login of ["jiangan.police", "jiangan.station", "wuhan.guest"]) {
      const { status, window } = await ask(login, at);
      expect([login, status, window]).toEqual([login, 403, undefined]);
    }
  });

  it("RPL-2 given records and dots of one replay, then it is one look, on the record before the answer", async () => {
    const cookie = await signIn(server.url, "gaoyuan.director");
    for (const path of ["/api/replay/state", "/api/tracks/picture", "/api/replay/state"]) {
      const { status } = await request(server.url, "POST", path, { cookie }, { at: endedAt });
      expect([path, status]).toEqual([path, 200]);
    }
    const by = people.of("gaoyuan.director").id;
    const looks = (await readCommands(dataDir, "access")).filter(
      ({ command }) => command.actor === by && command.kind === "access.TRACK",
    );
    const fieldOf = (data: unknown) => (data as { field?: string } | undefined)?.field;
    expect(looks.map(({ command }) => fieldOf(command.events[0]?.data))).toEqual(["replay"]);
    const judge = people.of("jiangan.judge").id;
    const refused = (await readCommands(dataDir, "access")).filter(
      ({ command }) => command.actor === judge && command.kind === "access.TRACK_REFUSED",
    );
    expect(refused.length).toBeGreaterThan(0);
  });

  it("RPL-1 given a kill, when the server is back, then the past is the same", async () => {
    const before = storyOf((await ask("wuhan.duty", endedAt)).window);
    await server.kill();
    server = await spawnServer({ dataDir, port });
    await eventually(
      async () => expect(storyOf((await ask("wuhan.duty", endedAt)).window)).toEqual(before),
      10_000,
    );
    expect(before).toContain("CONFIRMED");
  }, 60_000);

  it("RPL-3 whoever asks too often waits", async () => {
    const cookie = await signIn(server.url, "huangpi.director");
    const codes = new Set<unknown>();
    for (let n = 0; n < 70; n++) {
      const body = { at: endedAt };
      const { json } = await request(server.url, "POST", "/api/replay/state", { cookie }, body);
      codes.add((json as { code?: string }).code);
    }
    expect([...codes]).toEqual([undefined, "TOO_MANY"]);
  });
});
