/** What the server gives a person of a linked unit, by every door, and what it does not. */
import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demoUnitId } from "../../server/demo/commands.ts";
import { type DemoPeople, demoPeople } from "../support/server/demo-people.ts";
import { envelope, isAccepted } from "../support/server/envelope.ts";
import { request } from "../support/server/http-client.ts";
import { type RawAuth, RawClient } from "../support/server/raw-client.ts";
import { type ServerHere, startHere } from "../support/server/server-here.ts";
import { sosCall, sosPhone } from "../support/server/sos-phone.ts";

const NAME = "阿卜杜拉示例";
const SUBJECT = { id: v7(), label: "阿***", sex: "M", ageBand: "18_69", flags: ["HEALTH"] };

describe("the doors of a linked unit's person", () => {
  let here: ServerHere;
  let people: DemoPeople;
  const cookies = new Map<string, string>();
  const clients: RawClient[] = [];
  /** Requests by the desk that they are addressed to. */
  const asked = { station: v7(), gongan: v7(), bank: v7() };

  beforeAll(async () => {
    here = await startHere();
    people = await demoPeople();
    await http("jiangan.judge", "PUT", `/api/subjects/${SUBJECT.id}`, {
      name: NAME,
      idNumber: "420102198001011234",
      phone: "13800001234",
    });
    const content = { kind: "LOCATE_PERSON", urgency: "P2", caseNo: "(2026)鄂0102执1号" };
    for (const desk of ["station", "gongan"] as const) {
      await act("jiangan.judge", "police.send", asked[desk], {
        ...{ ...content, unitId: unitOf(desk), subject: SUBJECT, detail: `找人：${desk}` },
      });
    }
    await act("jiangan.judge", "liaison.send", asked.bank, {
      ...{ unitId: unitOf("bank"), service: "QUERY", caseNo: "(2026)鄂0102执1号" },
      ...{ noticeNo: "通1号", subject: SUBJECT },
    });
  });
  afterAll(async () => {
    for (const client of clients) client.terminate();
    await here.close();
  });

  const unitOf = (desk: string): string => {
    const base = demoUnitId(people.of("jiangan.duty").courtId);
    return desk === "gongan" ? base : `${base}-${desk}`;
  };

  async function cookieOf(login: string): Promise<string> {
    const known = cookies.get(login) ?? (await here.cookieOf(people.of(login).id));
    cookies.set(login, known);
    return known;
  }

  async function http(login: string, method: string, path: string, body?: unknown) {
    return request(here.url, method, path, { cookie: await cookieOf(login) }, body);
  }

  async function send(login: string, kind: string, id: string, payload = {}) {
    return (await http(login, "POST", "/api/commands", envelope(kind, id, payload))).json;
  }

  async function act(login: string, kind: string, id: string, payload = {}): Promise<void> {
    const json = await send(login, kind, id, payload);
    if (!isAccepted(json)) throw new Error(`${kind}: ${JSON.stringify(json)}`);
  }

  async function dial(login: string, seat: RawAuth["seat"]) {
    const client = await RawClient.open(here.url, { seat, cookie: await cookieOf(login) });
    clients.push(client);
    return client;
  }

  it("UNIT-14 every route answers as authority.md says, and no other seat is theirs", async () => {
    const station = "jiangan.station";
    const me = (await http(station, "GET", "/api/me")).json as Record<string, unknown>;
    expect(me).toMatchObject({ seats: ["partner"], unit: { courtPhone: "027-0000 0001" } });
    const refused: readonly [string, string, unknown?][] = [
      ["PUT", `/api/subjects/${v7()}`, { name: "某人" }],
      ["POST", "/api/kiosk", {}],
      ["GET", "/api/notifications/outbox"],
      ["POST", "/api/sos/keys", { publicKey: "x".repeat(87) }],
      ["POST", "/api/reveal", { subject: SUBJECT.id, field: "name", reason: "需要核对身份" }],
      ["POST", "/api/reveal", { subject: SUBJECT.id, field: "phone", reason: "需要核对身份" }],
      [
        "POST",
        "/api/reveal",
        { officer: people.of("jiangan.judge").id, field: "badgeNo", reason: "需要核对身份" },
      ],
      ["GET", "/api/records?type=police&seat=console"],
      ["GET", "/api/records?type=police&seat=wall"],
      ["GET", "/api/records?type=police&seat=field"],
      ["GET", `/api/timeline/police/${asked.station}?seat=console`],
      ["GET", "/api/units/summary?seat=console&month=2026-11"],
    ];
    for (const [method, path, body] of refused) {
      const answer = await http(station, method, path, body);
      expect([path, answer.status], answer.text).toEqual([path, 403]);
      expect(answer.text).not.toContain(NAME);
    }
    for (const id of [asked.gongan, asked.bank]) {
      const type = id === asked.bank ? "liaison" : "police";
      expect((await http(station, "GET", `/api/timeline/${type}/${id}`)).status).toBe(404);
    }
  });

  it("UNIT-14 its records are its own requests, with the label and nothing else of the person", async () => {
    const types = ["police", "liaison", "officer", "court", "unit", "operation", "incident"];
    for (const type of types) {
      const answer = await http("jiangan.station", "GET", `/api/records?type=${type}`);
      const ids = (answer.json as readonly { id: string }[]).map(({ id }) => id);
      expect([type, ids]).toEqual([type, type === "police" ? [asked.station] : []]);
      expect(answer.text).not.toMatch(/HEALTH|18_69|formerUnits|sentBy/);
    }
    const bank = (await http("jiangan.bank", "GET", "/api/records?type=liaison")).text;
    expect(bank).toContain(asked.bank);
    expect(bank).not.toMatch(/HEALTH|18_69|sentBy/);
  });

  it("UNIT-14 a console's person has no unit's desk", async () => {
    expect(
      (await http("jiangan.duty", "GET", "/api/records?type=police&seat=partner")).status,
    ).toBe(403);
    await expect(dial("jiangan.duty", "partner")).rejects.toThrow("SEAT_REFUSED");
  });

  it.each(["console", "wall", "field", "inspector", "president"] as const)(
    "UNIT-3 the live channel gives no %s to it",
    async (seat) => {
      await expect(dial("jiangan.station", seat)).rejects.toThrow("SEAT_REFUSED");
    },
  );

  it("UNIT-14 what it sends of where it is is taken nowhere", async () => {
    const client = await dial("jiangan.station", "partner");
    const fix = { seq: 1, deviceAt: Date.now(), lat: 30.6, lng: 114.3 };
    expect(await client.ask("positions", { fixes: [fix] })).toEqual({ error: "READ_ONLY" });
  });

  it("UNIT-12 no device can be registered for it, and no call for help comes from it", async () => {
    const { id } = people.of("jiangan.station");
    const device = { kind: "PHONE", label: "手机", officerId: id };
    expect(await send("gaoyuan.sysadmin", "device.register", v7(), device)).toMatchObject({
      outcome: "REFUSED",
      refusal: { code: "NO_DEVICE_FOR_UNIT" },
    });
    await expect(
      sosPhone(here.url, { cookie: await cookieOf("jiangan.station") }),
    ).rejects.toThrow();
    const sos = sosCall();
    expect((await http("jiangan.station", "POST", "/api/commands", sos)).json).toMatchObject({
      outcome: "REFUSED",
      refusal: { code: "NOT_FOR_UNIT" },
    });
  });

  it("UNIT-13 it neither writes nor is written a message", async () => {
    const { id, courtId } = people.of("jiangan.station");
    const text = "请回电";
    expect(
      await send("jiangan.duty", "message.send", v7(), { toOfficerId: id, text }),
    ).toMatchObject({ outcome: "REFUSED", refusal: { code: "NO_MESSAGE_TO_UNIT" } });
    expect(
      await send("jiangan.station", "message.send", v7(), { toCourtId: courtId, text }),
    ).toMatchObject({ outcome: "REFUSED", refusal: { code: "NOT_FOR_UNIT" } });
  });

  it("UNIT-15 the month of a unit: its own at its desk, those of the units below at a console", async () => {
    const month = new Date(here.clock.now() + 8 * 3_600_000).toISOString().slice(0, 7);
    const summary = async (login: string, seat: string) =>
      (await http(login, "GET", `/api/units/summary?seat=${seat}&month=${month}`)).json as {
        readonly units: readonly { readonly unitId: string; readonly requests: number }[];
      };
    const counted = async (login: string, seat: string) =>
      (await summary(login, seat)).units
        .filter(({ requests }) => requests > 0)
        .map(({ unitId, requests }) => [unitId, requests]);
    const [one] = (await summary("jiangan.station", "partner")).units;
    expect((await summary("jiangan.station", "partner")).units.length).toBe(1);
    expect(one).toMatchObject({
      ...{ unitId: unitOf("station"), requests: 1, onTime: 0, overdue: 0, refused: 0, running: 1 },
      kind: "POLICE",
    });
    const all = [unitOf("gongan"), unitOf("station"), unitOf("bank")].map((id) => [id, 1]);
    expect(await counted("jiangan.duty", "console")).toEqual(all);
    expect(await counted("wuhan.duty", "console")).toEqual(all);
    expect((await summary("huangpi.duty", "console")).units.length).toBe(1);
    expect(await counted("huangpi.duty", "console")).toEqual([]);
    expect(
      (await http("jiangan.duty", "GET", "/api/units/summary?seat=console&month=2026-13")).status,
    ).toBe(400);
  });
});
