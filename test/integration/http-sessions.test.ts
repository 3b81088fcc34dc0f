import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { hashToken, newToken } from "../../server/accounts/tokens.ts";
import { issueEnrolmentCode } from "../../server/edge/http/enrolment.ts";
import { createSessions } from "../../server/edge/sessions.ts";
import type { Device } from "../../shared/domain/device/state.ts";
import { belongsTo, officer } from "../support/domain/province.ts";
import { ORIGIN, openRig, PASSWORD, type Rig, settle } from "./http-rig.ts";

const HOUR_MS = 3_600_000;
let rig: Rig;

beforeEach(async () => {
  rig = await openRig();
  settle(rig);
});
afterEach(() => rig.close());

const device = (id: string, more: Partial<Device>): Device => ({
  type: "device",
  id,
  rev: 1,
  stateRev: 1,
  createdAt: 0,
  updatedAt: 0,
  ...belongsTo("jiangan"),
  kind: "PHONE",
  label: id,
  status: "ENROLLED",
  ...more,
});

async function keyOf(deviceId: string): Promise<Record<string, string>> {
  const secret = newToken();
  await rig.accounts.putDeviceSecret({ deviceId, secretHash: hashToken(secret) });
  return { authorization: `Bearer ${deviceId}.${secret}` };
}

const me = (cookie: string) => rig.call("GET", "/api/me", { cookie });
const command = (kind: string) => ({ id: "c-00000001", kind, payload: {} });

