import { connect } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { StoreUnavailable } from "../../server/app/api.ts";
import { openRig, type Rig, settle } from "./http-rig.ts";

let rig: Rig;

beforeEach(async () => {
  rig = await openRig();
  settle(rig);
});
afterEach(() => rig.close());

const command = (kind: string) => ({ id: "c-00000001", kind, payload: {} });

/** Every address of the interface, with parameters filled in. */
const places = () =>
  rig.routes.map(({ method, path, access }) => ({
    method: method.toUpperCase(),
    path: path.replace(":type", "operation").replace(":id", "x"),
    access,
  }));

describe("what every route does", () => {
  test("EDGE-5 a route for people answers 401 to a stranger, in both languages", async () => {
    for (const { method, path } of places().filter(({ access }) => access === "SIGNED_IN")) {
      const { status, json } = await rig.call(method, path, method === "GET" ? {} : { body: {} });
      expect([path, status, json]).toEqual([
        path,
        401,
        { code: "NOT_SIGNED_IN", message: { zh: "请先登录", en: "Sign in first" } },
      ]);
    }
  });

  test("OUT-13 what was made in a system of another mode is taken by no route", async () => {
    const { mode } = (await rig.call("GET", "/api/deployment")).json;
    const other = mode === "LIVE" ? "EXERCISE" : "LIVE";
    for (const { method, path } of places()) {
      const body = method === "GET" ? {} : { body: {} };
      const of = (made: string) => rig.call(method, path, { ...body, headers: { "x-mode": made } });
      expect([path, (await of(other)).json?.code]).toEqual([path, "OTHER_MODE"]);
      expect([path, (await of(mode)).json?.code]).not.toEqual([path, "OTHER_MODE"]);
    }
  });

  test("EDGE-5 the list of routes is the one that was thought about", () => {
    expect(places().map(({ method, path, access }) => `${method} ${path} ${access}`)).toEqual([
      "GET /healthz OPEN",
      "GET /readyz OPEN",
      "GET /metrics OPEN",
      "POST /api/login OPEN",
      "POST /api/logout OWN_CHECK",
      "GET /api/me SIGNED_IN",
      "GET /api/demo-accounts OPEN",
      "POST /api/commands OWN_CHECK",
      "POST /api/sos/keys SIGNED_IN",
      "POST /api/sos OWN_CHECK",
      "PUT /api/subjects/x SIGNED_IN",
      "GET /api/timeline/operation/x SIGNED_IN",
      "GET /api/records SIGNED_IN",
      "GET /api/assist/x SIGNED_IN",
      "GET /api/notifications/outbox SIGNED_IN",
      "POST /api/reveal SIGNED_IN",
      "POST /api/tracks/picture SIGNED_IN",
      "POST /api/tracks/window SIGNED_IN",
      "POST /api/replay/state SIGNED_IN",
      "POST /api/tracks/day SIGNED_IN",
      "POST /api/devices/enrol OPEN",
      "POST /api/kiosk SIGNED_IN",
      "GET /api/units/summary SIGNED_IN",
      "POST /api/observers/x/account SIGNED_IN",
      "GET /api/watchers SIGNED_IN",
      "GET /api/deployment OPEN",
      "GET /api/exercise SIGNED_IN",
      "GET /api/exercise/debrief.csv SIGNED_IN",
    ]);
  });

  test("EDGE-6 a wrong method is 405 and says which is right; an unknown address is JSON 404", async () => {
    for (const { path } of places()) {
      const { status, json, headers } = await rig.call("DELETE", path);
      expect([path, status, json.code]).toEqual([path, 405, "METHOD_NOT_ALLOWED"]);
      expect(headers.get("allow")).toMatch(/^(GET|POST|PUT)$/);
    }
    for (const path of ["/api/nothing", "/nothing", "/assets/none.js", "/.env", "/api/../.env"]) {
      expect((await rig.call("GET", path)).json.code).toBe("NOT_FOUND");
    }
    expect((await rig.call("GET", "/api/timeline/operation/%E0%A4%A")).json.code).toBe(
      "QUERY_INVALID",
    );
  });

  test("EDGE-7 headers tell the browser to trust nothing but this server", async () => {
    const { headers } = await rig.call("GET", "/healthz");
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("connect-src 'self' ws://localhost:3000;");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|\*/);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("x-powered-by")).toBeNull();
    expect(headers.get("strict-transport-security")).toBeNull();
  });

  test.each<[string, unknown, string, Record<string, string>]>([
    ["cut off", '{"login":', "BODY_NOT_JSON", {}],
    ["no object", '"text"', "BODY_NOT_JSON", {}],
    ["a list", "[]", "BODY_INVALID", {}],
    ["nothing", undefined, "BODY_INVALID", {}],
    ["__proto__", '{"login":"a","password":"b","__proto__":{"admin":true}}', "BODY_NOT_JSON", {}],
    ["deep __proto__", '{"login":{"__proto__":{}},"password":"b"}', "BODY_NOT_JSON", {}],
    ["constructor", '{"constructor":{"prototype":{"admin":true}}}', "BODY_NOT_JSON", {}],
    ["an operator", { login: { $ne: "" }, password: { $ne: "" } }, "BODY_INVALID", {}],
    ["an unknown key", { login: "a", password: "b", admin: true }, "BODY_INVALID", {}],
    ["too large", { login: "a", password: "b".repeat(70_000) }, "BODY_TOO_LARGE", {}],
    ["too deep", `${"[".repeat(30_000)}${"]".repeat(30_000)}`, "BODY_NOT_JSON", {}],
    [
      "a form",
      "login=a&password=b",
      "BODY_TYPE",
      { "content-type": "application/x-www-form-urlencoded" },
    ],
    ["text", '{"login":"a","password":"b"}', "BODY_TYPE", { "content-type": "text/plain" }],
    ["compressed", "xxxx", "BODY_TYPE", { "content-encoding": "gzip" }],
    ["latin1", "{}", "BODY_TYPE", { "content-type": "application/json; charset=latin1" }],
  ])("EDGE-8 a body that is %s gets a clear refusal", async (_what, body, code, headers) => {
    const { status, json, text } = await rig.call("POST", "/api/login", { body, headers });
    expect(json.code).toBe(code);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(json.message.zh).toBeTruthy();
    expect(text).not.toMatch(/node_modules|\.ts:|at /);
    expect(({} as Record<string, unknown>).admin).toBeUndefined();
  });

  test("EDGE-8 the fields that were wrong are named, what was in them is not", async () => {
    const body = { login: "a", password: 7, 身份证: "420102199001011234" };
    const { json, text } = await rig.call("POST", "/api/login", { body });
    expect(json.fields).toEqual(["password", "身份证"]);
    expect(text).not.toContain("4201");
  });

  test("EDGE-9 a failure inside is 500 without a trace outside, and the log holds its place", async () => {
    const cookie = await rig.signIn("desk");
    rig.will.command = () => Promise.reject(new Error("boom 张三丰 420102199001011234"));
    const body = command("operation.open");
    const { status, text, json } = await rig.call("POST", "/api/commands", { cookie, body });
    expect([status, json.code]).toEqual([500, "INTERNAL"]);
    expect(text).not.toContain("boom");
    const all = rig.logged.join("");
    expect(all).toContain("http-edge.test.ts");
    expect(all).not.toMatch(/boom|张三丰|420102/);
  });

  test("EDGE-10 the log holds routes and states, never bodies, queries or addresses", async () => {
    const cookie = await rig.signIn("desk");
    await rig.call("GET", "/api/timeline/detention/secret-id?seat=console&x=张三丰", { cookie });
    await rig.call("GET", "/api/typed-by-hand-张三丰");
    await rig.call("POST", "/api/login", { body: { login: "张三丰", password: "hunter22" } });
    const lines = rig.logged.map((line) => JSON.parse(line));
    expect(lines).toContainEqual(
      expect.objectContaining({
        level: "info",
        method: "GET",
        route: "/api/timeline/:type/:id",
        status: 400,
      }),
    );
    expect(rig.logged.join("")).not.toMatch(/secret-id|张三丰|%E5|hunter22|desk|__Host/);
  });
});

