import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openRig, type Rig, settle } from "./http-rig.ts";

let rig: Rig;
afterEach(() => rig.close());

describe("pages", () => {
  beforeEach(async () => {
    rig = await openRig();
    settle(rig);
  });

  test("EDGE-18 the first page is where the caller sits", async () => {
    const first = async (cookie?: string) => {
      const { status, headers } = await rig.call(
        "GET",
        "/",
        cookie === undefined ? {} : { cookie },
      );
      return `${status} ${headers.get("location")}`;
    };
    expect(await first()).toBe("303 /login");
    expect(await first(await rig.signIn("desk"))).toBe("303 /console");
    expect(await first(await rig.signIn("escort"))).toBe("303 /field");
    expect(await first(await rig.signIn("tech"))).toBe("303 /login");
  });

  test("EDGE-19 pages are asked for each time, hashed files are kept for ever", async () => {
    await rig.putFile("index.html", "<!doctype html>console");
    await rig.putFile("field.html", "<!doctype html>field");
    await rig.putFile("sw.js", "//");
    await rig.putFile("assets/app-1a2b3c.js", "//");
    const got = async (path: string) => {
      const { status, text, headers } = await rig.call("GET", path);
      return [status, text.slice(-7), headers.get("cache-control")];
    };
    expect(await got("/login")).toEqual([200, "console", "no-cache"]);
    expect(await got("/console/operation/O1")).toEqual([200, "console", "no-cache"]);
    expect(await got("/wall")).toEqual([200, "console", "no-cache"]);
    for (const page of ["/partner", "/observe", "/inspector", "/exercise"])
      expect(await got(page)).toEqual([200, "console", "no-cache"]);
    expect(await got("/field")).toEqual([200, "l>field", "no-cache"]);
    expect(await got("/sw.js")).toEqual([200, "//", "no-cache"]);
    expect(await got("/assets/app-1a2b3c.js")).toEqual([
      200,
      "//",
      "public, max-age=31536000, immutable",
    ]);
  });

  test("EDGE-19 before the client is built the page says so", async () => {
    const { status, json } = await rig.call("GET", "/login");
    expect([status, json.code]).toEqual([503, "CLIENT_NOT_BUILT"]);
  });

  test("EDGE-20 demonstration accounts are unknown outside a demonstration", async () => {
    expect((await rig.call("GET", "/api/demo-accounts")).json.code).toBe("NOT_FOUND");
  });
});

describe("what operators ask", () => {
  test("EDGE-20 a demonstration lists its accounts", async () => {
    const account = {
      login: "desk",
      password: "demo",
      name: "李某",
      title: "值班员",
      courtName: "江岸",
      seat: "console",
    } as const;
    rig = await openRig({ demoAccounts: () => [account] });
    expect((await rig.call("GET", "/api/demo-accounts")).json).toEqual([account]);
  });

  test("EDGE-21 the process is up while it is not ready, and the reasons are named", async () => {
    const reasons = ["REPLAYING"];
    rig = await openRig({ notReady: () => reasons });
    rig.will.storeMode = "UNAVAILABLE";
    expect((await rig.call("GET", "/healthz")).json).toEqual({ status: "UP" });
    const { status, json } = await rig.call("GET", "/readyz");
    expect([status, json]).toEqual([
      503,
      { status: "NOT_READY", reasons: ["REPLAYING", "STORE_UNAVAILABLE"] },
    ]);
    reasons.length = 0;
    rig.will.storeMode = "OK";
    expect((await rig.call("GET", "/readyz")).status).toBe(200);
  });

  test("EDGE-22 metrics are for the listed addresses, and not through a proxy nobody named", async () => {
    rig = await openRig();
    const { status, text, headers } = await rig.call("GET", "/metrics");
    expect(status).toBe(200);
    expect(headers.get("content-type")).toMatch(/^text\/plain/);
    expect(text).toMatch(/ec_event_loop_delay_seconds\{quantile="0.99"\} \d/);
    const forwarded = { "x-forwarded-for": "127.0.0.1" };
    expect((await rig.call("GET", "/metrics", { headers: forwarded })).status).toBe(404);
  });

  test("EDGE-22 metrics are refused to everybody else", async () => {
    rig = await openRig({ metricsReaders: ["10.1.0.0/16", "::1"] });
    expect((await rig.call("GET", "/metrics")).json.code).toBe("NOT_FOUND");
  });

  test("EDGE-22 behind a named proxy the real caller counts", async () => {
    rig = await openRig({ trustedProxies: ["127.0.0.1"], metricsReaders: ["10.1.0.0/16"] });
    const via = (address: string) =>
      rig.call("GET", "/metrics", { headers: { "x-forwarded-for": address } });
    expect((await via("10.1.2.3")).status).toBe(200);
    expect((await via("10.2.2.3")).status).toBe(404);
  });
});
