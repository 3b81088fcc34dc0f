/** Which court could move first, as each desk is told. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DemoPeople, demoPeople } from "../support/server/demo-people.ts";
import { envelope, isAccepted } from "../support/server/envelope.ts";
import { request } from "../support/server/http-client.ts";
import { type ServerHere, startHere } from "../support/server/server-here.ts";

interface Told {
  readonly courtId: string;
  readonly distanceM: number;
  readonly ready: number;
  readonly enough: boolean;
  readonly asked: string;
  readonly officerIds?: readonly string[];
}

describe("the nearest ready court", () => {
  let here: ServerHere;
  let people: DemoPeople;
  beforeAll(async () => {
    here = await startHere();
    people = await demoPeople();
    const field = people.all.filter(({ id }) => /-(judge|executor|police2?)$/u.test(id));
    for (const { id } of field.slice(0, 60)) {
      await act(id, "officer.setDuty", id, { duty: "ON_DUTY" });
    }
    await act(people.of("jiangan.judge").id, "officer.setDuty", people.of("jiangan.judge").id, {
      duty: "ON_DUTY",
    });
    await act(people.of("jiangan.judge").id, "incident.sos", "i1", {
      place: { lat: 30.88, lng: 114.37 },
    });
  }, 60_000);
  afterAll(() => here.close());

  async function act(officerId: string, kind: string, id: string, payload: object): Promise<void> {
    const cookie = await here.cookieOf(officerId);
    const command = envelope(kind, id, { ...payload });
    const { json } = await request(here.url, "POST", "/api/commands", { cookie }, command);
    if (!isAccepted(json)) throw new Error(`${kind}: ${JSON.stringify(json)}`);
  }
  async function asked(login: string) {
    const cookie = await here.cookieOf(people.of(login).id);
    const { status, json } = await request(here.url, "GET", "/api/assist/i1", { cookie });
    return { status, courts: (json as { readonly courts?: readonly Told[] }).courts ?? [] };
  }

  it("HOLD-19 a desk is told nearest first, without its superiors; of courts not below it no people and rounded distances", async () => {
    const { status, courts } = await asked("jiangan.duty");
    expect(status).toBe(200);
    expect(courts.length).toBeGreaterThan(1);
    const enough = courts.filter((each) => each.enough).map((each) => each.distanceM);
    expect(enough).toEqual(enough.toSorted((a, b) => a - b));
    const own = people.of("jiangan.duty").courtId;
    const above = [people.of("wuhan.duty").courtId, people.of("gaoyuan.duty").courtId];
    expect(courts.filter(({ courtId }) => above.includes(courtId))).toEqual([]);
    for (const each of courts.filter(({ courtId }) => courtId !== own)) {
      expect(each.officerIds).toBeUndefined();
      expect(each.distanceM % 500).toBe(0);
      expect(each.asked).toBe("REQUESTED");
    }
    const caller = people.of("jiangan.judge").id;
    expect(courts.find(({ courtId }) => courtId === own)?.officerIds ?? []).not.toContain(caller);
  });

  it("HOLD-19 a common superior orders and reads who is ready; the incident's own court is not offered", async () => {
    const { courts } = await asked("wuhan.duty");
    expect(courts.map(({ courtId }) => courtId)).not.toContain(people.of("jiangan.duty").courtId);
    const below = courts.filter(({ asked: how }) => how === "ORDERED");
    expect(below.length).toBeGreaterThan(0);
    expect(below.every(({ officerIds }) => (officerIds ?? []).length > 0)).toBe(true);
  });

  it("HOLD-19 who does not see the incident, and who sits at no desk, is told nothing", async () => {
    expect((await asked("huangpi.duty")).status).toBe(404);
    expect((await asked("jiangan.police")).status).toBe(403);
  });
});