describe("commands", () => {
  test("EDGE-11 a command goes to the application as it is, with who sent it", async () => {
    const cookie = await rig.signIn("desk");
    const raw = { ...command("operation.open"), actor: "president", court: "high" };
    const { json } = await rig.call("POST", "/api/commands", { cookie, body: raw });
    expect(json).toMatchObject({ outcome: "ACCEPTED", seq: 7 });
    expect(rig.seen.commands).toEqual([{ raw, from: { officerId: "desk", session: "session-1" } }]);
  });

  test("EDGE-12 a flood of commands is slowed, a call for help never", async () => {
    const cookie = await rig.signIn("escort");
    const send = (kind: string) =>
      rig.call("POST", "/api/commands", { cookie, body: command(kind) });
    const flood = await Promise.all(Array.from({ length: 110 }, () => send("message.send")));
    const slowed = flood.filter(({ status }) => status === 429);
    expect(slowed).toHaveLength(10);
    expect(Number(slowed[0]?.headers.get("retry-after"))).toBeGreaterThan(0);
    const cries = await Promise.all(Array.from({ length: 110 }, () => send("incident.sos")));
    expect(cries.filter(({ status }) => status === 200)).toHaveLength(110);
    const other = await rig.signIn("desk");
    const body = command("message.send");
    expect((await rig.call("POST", "/api/commands", { cookie: other, body })).status).toBe(200);
  });

  test("EDGE-13 a store that cannot take it is 503: nothing accepted, try again", async () => {
    const cookie = await rig.signIn("desk");
    rig.will.command = () => Promise.reject(new StoreUnavailable());
    const body = command("operation.open");
    const { status, json, headers } = await rig.call("POST", "/api/commands", { cookie, body });
    expect([status, json.code, headers.get("retry-after")]).toEqual([
      503,
      "STORE_UNAVAILABLE",
      "1",
    ]);
  });
});

