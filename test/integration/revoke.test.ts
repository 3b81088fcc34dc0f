/** Whoever loses a right loses the socket with it, within a second, and does not come back. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DemoPeople, demoPeople } from "../support/server/demo-people.ts";
import { envelope, isAccepted } from "../support/server/envelope.ts";
import { request, signIn } from "../support/server/http-client.ts";
import { type RawAuth, RawClient, TurnedAway } from "../support/server/raw-client.ts";
import { type ServerHere, startHere } from "../support/server/server-here.ts";

const WITHIN_MS = 1_000;

describe("rights that end", () => {
  let here: ServerHere;
  let people: DemoPeople;
  beforeAll(async () => {
    here = await startHere();
    people = await demoPeople();
  });
  afterAll(() => here.close());

  /** A command of the High Court's administrators. */
  async function order(as: "secadmin" | "sysadmin", kind: string, id: string, payload = {}) {
    const cookie = await here.cookieOf(people.of(`gaoyuan.${as}`).id);
    const { json } = await request(
      here.url,
      "POST",
      "/api/commands",
      { cookie },
      envelope(kind, id, payload),
    );
    expect(json).toMatchObject({ outcome: "ACCEPTED" });
  }

  /** Opens sockets, takes the right away, and measures until the last of them is closed. */
  async function losing(auths: readonly RawAuth[], take: () => Promise<void>) {
    const reasons: unknown[] = [];
    const lateFrames: string[] = [];
    let takenAt = Number.POSITIVE_INFINITY;
    const clients = await Promise.all(
      auths.map((auth) =>
        RawClient.open(here.url, auth, {
          onEvent: ({ event, body }) => {
            if (event === "closing") reasons.push(body);
          },
          onFrame: (text) => {
            if (performance.now() > takenAt + WITHIN_MS) lateFrames.push(text);
          },
        }),
      ),
    );
    for (const client of clients) client.emit("resume", null);
    await take();
    takenAt = performance.now();
    await Promise.race([
      Promise.all(clients.map(({ closed }) => closed)),
      new Promise((resolve) => setTimeout(resolve, WITHIN_MS * 3)),
    ]);
    const closedAfterMs = performance.now() - takenAt;
    const open = clients.filter(({ isOpen }) => isOpen).length;
    for (const client of clients) client.terminate();
    return { reasons, open, lateFrames, isInTime: closedAfterMs < WITHIN_MS };
  }

  const reasonsOf = (reason: string, count: number) => ({
    reasons: Array.from({ length: count }, () => ({ reason })),
    open: 0,
    lateFrames: [],
    isInTime: true,
  });

  const refusedAs = async (auth: RawAuth): Promise<string> => {
    const refused = await RawClient.open(here.url, auth).then(
      (client) => {
        client.terminate();
        return new TurnedAway("LET IN");
      },
      (error: unknown) => error,
    );
    return refused instanceof TurnedAway ? refused.message : String(refused);
  };

  it("FLT-20 given an officer at console, wall and phone, when the account is disabled, then all sockets close within a second and none opens again", async () => {
    const { id } = people.of("huangpi.duty");
    const cookie = await here.cookieOf(id);
    const seats: RawAuth[] = [
      { seat: "console", cookie },
      { seat: "wall", cookie },
      { seat: "field", cookie },
    ];
    const lost = await losing(seats, () => order("secadmin", "officer.disable", id));
    expect(lost).toEqual(reasonsOf("REVOKED", 3));
    expect(await Promise.all(seats.map(refusedAs))).toEqual([
      "ACCOUNT_DISABLED",
      "ACCOUNT_DISABLED",
      "ACCOUNT_DISABLED",
    ]);
    expect((await request(here.url, "GET", "/api/records?type=incident", { cookie })).status).toBe(
      403,
    );
    expect(
      (
        await request(
          here.url,
          "POST",
          "/api/login",
          {},
          { login: "huangpi.duty", password: "demo-2026" },
        )
      ).json,
    ).toMatchObject({ code: "ACCOUNT_DISABLED" });
    await order("secadmin", "officer.enable", id);
    expect(await signIn(here.url, "huangpi.duty")).toContain("=");
  });

  it("FLT-20 given an officer with two sessions, when one is revoked, then only its socket closes", async () => {
    const { id } = people.of("jiangan.duty");
    const [taken, kept] = [await here.cookieOf(id), await here.cookieOf(id)];
    const other = await RawClient.open(here.url, { seat: "console", cookie: kept });
    const { json } = await request(here.url, "GET", "/api/me", { cookie: taken });
    const { sessionId } = json as { sessionId: string };
    const lost = await losing([{ seat: "console", cookie: taken }], () =>
      order("secadmin", "officer.revokeSession", id, { sessionId }),
    );
    expect(lost).toEqual(reasonsOf("REVOKED", 1));
    expect(await refusedAs({ seat: "console", cookie: taken })).toBe("SESSION_REVOKED");
    expect(other.isOpen).toBe(true);
    other.terminate();
  });

  it("FLT-20 given a wall screen by its token and another by the session it exchanged it for, when the device is revoked, then both close", async () => {
    const wall = here.server.handout?.walls.find(({ courtName }) => courtName.includes("江岸"));
    const token = wall?.token ?? "";
    const [deviceId = ""] = token.split(".");
    const { headers } = await request(here.url, "POST", "/api/kiosk", { device: token });
    const cookie = (headers.get("set-cookie") ?? "").split(";")[0] ?? "";
    const walls: RawAuth[] = [
      { seat: "wall", kiosk: token },
      { seat: "wall", cookie },
    ];
    const lost = await losing(walls, () => order("sysadmin", "device.revoke", deviceId));
    expect(lost).toEqual(reasonsOf("REVOKED", 2));
    expect(await Promise.all(walls.map(refusedAs))).toEqual(["DEVICE_REVOKED", "DEVICE_REVOKED"]);
  });

  it("FLT-20 given a phone by its device token, when the phone is revoked, then its socket closes and nothing but a marked call for help is taken", async () => {
    const { officerId, token } = here.server.handout?.devices.find(
      ({ officerId }) => officerId === people.of("jiangan.police").id,
    ) ?? { officerId: "", token: "" };
    const lost = await losing([{ seat: "field", device: token }], () =>
      order("sysadmin", "device.revoke", `dev-${officerId}`),
    );
    expect(lost).toEqual(reasonsOf("REVOKED", 1));
    expect(await refusedAs({ seat: "field", device: token })).toBe("DEVICE_REVOKED");
    const { json } = await request(
      here.url,
      "POST",
      "/api/commands",
      { device: token },
      envelope("incident.sos", "i1"),
    );
    // SOSR-5: whoever took the phone can only ring, and the desk reads that it is to be checked.
    expect(isAccepted(json)).toBe(true);
    expect(here.server.kernel.replica.world.get("incident", "i1")?.unverified).toBe(true);
    const other = await request(
      here.url,
      "POST",
      "/api/commands",
      { device: token },
      envelope("incident.report", "i2", { kind: "MEDICAL", level: "GENERAL" }),
    );
    expect(other.status).toBe(401);
  });

  it("FLT-21 given a judge at a console, when a right is granted, then the socket closes as RIGHTS_CHANGED and the next one has the new rights", async () => {
    const { id } = people.of("jiangan.judge");
    const cookie = await here.cookieOf(id);
    const lost = await losing([{ seat: "console", cookie }], () =>
      order("secadmin", "officer.grant", id, { role: "DUTY_OFFICER" }),
    );
    expect(lost).toEqual(reasonsOf("RIGHTS_CHANGED", 1));
    const hellos: unknown[] = [];
    const again = await RawClient.open(
      here.url,
      { seat: "wall", cookie },
      { onEvent: ({ event, body }) => event === "hello" && hellos.push(body) },
    );
    await again.ask("nothing", null, 50);
    expect(hellos).toEqual([
      expect.objectContaining({
        view: `wall:${people.of("jiangan.judge").courtId}`,
        roles: ["JUDGE", "DUTY_OFFICER"],
      }),
    ]);
    const lostAgain = await losing([{ seat: "wall", cookie }], () =>
      order("secadmin", "officer.revokeGrant", id, { role: "DUTY_OFFICER" }),
    );
    expect(lostAgain).toEqual(reasonsOf("REVOKED", 1));
    again.terminate();
  });

  it("FLT-22 given a socket whose session runs out of time, when the next second has passed, then it is closed", async () => {
    const cookie = await here.cookieOf(people.of("wuhan.duty").id);
    const lost = await losing([{ seat: "console", cookie }], async () => {
      here.clock.push(12 * 3_600_000 + 1_000);
      await new Promise((resolve) => setTimeout(resolve, WITHIN_MS));
    });
    expect(lost).toEqual({ ...reasonsOf("SIGNED_OUT", 1) });
    expect(await refusedAs({ seat: "console", cookie })).toBe("SESSION_EXPIRED");
  });
});
