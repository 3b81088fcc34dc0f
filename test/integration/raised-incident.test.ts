/** An incident climbs while a hundred consoles look on. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  emptyRecords,
  type RecordsState,
  withPatch,
  withSnapshot,
} from "../../client/store/records.ts";
import { patch, snapshot } from "../../shared/wire/live.ts";
import { type DemoPeople, demoPeople } from "../support/server/demo-people.ts";
import { envelope, isAccepted } from "../support/server/envelope.ts";
import { eventually } from "../support/server/eventually.ts";
import { request } from "../support/server/http-client.ts";
import { RawClient } from "../support/server/raw-client.ts";
import { type ServerHere, startHere } from "../support/server/server-here.ts";

const CONSOLES = 100;

interface Watcher {
  readonly officerId: string;
  readonly courtId: string;
  readonly cookie: string;
  state(): RecordsState;
  /** Last commit that it has got past. */
  reached(): number;
  /** Whether the id of the incident was in anything that came. */
  heard(): boolean;
}

describe("an incident raised in level while a hundred consoles watch", () => {
  let here: ServerHere;
  let people: DemoPeople;
  const clients: RawClient[] = [];
  const watchers: Watcher[] = [];
  beforeAll(async () => {
    here = await startHere();
    people = await demoPeople();
    const desks = people.all.filter(({ id }) => id.endsWith("-duty"));
    const first = ["jiangan.duty", "wuhan.duty", "gaoyuan.duty"].map((login) => people.of(login));
    const rest = desks.filter(({ id }) => !first.some((each) => each.id === id));
    for (const { id, courtId } of [...first, ...rest].slice(0, CONSOLES)) {
      watchers.push(await watch(id, courtId));
    }
  }, 60_000);
  afterAll(async () => {
    for (const client of clients) client.terminate();
    await here.close();
  });

  async function watch(officerId: string, courtId: string): Promise<Watcher> {
    let state = emptyRecords();
    let heard = false;
    let reached = 0;
    const cookie = await here.cookieOf(officerId);
    const client = await RawClient.open(
      here.url,
      { seat: "console", cookie },
      {
        onFrame: (text) => {
          heard ||= text.includes("raised-1");
        },
        onEvent: ({ event, body }) => {
          if (event === "snapshot") state = withSnapshot(state, snapshot.parse(body));
          if (event === "patch") state = withPatch(state, patch.parse(body));
          // Who may not see a commit learns by the next heartbeat that it has passed.
          if (event === "hb" || event === "patch" || event === "snapshot") {
            reached = Math.max(reached, (body as { readonly to: number }).to);
          }
        },
      },
    );
    clients.push(client);
    client.emit("resume", null);
    await eventually(() => expect(state.cursor).not.toBeNull(), 5_000);
    return {
      officerId,
      courtId,
      cookie,
      state: () => state,
      reached: () => reached,
      heard: () => heard,
    };
  }

  async function act(kind: string, payload: Record<string, unknown>): Promise<number> {
    const cookie = await here.cookieOf(people.of("jiangan.duty").id);
    const { json } = await request(
      here.url,
      "POST",
      "/api/commands",
      { cookie },
      envelope(kind, "raised-1", payload),
    );
    if (!isAccepted(json)) throw new Error(`${kind}: ${JSON.stringify(json)}`);
    return here.server.kernel.app.tail().seq;
  }

  const held = (watcher: Watcher) => watcher.state().maps.incident.get("raised-1")?.dto;
  const watching = (...logins: string[]) =>
    logins.map((login) => {
      const found = watchers.find(({ officerId }) => officerId === people.of(login).id);
      if (!found) throw new Error(`${login} does not watch`);
      return found;
    });

  /** What the server's own projection says to that view now. */
  async function projected({ courtId }: Watcher) {
    return here.server.kernel.app.record(`console:${courtId}`, {
      type: "incident",
      id: "raised-1",
    });
  }

  const hasReached = (seq: number) => (each: Watcher) => each.reached() >= seq;

  /** Those who see it hold it with that commit; once all have passed it, nobody else has heard. */
  async function expectSeenBy(seq: number, ...logins: string[]): Promise<void> {
    const seers = watching(...logins);
    await eventually(() => expect(seers.every(hasReached(seq))).toBe(true), 5_000);
    for (const each of seers) expect(held(each)).toEqual(await projected(each));
    await eventually(() => expect(watchers.every(hasReached(seq))).toBe(true), 10_000);
    const others = watchers.filter((each) => !seers.includes(each));
    expect(others.filter((each) => held(each) !== undefined || each.heard())).toEqual([]);
  }

  it("VIEW-17 general is the own court's alone; larger reaches the parent and major the High Court whole, at that commit, and nobody else ever hears of it", async () => {
    expect(watchers).toHaveLength(CONSOLES);
    const reported = await act("incident.report", {
      kind: "SIEGE",
      level: "GENERAL",
      detail: "十余人围堵",
    });
    await expectSeenBy(reported, "jiangan.duty");
    const larger = await act("incident.setLevel", { level: "LARGER" });
    await expectSeenBy(larger, "jiangan.duty", "wuhan.duty");
    const major = await act("incident.setLevel", {
      level: "MAJOR",
      casualties: { dead: 0, injured: 2 },
    });
    await expectSeenBy(major, "jiangan.duty", "wuhan.duty", "gaoyuan.duty");
    const [high] = watching("gaoyuan.duty");
    expect(high && held(high)).toMatchObject({
      level: "MAJOR",
      detail: { text: "十余人围堵" },
      casualties: { dead: 0, injured: 2 },
    });
  }, 60_000);
});