describe("identities and looks at them", () => {
  const person = { name: "张三丰", idNumber: "420102199001011234", address: "沿江大道56号" };
  const put = (cookie: string, id: string, body: unknown) =>
    rig.call("PUT", `/api/subjects/${id}`, { cookie, body });
  const look = (cookie: string, body: unknown) => rig.call("POST", "/api/reveal", { cookie, body });

  test("EDGE-14 an identity goes into the vault once; the answer is its label", async () => {
    const cookie = await rig.signIn("escort");
    const first = await put(cookie, "S1", person);
    expect([first.status, first.json]).toEqual([200, { id: "S1", label: "张**" }]);
    expect((await put(cookie, "S1", person)).status).toBe(200);
    expect((await put(cookie, "S1", { ...person, name: "李四" })).json.code).toBe(
      "SUBJECT_DIFFERENT",
    );
    expect(await rig.vault.getSubject("S1")).toEqual({ courtId: "jiangan", identity: person });
  });

  test("EDGE-14 those without a seat in field or centre put nothing in; bad fields are named", async () => {
    expect((await put(await rig.signIn("tech"), "S1", person)).json.code).toBe("ROLE_REFUSED");
    const cookie = await rig.signIn("desk");
    const bad = await put(cookie, "S1", { name: "", phone: "电话", hobby: "x" });
    expect(bad.json.fields).toEqual(["name", "phone", "hobby"]);
    expect((await put(cookie, "a%2Fb", person)).json.code).toBe("QUERY_INVALID");
  });

  test("REV-11 a look is answered after it was recorded, and says until when", async () => {
    const cookie = await rig.signIn("desk");
    await put(cookie, "S1", person);
    const shown = await look(cookie, { subject: "S1", field: "name", reason: "核对身份" });
    expect(shown.json).toEqual({ value: "张三丰", masked: false, until: rig.clock.now + 600_000 });
    expect(rig.seen.access.at(-1)).toEqual({
      kind: "REVEAL",
      by: "desk",
      session: "session-1",
      courtId: "jiangan",
      subject: "S1",
      field: "name",
      watchedCourtId: "jiangan",
      reason: "核对身份",
    });
    const masked = await look(cookie, { subject: "S1", field: "idNumber" });
    expect(masked.json).toMatchObject({ value: "420*************34", masked: true });
    expect((await look(cookie, { subject: "S1", field: "plate" })).json.code).toBe("FIELD_EMPTY");
  });

  test("REV-11 what cannot be recorded is not shown", async () => {
    const cookie = await rig.signIn("desk");
    await put(cookie, "S1", person);
    rig.will.access = () => Promise.reject(new StoreUnavailable());
    const { status, text } = await look(cookie, {
      subject: "S1",
      field: "name",
      reason: "核对身份",
    });
    expect(status).toBe(503);
    expect(text).not.toContain("张");
  });

  test("REV-12 a refused attempt is recorded too, and says who may", async () => {
    await put(await rig.signIn("desk"), "S1", person);
    const cookie = await rig.signIn("aside");
    const { status, json } = await look(cookie, {
      subject: "S1",
      field: "name",
      reason: "随便看看",
    });
    expect([status, json]).toEqual([
      403,
      {
        code: "REVEAL_CASE_TEAM",
        message: {
          zh: "无权查看该信息：仅限办案团队",
          en: "You may not see this: Only for the case team",
        },
      },
    ]);
    expect(rig.seen.access.at(-1)).toMatchObject({
      kind: "REVEAL_REFUSED",
      by: "aside",
      courtId: "hanyang",
      watchedCourtId: "jiangan",
    });
    expect((await look(cookie, { subject: "S9", field: "name" })).json.code).toBe("NOT_FOUND");
  });

  test("REV-13 an officer's badge is shown to a court above", async () => {
    const cookie = await rig.signIn("upper");
    const shown = await look(cookie, { officer: "escort", field: "badgeNo" });
    expect(shown.json).toMatchObject({ value: "escort", masked: false });
    expect((await look(cookie, { officer: "escort", field: "idNumber" })).json.code).toBe(
      "BODY_INVALID",
    );
  });

  test("REV-14 reading out the vault stops at sixty looks, and is reported once", async () => {
    const cookie = await rig.signIn("desk");
    await put(cookie, "S1", person);
    const looks = await Promise.all(
      Array.from({ length: 80 }, () => look(cookie, { subject: "S1", field: "idNumber" })),
    );
    expect(looks.filter(({ status }) => status === 429)).toHaveLength(20);
    expect(rig.seen.access.filter(({ reason }) => reason === "REVEAL_LIMIT")).toHaveLength(1);
  });
});

