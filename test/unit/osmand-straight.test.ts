import { createServer, type Server } from "node:http";
import { connect } from "node:net";
import express from "express";
import { afterEach, beforeEach, expect, it } from "vitest";
import { callerAddress } from "../../server/edge/http/caller-address.ts";
import { fixedHeaders, securityHeaders } from "../../server/edge/http/security-headers.ts";
import { osmandRoad } from "../../server/edge/osmand/road.ts";
import type { OsmandDeps } from "../../server/edge/osmand/take-report.ts";
import { freePort } from "../support/server/free-port.ts";

const deps: OsmandDeps = {
  findDevice: () => ({ officerId: "o1", trackIndex: 0, kind: "TRACKER", status: "ENROLLED" }),
  checkSecret: async (_, secret) => secret === "right",
  ingest: async () => true,
  seen: () => undefined,
  raiseSos: async () => true,
  clock: { now: () => 1_763_803_806_000 },
};
const QUERY = "?id=T1&timestamp=1763803805&lat=31.230416&lon=121.473701";
const JSON_TYPE = { "content-type": "application/json" };
const REPORT = JSON.stringify({ device_id: "T1", location: { timestamp: 1_763_803_805 } });

let server: Server;
let url: string;
let frameworks: number;
let app: ReturnType<typeof express>;

/** As a server puts them together; `frameworks` counts what the framework was asked. */
beforeEach(async () => {
  const handlers = securityHeaders(["http://127.0.0.1:1"], true, ["http://127.0.0.1:2"]);
  frameworks = 0;
  app = express().disable("x-powered-by").set("trust proxy", ["127.0.0.1", "10.0.0.0/8"]);
  app.use(...handlers);
  app.use(
    (req, res) =>
      void res
        .status(404)
        .set("x-address", req.ip ?? "")
        .end(),
  );
  const addressOf = callerAddress(app);
  const road = osmandRoad({ path: "/osmand", deps, headers: fixedHeaders(handlers), addressOf });
  const port = await freePort();
  server = createServer((request, response) =>
    road(request, response, () => {
      frameworks += 1;
      response.setHeader("x-found", addressOf(request));
      app(request, response);
    }),
  );
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${port}/osmand`;
});
afterEach(() => server.closeAllConnections());

async function asked(at: string, init?: RequestInit) {
  const { status, headers } = await fetch(url + at, init);
  const told = Object.fromEntries([...headers].filter(([name]) => name !== "date"));
  return { status, told };
}

it.each([
  ["by query", 200, `/right${QUERY}`, {}],
  ["by posted form", 200, "/right", { method: "POST", body: new URLSearchParams(QUERY) }],
  ["as JSON", 200, "/right", { method: "POST", headers: JSON_TYPE, body: REPORT }],
  ["with a bearer token", 200, QUERY, { headers: { authorization: "Bearer right" } }],
  ["with a path in other letters", 200, `/../OsmAnd/right${QUERY}`, {}],
  ["with a wrong secret", 400, `/wrong${QUERY}`, {}],
  [
    "with a wrong secret, as JSON",
    404,
    "/wrong",
    { method: "POST", headers: JSON_TYPE, body: REPORT },
  ],
  ["of nonsense", 400, "/right?id=T1&lat=a&lon=b", {}],
])(
  "OSM-16 given a report %s, then it is answered %i before the framework is asked, with the headers of every answer",
  async (_, status, at, init) => {
    const direct = await asked(at, init);
    expect(direct.status).toBe(status);
    expect(direct.told).toMatchObject({
      "content-length": "0",
      "content-security-policy": expect.stringContaining("default-src 'self'"),
      "x-content-type-options": "nosniff",
    });
    expect(frameworks).toBe(0);
  },
);

it.each([
  ["another method", `/right${QUERY}`, { method: "PUT" }],
  ["a secret with more behind it", `/right/more${QUERY}`, {}],
  ["another path that begins so", `s/right${QUERY}`, {}],
])("OSM-16 given %s, then it goes the ordinary way", async (_, at, init) => {
  expect((await asked(at, init)).status).toBe(404);
  expect(frameworks).toBe(1);
});

it.each([
  [413, "a body that says it is too long", { ...JSON_TYPE }, `"${"a".repeat(40_000)}"`],
  [415, "a packed body", { ...JSON_TYPE, "content-encoding": "gzip" }, REPORT],
  [415, "another character set", { "content-type": "application/json; charset=utf-16" }, REPORT],
  [400, "a text that is no object", JSON_TYPE, '"T1"'],
])("OSM-16 answers %i to %s", async (status, _, headers, body) => {
  expect((await asked("/right", { method: "POST", headers, body })).status).toBe(status);
});

it("OSM-16 given a body without a length that goes on, then no more than the bound is held and the connection ends", async () => {
  const { port } = new URL(url);
  const socket = connect(Number(port), "127.0.0.1");
  socket.on("error", () => undefined);
  const head = "POST /osmand/right HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
  socket.write(`${head}Transfer-Encoding: chunked\r\n\r\n`);
  const chunk = `4000\r\n${" ".repeat(0x4000)}\r\n`;
  for (let i = 0; i < 4; i += 1) socket.write(chunk);
  const heard = await new Promise<string>((resolve) => {
    let text = "";
    socket.on("data", (more) => {
      text += more.toString("latin1");
    });
    socket.once("close", () => resolve(text));
  });
  expect(heard).toMatch(/^HTTP\/1\.1 413 /);
});

it.each([
  [undefined],
  ["203.0.113.7"],
  ["203.0.113.7, 10.0.0.9"],
  ["198.51.100.1, 203.0.113.7, 10.0.0.9"],
  ["10.0.0.8, 10.0.0.9"],
  [" , 203.0.113.7 ,"],
])(
  "OSM-17 given the forwarded addresses %s, then failures are counted for the address that the framework would name",
  async (forwarded) => {
    const headers = forwarded === undefined ? {} : { "x-forwarded-for": forwarded };
    const { told } = await asked("/elsewhere/and/more", { headers });
    expect(told["x-found"]).toBe(told["x-address"]);
  },
);

it("OSM-17 given an address that names wrong secrets without end, then it is told to wait, and a device that is known is not", async () => {
  const statuses = new Map<number, number>();
  for (let i = 0; i < 305; i += 1) {
    const { status } = await asked(`/wrong${QUERY}`);
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  }
  expect(Object.fromEntries(statuses)).toEqual({ 400: 300, 429: 5 });
  expect((await asked(`/right${QUERY}`)).status).toBe(200);
});