describe("sessions of people", () => {
  test("SESS-1 signing in answers who one is, and sets a cookie that scripts cannot read", async () => {
    const passwordHash = await rig.passwords.hash(PASSWORD);
    await rig.accounts.createAccount({
      login: "desk",
      officerId: "desk",
      passwordHash,
      createdAt: 0,
    });
    const { status, json, headers } = await rig.call("POST", "/api/login", {
      body: { login: " Desk ", password: PASSWORD },
    });
    expect(status).toBe(200);
    expect(json).toEqual({
      officerId: "desk",
      name: "desk",
      title: "",
      courtId: "jiangan",
      courtName: "jiangan",
      roles: ["DUTY_OFFICER"],
      seats: ["console", "wall", "field"],
      sessionId: "session-1",
      deployment: "测试",
      mode: "DEMO",
    });
    expect(headers.get("set-cookie")).toMatch(
      /^__Host-ec=[A-Za-z0-9_-]{43}; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
    expect(headers.get("cache-control")).toBe("no-store");
    expect(rig.seen.access).toEqual([
      { kind: "SIGN_IN", by: "desk", courtId: "jiangan", session: "session-1" },
    ]);
  });

  test("SESS-2 the store holds only the token's hash", async () => {
    const token = (await rig.signIn("desk")).split("=")[1] ?? "";
    expect(await rig.accounts.findSession(token)).toBeUndefined();
    expect((await rig.accounts.findSession(hashToken(token)))?.id).toBe("session-1");
  });

  test("SESS-3 after its hours a session is refused; a report of fact is still taken, then not", async () => {
    const cookie = await rig.signIn("escort");
    rig.clock.now += 12 * HOUR_MS - 1;
    expect((await me(cookie)).status).toBe(200);
    rig.clock.now += 1;
    expect((await me(cookie)).json.code).toBe("SESSION_EXPIRED");
    const send = (kind: string) =>
      rig.call("POST", "/api/commands", { cookie, body: command(kind) });
    expect((await send("incident.sos")).status).toBe(200);
    expect((await send("detention.control")).status).toBe(200);
    expect((await send("detention.propose")).json.code).toBe("SESSION_EXPIRED");
    expect((await send("no.such")).json.code).toBe("SESSION_EXPIRED");
    rig.clock.now += 72 * HOUR_MS;
    expect((await send("incident.sos")).json.code).toBe("SESSION_EXPIRED");
    expect(rig.seen.commands).toHaveLength(2);
  });

  test("SESS-4 a disabled account and a revoked session are refused at once, but for a marked call for help", async () => {
    const cookie = await rig.signIn("desk");
    const desk = officer("desk", "jiangan", "DUTY_OFFICER");
    rig.world.put({ ...desk, revokedSessions: ["session-1"] });
    expect((await me(cookie)).json.code).toBe("SESSION_REVOKED");
    rig.world.put({ ...desk, disabled: true });
    expect((await me(cookie)).json.code).toBe("ACCOUNT_DISABLED");
    const send = (kind: string) =>
      rig.call("POST", "/api/commands", { cookie, body: command(kind) });
    expect((await send("detention.control")).status).toBe(403);
    expect((await send("incident.sos")).status).toBe(200);
    const from = { officerId: "desk", session: "session-1", unverified: true };
    expect(rig.seen.commands.map((one) => one.from)).toEqual([from]);
    const again = { login: "desk", password: PASSWORD };
    expect((await rig.call("POST", "/api/login", { body: again })).json.code).toBe(
      "ACCOUNT_DISABLED",
    );
    rig.world.put(desk);
    expect((await me(cookie)).status).toBe(200);
  });

  test("SESS-5 signing out ends the session and takes the cookie away", async () => {
    const cookie = await rig.signIn("desk");
    const { status, headers } = await rig.call("POST", "/api/logout", { cookie });
    expect(status).toBe(204);
    expect(headers.get("set-cookie")).toMatch(/^__Host-ec=; Max-Age=0;/);
    expect((await me(cookie)).json.code).toBe("NOT_SIGNED_IN");
    expect(rig.seen.access.at(-1)).toEqual({
      kind: "SIGN_OUT",
      by: "desk",
      session: "session-1",
      courtId: "jiangan",
    });
  });

  test("SESS-6 signing in again ends the session before", async () => {
    const cookie = await rig.signIn("desk");
    const body = { login: "desk", password: PASSWORD };
    const { headers } = await rig.call("POST", "/api/login", { body, cookie });
    expect((await me(cookie)).json.code).toBe("NOT_SIGNED_IN");
    expect((await me(headers.get("set-cookie")?.split(";")[0] ?? "")).status).toBe(200);
  });

  test("SESS-7 while the store cannot answer, a session seen before still calls for help", async () => {
    const cookie = await rig.signIn("escort");
    expect((await me(cookie)).status).toBe(200);
    rig.accounts.findSession = () => Promise.reject(new Error("store down"));
    const send = () => rig.call("POST", "/api/commands", { cookie, body: command("incident.sos") });
    expect((await send()).status).toBe(200);
    rig.world.put({ ...officer("escort", "jiangan"), revokedSessions: ["session-1"] });
    expect((await send()).status).toBe(200);
    expect(rig.seen.commands.map(({ from }) => from.unverified)).toEqual([undefined, true]);
    expect((await me("__Host-ec=stranger")).json.code).toBe("INTERNAL");
  });
});

describe("where a browser keeps no Secure cookie", () => {
  test("SESS-1 the cookie is plain, and the one with the strict name is not believed", async () => {
    const deps = { accounts: rig.accounts, world: rig.world, now: () => rig.clock.now };
    const plain = createSessions({
      ...deps,
      newId: () => "plain-1",
      sessionHours: 1,
      secureCookies: false,
    });
    const { setCookie } = await plain.open({ kind: "person", officerId: "desk", login: "desk" });
    expect(setCookie).toMatch(
      /^ec=[A-Za-z0-9_-]{43}; Max-Age=3600; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    const cookie = setCookie.split(";")[0] ?? "";
    expect((await plain.authenticate({ cookie })).ok).toBe(true);
    expect((await plain.authenticate({ cookie: `__Host-${cookie}` })).ok).toBe(false);
  });

  test("SESS-3 sessions past any use are swept away, those still good for a report are not", async () => {
    const cookie = await rig.signIn("desk");
    rig.clock.now += (12 + 72) * HOUR_MS - 1;
    expect(await rig.sessions.sweep()).toBe(0);
    rig.clock.now += 1;
    expect(await rig.sessions.sweep()).toBe(1);
    expect((await me(cookie)).json.code).toBe("NOT_SIGNED_IN");
  });
});

describe("guessing a password", () => {
  const guess = (login: string, password = "wrong", headers = {}) =>
    rig.call("POST", "/api/login", { body: { login, password }, headers });

  test("EDGE-1 a known and an unknown login get the same answer", async () => {
    await rig.signIn("desk");
    const [known, unknown] = [await guess("desk"), await guess("nobody")];
    expect(known.status).toBe(401);
    expect(known.json).toEqual(unknown.json);
    expect(known.json.message).toEqual({ zh: "账号或密码不正确", en: "Wrong name or password" });
    expect(rig.seen.access.slice(1)).toEqual([
      { kind: "SIGN_IN_FAILED", by: "desk", courtId: "jiangan", session: "" },
      { kind: "SIGN_IN_FAILED", by: "", courtId: "", session: "" },
    ]);
  });

  test("EDGE-2 after five failures nothing is evaluated, the right password neither", async () => {
    const cookie = await rig.signIn("desk");
    let evaluated = 0;
    const { verify } = rig.passwords;
    rig.passwords.verify = (password, stored) => {
      evaluated += 1;
      return verify(password, stored);
    };
    const answers = await Promise.all(Array.from({ length: 40 }, () => guess("desk")));
    expect(evaluated).toBe(5);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(35);
    const right = await guess("desk", PASSWORD);
    expect(right.status).toBe(429);
    expect(Number(right.headers.get("retry-after"))).toBeGreaterThan(800);
    expect(rig.seen.access.filter(({ kind }) => kind === "SECURITY")).toHaveLength(1);
    expect((await me(cookie)).status).toBe(200); // who is in stays in
  });

  test("EDGE-2 one address may not try its way through many logins", async () => {
    const logins = Array.from({ length: 60 }, (_, index) => `login-${index}`);
    const answers = await Promise.all(logins.map((login) => guess(login)));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(50);
  });

  test("EDGE-2 good sign-ins do not use up the address of a court", async () => {
    await rig.signIn("desk");
    for (let round = 0; round < 60; round++) {
      expect((await guess("desk", PASSWORD)).status).toBe(200);
    }
  });

  test("EDGE-2 an invented X-Forwarded-For does not make another address", async () => {
    const tries = Array.from({ length: 8 }, (_, i) =>
      guess("desk", "wrong", { "x-forwarded-for": `10.0.0.${i}` }),
    );
    const statuses = (await Promise.all(tries)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 429)).toHaveLength(3);
  });
});

describe("sessions of devices", () => {
  test("SESS-8 a phone's key speaks for its officer, in the field only", async () => {
    rig.world.put(device("phone-1", { officerId: "desk" }));
    const headers = await keyOf("phone-1");
    expect((await rig.call("GET", "/api/me", { headers })).json).toMatchObject({
      officerId: "desk",
      sessionId: "device:phone-1",
      seats: ["field"],
    });
    await rig.call("POST", "/api/commands", { headers, body: command("incident.sos") });
    expect(rig.seen.commands[0]?.from).toEqual({
      officerId: "desk",
      session: "device:phone-1",
      device: "phone-1",
    });
    rig.world.put(device("phone-1", { officerId: "desk", status: "REVOKED" }));
    expect((await rig.call("GET", "/api/me", { headers })).json.code).toBe("DEVICE_REVOKED");
  });

  test.each([
    "Bearer phone-1.wrong",
    `Bearer phone-1.${"A".repeat(43)}`,
    `Bearer nobody.${"A".repeat(43)}`,
    "Basic eHh4",
    "",
  ])("SESS-8 a wrong key is nobody's, whatever cookie comes along: %s", async (authorization) => {
    rig.world.put(device("phone-1", { officerId: "desk" }));
    await keyOf("phone-1");
    const cookie = await rig.signIn("desk");
    const { json } = await rig.call("GET", "/api/me", { cookie, headers: { authorization } });
    expect(json.code).toBe("NOT_SIGNED_IN");
  });

  test("SESS-9 a wall screen sees its court's wall and may neither act nor reveal", async () => {
    rig.world.put(device("wall-1", { kind: "KIOSK" }));
    const headers = await keyOf("wall-1");
    const kiosk = await rig.call("POST", "/api/kiosk", { headers });
    expect(kiosk.json).toMatchObject({ courtId: "jiangan", seats: ["wall"], roles: [] });
    const cookie = kiosk.headers.get("set-cookie")?.split(";")[0] ?? "";
    expect((await me(cookie)).json).toMatchObject({ sessionId: "session-1", seats: ["wall"] });
    const send = (path: string, body: unknown) => rig.call("POST", path, { cookie, body });
    expect((await send("/api/commands", command("incident.sos"))).json.code).toBe("PERSON_NEEDED");
    const look = { subject: "s", field: "name", reason: "四个字呢" };
    expect((await send("/api/reveal", look)).json.code).toBe("PERSON_NEEDED");
    expect(
      (await rig.call("GET", "/api/records?type=operation&seat=console", { cookie })).status,
    ).toBe(403);
    await rig.call("GET", "/api/records?type=operation", { cookie });
    expect(rig.seen.views).toEqual(["wall:jiangan operation false 100"]);
    rig.world.put(device("wall-1", { kind: "KIOSK", status: "REVOKED" }));
    expect((await me(cookie)).json.code).toBe("DEVICE_REVOKED");
  });

  test("EDGE-3 a code enrols its device once; the answer's token works", async () => {
    rig.world.put(device("phone-1", { officerId: "escort", status: "REGISTERED" }));
    const code = await issueEnrolmentCode(rig.accounts, "phone-1", rig.clock.now);
    expect(code).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}$/);
    const enrol = () =>
      rig.call("POST", "/api/devices/enrol", {
        body: { code: code.toLowerCase().replaceAll("-", " ") },
      });
    const both = await Promise.all([enrol(), enrol()]);
    const done = both.find(({ status }) => status === 200);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 403]);
    expect(rig.seen.system).toMatchObject([
      { kind: "device.enrolled", ref: { type: "device", id: "phone-1" }, payload: {} },
    ]);
    const headers = { authorization: `Bearer ${done?.json.token}` };
    expect((await rig.call("GET", "/api/me", { headers })).json.officerId).toBe("escort");
  });

  test("EDGE-3 a code that the store could not use is not used up; a refused one gives no key", async () => {
    const code = await issueEnrolmentCode(rig.accounts, "phone-1", rig.clock.now);
    const enrol = () => rig.call("POST", "/api/devices/enrol", { body: { code } });
    rig.will.system = () => Promise.reject(new Error("store down"));
    expect((await enrol()).status).toBe(500);
    rig.will.system = async () => "REFUSED";
    expect((await enrol()).json.code).toBe("DEVICE_REFUSED");
    expect(await rig.accounts.findDeviceSecret("phone-1")).toBeUndefined();
    expect((await enrol()).json.code).toBe("CODE_UNKNOWN");
  });

  test("EDGE-3 an old code and too many guesses are refused", async () => {
    const code = await issueEnrolmentCode(rig.accounts, "phone-1", rig.clock.now);
    rig.clock.now += 24 * HOUR_MS;
    const guesses = await Promise.all(
      Array.from({ length: 12 }, () => rig.call("POST", "/api/devices/enrol", { body: { code } })),
    );
    expect(guesses.map(({ status }) => status).sort()).toEqual([
      ...Array.from({ length: 10 }, () => 403),
      429,
      429,
    ]);
  });
});

