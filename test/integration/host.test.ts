/** A person detained in another court's district: what its court sees, over the wire, and what nobody ever sees. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  emptyRecords,
  type RecordsState,
  withPatch,
  withSnapshot,
} from "../../client/store/records.ts";
import { scanOnce } from "../../server/app/scan-deadlines.ts";
import { patch, snapshot } from "../../shared/wire/live.ts";
import { type DemoPeople, demoPeople } from "../support/server/demo-people.ts";
import { envelope, isAccepted } from "../support/server/envelope.ts";
import { eventually } from "../support/server/eventually.ts";
import { request } from "../support/server/http-client.ts";
import { type RawAuth, RawClient } from "../support/server/raw-client.ts";
import { type ServerHere, startHere } from "../support/server/server-here.ts";

const PLACE = { lat: 30.88, lng: 114.37 };
const MINUTE_MS = 60_000;
const SUBJECTS = 12;

/** What an officer types of a person; none of it may ever be pushed. */
const identityOf = (n: number) => ({
  name: `阿卜${"甲乙丙丁戊己庚辛壬癸子丑"[n] ?? "寅"}`,
  idNumber: `42010219800101${String(1000 + n)}`,
  phone: `1380000${String(1000 + n)}`,
  address: `武汉市江岸区某某路${700 + n}号`,
  plate: `鄂A${String(10_000 + n)}`,
  account: `62220000000000${String(1000 + n)}`,
});

