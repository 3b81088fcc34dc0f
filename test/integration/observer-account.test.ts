/** The account of an observer's seat, in the hands of people who mean it ill. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { hashToken } from "../../server/accounts/tokens.ts";
import { type DemoPeople, demoPeople } from "../support/server/demo-people.ts";
import { envelope } from "../support/server/envelope.ts";
import { request } from "../support/server/http-client.ts";
import { RawClient } from "../support/server/raw-client.ts";
import { type ServerHere, startHere } from "../support/server/server-here.ts";

let here: ServerHere;
let people: DemoPeople;
const open: RawClient[] = [];

beforeAll(async () => {
  here = await startHere();
  people = await demoPeople();
});
afterEach(() => {
  for (const client of open.splice(0)) client.terminate();
});
afterAll(() => here.close());

const cookieOf = (login: string) => here.cookieOf(people.of(login).id);

async function openSeat(login: string, id: string) {
  const payload = {
    body: "PROCURATORATE",
    organisation: "检察院",
    visitor: "检察官",
    endsAt: here.clock.now() + 3_600_000,
  };
  const sent = envelope("observer.open", id, payload);
  const cookie = await cookieOf(login);
  const { json } = await request(here.url, "POST", "/api/commands", { cookie }, sent);
  return json as { outcome: string; refusal?: { code: string; ruleId?: string } };
}

interface Issued {
  readonly login: string;
  readonly password: string;
}

async function issue(login: string, seat: string): Promise<Issued> {
  const cookie = await cookieOf(login);
  const answer = await request(here.url, "POST", `/api/observers/${seat}/account`, { cookie });
  expect(answer.status).toBe(200);
  return answer.json as Issued;
}

async function enter({ login, password }: Issued): Promise<string> {
  const answer = await request(here.url, "POST", "/api/login", {}, { login, password });
  expect(answer.status).toBe(200);
  return (answer.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
}

describe("an account that is made anew", () => {
  it("OBS-8 ends every session and socket that the former password opened", async () => {
    await openSeat("jiangan.director", "seat-lent");
    const cookie = await enter(await issue("jiangan.director", "seat-lent"));
    const client = await RawClient.open(here.url, { seat: "observer", cookie });
    open.push(client);
    const closing = client.next("closing");

    const second = await issue("jiangan.director", "seat-lent");

    expect(await closing).toEqual({ reason: "REVOKED" });
    const me = await request(here.url, "GET", "/api/me", { cookie });
    expect(me.json).toMatchObject({ code: "NOT_SIGNED_IN" });
    const again = RawClient.open(here.url, { seat: "observer", cookie });
    await expect(again).rejects.toThrow("NOT_SIGNED_IN");
    expect(await enter(second)).not.toBe("");
  });

  it("OBS-9 never writes over the account of another court's seat", async () => {
    const id = "seat-whose-name-collides";
    const login = `guest-${hashToken(id).slice(0, 8)}`;
    const victim = { login, officerId: "seat-of-huangpi", passwordHash: "theirs", createdAt: 0 };
    await here.stores.accounts.createAccount(victim);
    await openSeat("jiangan.director", id);

    const mine = await issue("jiangan.director", id);

    expect(mine.login).not.toBe(login);
    expect(await here.stores.accounts.findAccount(login)).toEqual(victim);
    expect(await enter(mine)).not.toBe("");
    expect((await issue("jiangan.director", id)).login).toBe(mine.login);
  });

  it("OBS-9 is of no officer: a seat by the id of one would lock him out of his desk", async () => {
    const { id } = people.of("gaoyuan.duty");
    const answer = await openSeat("jiangan.director", id);
    expect(answer).toMatchObject({
      outcome: "REFUSED",
      refusal: { code: "ALREADY_EXISTS", ruleId: "OBS-9" },
    });
    const cookie = await cookieOf("jiangan.director");
    const made = await request(here.url, "POST", `/api/observers/${id}/account`, { cookie });
    expect(made.json).toMatchObject({ code: "NOT_FOUND" });
  });

  it("OBS-9 nobody is registered as an officer by the id of a seat, whose visitor has its account", async () => {
    await openSeat("jiangan.director", "jiangan-next-officer");
    const answer = await here.server.kernel.app.systemCommand({
      id: "sys:test:officer-by-seat",
      kind: "officer.register",
      ref: { type: "officer", id: "jiangan-next-officer" },
      payload: {
        courtId: people.of("jiangan.director").courtId,
        name: "王示新",
        title: "法官",
        badgeNo: "X-1",
        gender: "F",
      },
    });
    expect(answer).toMatchObject({ outcome: "REFUSED", refusal: { code: "ALREADY_EXISTS" } });
  });

  it("OBS-10 is made twenty times in a quarter of an hour, and not oftener", async () => {
    await openSeat("huangpi.director", "seat-often");
    const cookie = await cookieOf("huangpi.director");
    const ask = () => request(here.url, "POST", "/api/observers/seat-often/account", { cookie });
    const answers = await Promise.all(Array.from({ length: 21 }, ask));
    expect(answers.map(({ status }) => status).filter((status) => status === 429)).toHaveLength(1);
  });
});