describe("requests from other pages", () => {
  const foreign = [
    "null",
    "https://evil.example",
    "http://localhost:3001",
    "https://localhost:3000",
    "http://localhost:3000.evil.example",
    "http://evil.localhost:3000",
    "http://LOCALHOST:3000",
    "",
  ];

  test.each(foreign)("EDGE-4 origin %j changes nothing, on any route", async (origin) => {
    const cookie = await rig.signIn("desk");
    rig.seen.access.length = 0;
    const changing = rig.routes.filter((route) => route.method !== "get" && !route.anyOrigin);
    for (const { method, path } of changing) {
      const headers = { origin };
      const { status, json } = await rig.call(method.toUpperCase(), path.replace(":id", "x"), {
        cookie,
        headers,
        body: {},
      });
      expect([path, status, json.code]).toEqual([path, 403, "ORIGIN_REFUSED"]);
    }
    expect(rig.seen.access).toEqual([]);
  });

  test("EDGE-4 without an Origin the browser's own word counts, and a bare cookie is refused", async () => {
    const cookie = await rig.signIn("desk");
    const logout = async (headers: Record<string, string>) =>
      (await rig.call("POST", "/api/logout", { headers: { cookie, ...headers } })).status;
    expect(await logout({ "sec-fetch-site": "cross-site" })).toBe(403);
    expect(await logout({ "sec-fetch-site": "same-site" })).toBe(403);
    expect(await logout({})).toBe(403);
    expect(await logout({ "sec-fetch-site": "same-origin" })).toBe(204);
  });

  test("EDGE-4 our own page may", async () => {
    const cookie = await rig.signIn("desk");
    const headers = { origin: ORIGIN };
    expect((await rig.call("POST", "/api/logout", { cookie, headers })).status).toBe(204);
  });
});