describe("a detention in another court's district", () => {
  let here: ServerHere;
  let people: DemoPeople;
  const frames: { readonly view: string; readonly text: string }[] = [];
  const clients: RawClient[] = [];
  beforeAll(async () => {
    here = await startHere();
    people = await demoPeople();
  });
  afterAll(async () => {
    for (const client of clients) client.terminate();
    await here.close();
  });

  async function act(login: string, kind: string, id: string, payload = {}): Promise<void> {
    const cookie = await here.cookieOf(people.of(login).id);
    const { json } = await request(
      here.url,
      "POST",
      "/api/commands",
      { cookie },
      envelope(kind, id, payload),
    );
    if (!isAccepted(json)) throw new Error(`${kind}: ${JSON.stringify(json)}`);
  }

  /** Looks through a view and keeps every frame as it came. */
  async function watch(view: string, auth: RawAuth): Promise<() => RecordsState> {
    let state = emptyRecords();
    const client = await RawClient.open(here.url, auth, {
      onFrame: (text) => frames.push({ view, text }),
      onBytes: (bytes) => frames.push({ view, text: bytes.toString("latin1") }),
      onEvent: ({ event, body }) => {
        if (event === "snapshot") state = withSnapshot(state, snapshot.parse(body));
        if (event === "patch") state = withPatch(state, patch.parse(body));
      },
    });
    clients.push(client);
    client.emit("resume", null);
    await eventually(() => expect(state.cursor).not.toBeNull(), 5_000);
    return () => state;
  }

  const seatOf = async (login: string, seat: RawAuth["seat"]): Promise<RawAuth> => ({
    seat,
    cookie: await here.cookieOf(people.of(login).id),
  });

  const keysOf = ({ maps }: RecordsState): string[] =>
    Object.values(maps).flatMap((map) => [...map.values()].map(({ type, id }) => `${type}:${id}`));

  const propose = (n: number, more = {}) => ({
    caseNo: `(2026)鄂0102执${n + 1}号`,
    subject: { id: `s${n}`, label: "阿**", sex: "M", ageBand: "18_69", flags: [] },
    basisArticles: ["民事诉讼法第114条第1款"],
    actId: `act${n}`,
    days: 15,
    escortIds: [people.of("jiangan.police").id],
    hostCourtId: people.of("huangpi.duty").courtId,
    ...more,
  });

  it("FLT-60 given the host court's console, when a detention in its district begins and ends, then person-free record, escort and call for help enter and leave", async () => {
    const host = await watch("console:host", await seatOf("huangpi.duty", "console"));
    const police = people.of("jiangan.police").id;
    await act("jiangan.judge", "detention.propose", "d-host", propose(99));
    await act("jiangan.president", "detention.approve", "d-host", {
      decisionNo: "(2026)鄂0102司惩1号",
    });
    await act("jiangan.police", "detention.control", "d-host");
    await act("jiangan.police", "incident.sos", "i-host", { detentionId: "d-host", place: PLACE });
    await eventually(
      () =>
        expect(keysOf(host())).toEqual(
          expect.arrayContaining(["detention:d-host", `officer:${police}`, "incident:i-host"]),
        ),
      3_000,
    );
    const record = host().maps.detention.get("d-host");
    expect(JSON.stringify(record)).not.toMatch(/阿|subject|caseNo|2026\)/);
    expect(record).toMatchObject({ dto: { clocks: expect.any(Array) } });
    await act("jiangan.duty", "incident.acknowledge", "i-host");
    await act("jiangan.duty", "incident.falseAlarm", "i-host", { reason: "误触" });
    await act("jiangan.police", "detention.intake", "d-host", { receiptNo: "1" });
    await act("jiangan.president", "detention.stop", "d-host", { decisionNo: "2", reason: "停止" });
    await eventually(
      () =>
        expect(
          keysOf(host()).filter((key) => key.includes("host") || key.includes(police)),
        ).toEqual([]),
      3_000,
    );
  });

  it("FLT-61 given an hour in which persons are put in, detained, called about and released, then no frame to any view ever holds a name, number, telephone, address, plate or account of theirs", async () => {
    const walls = here.server.handout?.walls ?? [];
    await Promise.all([
      ...["jiangan.duty", "wuhan.duty", "gaoyuan.duty", "huangpi.duty", "jiangan.judge"].map(
        async (login) => watch(`console:${login}`, await seatOf(login, "console")),
      ),
      ...["jiangan.police", "jiangan.police2", "jiangan.executor"].map(async (login) =>
        watch(`field:${login}`, await seatOf(login, "field")),
      ),
      ...walls.map(({ courtName, token }) =>
        watch(`wall:${courtName}`, { seat: "wall", kiosk: token }),
      ),
    ]);
    const cookie = await here.cookieOf(people.of("jiangan.judge").id);
    for (let minute = 0; minute < 60; minute += 1) {
      await actOfMinute(minute, cookie);
      here.clock.push(MINUTE_MS);
      const { kernel } = here.server;
      await scanOnce(
        kernel.deadlines,
        () => here.clock.now(),
        (command) => kernel.app.systemCommand(command),
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 2_500)); // a heartbeat of every console and wall
    const secrets = Array.from({ length: SUBJECTS }, (_, n) => Object.values(identityOf(n))).flat();
    const told = frames.filter(({ text }) =>
      secrets.some(
        (secret) => text.includes(secret) || text.includes(JSON.stringify(secret).slice(1, -1)),
      ),
    );
    expect(told).toEqual([]);
    const views = new Set(frames.map(({ view }) => view));
    expect(views.size).toBe(1 + 5 + 3 + walls.length);
    // The trial would show nothing if the persons were not on those screens at all.
    expect(frames.filter(({ text }) => text.includes("阿**")).length).toBeGreaterThan(SUBJECTS);
    expect(here.logged()).not.toMatch(
      new RegExp(secrets.map((s) => s.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|")),
    );
    process.stdout.write(
      `frames: ${frames.length} to ${views.size} views in a simulated hour, ${secrets.length} secrets, 0 told\n`,
    );
  }, 60_000);

  /** Each minute something of a person's way; five minutes a person. */
  async function actOfMinute(minute: number, cookie: string): Promise<void> {
    const n = Math.floor(minute / 5);
    const id = `d-${n}`;
    switch (minute % 5) {
      case 0: {
        const put = await request(
          here.url,
          "PUT",
          `/api/subjects/s${n}`,
          { cookie },
          identityOf(n),
        );
        expect(put).toMatchObject({ status: 200, json: { label: "阿**" } });
        const kind = n % 2 ? { hostCourtId: undefined } : {};
        return act("jiangan.judge", "detention.propose", id, propose(n, kind));
      }
      case 1:
        return act("jiangan.president", "detention.approve", id, {
          decisionNo: `(2026)鄂0102司惩${n + 2}号`,
        });
      case 2:
        return act("jiangan.police", "detention.control", id);
      case 3: {
        await act("jiangan.police", "incident.sos", `i-${n}`, { detentionId: id, place: PLACE });
        const { json } = await request(
          here.url,
          "POST",
          "/api/reveal",
          { cookie },
          { subject: `s${n}`, field: "name", reason: "核对身份" },
        );
        expect(JSON.stringify(json)).toContain(identityOf(n).name);
        return act("jiangan.duty", "message.send", `m-${n}`, {
          toOfficerId: people.of("jiangan.police").id,
          text: "收到",
        });
      }
      default:
        return act("jiangan.police", "detention.release", id);
    }
  }
});