describe("questions to the state", () => {
  test("EDGE-15 the view follows from rights, not from what is asked", async () => {
    const cookie = await rig.signIn("escort");
    const ask = (path: string) => rig.call("GET", path, { cookie });
    await ask("/api/records?type=detention&closed=1&limit=5");
    await ask("/api/timeline/operation/O1");
    expect(rig.seen.views).toEqual(["field:escort detention true 5", "field:escort"]);
    expect((await ask("/api/timeline/operation/O1?seat=console")).json.code).toBe("ROLE_REFUSED");
    for (const query of [
      "",
      "?type=nothing",
      "?type=operation&limit=0",
      "?type=operation&limit=501",
    ]) {
      expect((await ask(`/api/records${query}`)).json.code).toBe("QUERY_INVALID");
    }
    expect((await ask("/api/records?type=operation&type=police")).json.fields).toEqual(["type"]);
    rig.will.timeline = undefined;
    expect((await ask("/api/timeline/operation/O1")).json.code).toBe("NOT_FOUND");
  });

  test("EDGE-16 looking down into a record about a person leaves a trace", async () => {
    rig.world.put({
      type: "detention",
      id: "D1",
      courtId: "jiangan",
      subject: { id: "S1" },
    } as never);
    await rig.call("GET", "/api/timeline/detention/D1", { cookie: await rig.signIn("desk") });
    expect(rig.seen.access.at(-1)?.kind).toBe("SIGN_IN");
    await rig.call("GET", "/api/timeline/detention/D1", { cookie: await rig.signIn("upper") });
    expect(rig.seen.access.at(-1)).toMatchObject({
      kind: "UPWARD_LOOK",
      by: "upper",
      courtId: "wuhan",
      watchedCourtId: "jiangan",
      subject: "D1",
    });
  });
});

describe("a slow client", () => {
  test("EDGE-17 half a request does not stop the others", async () => {
    const socket = connect(rig.port, "127.0.0.1");
    socket.write(
      "POST /api/login HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 50\r\n\r\n{",
    );
    expect((await rig.call("GET", "/healthz")).status).toBe(200);
    socket.destroy();
    expect((await rig.call("GET", "/healthz")).status).toBe(200);
  });
});
