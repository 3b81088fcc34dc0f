import "../../../client/styles/tokens.css";
import "../../../client/styles/base.css";
import "../../../client/styles/ui.css";
import { createRoot } from "react-dom/client";
import { composePage } from "../../../client/compose.ts";
import { WallFace } from "../../../client/faces/wall/WallFace.tsx";
import { wall as wallEn } from "../../../client/i18n/en/wall.ts";
import { addTexts } from "../../../client/i18n/i18n.ts";
import { wall } from "../../../client/i18n/zh/wall.ts";
import { PageProviders } from "../../../client/PageProviders.tsx";
import { readSeatTokens } from "../../../client/seat-tokens.ts";
import { withPatch } from "../../../client/store/records.ts";
import { decodeFrame, encodeFrame } from "../../../shared/wire/position-frame.ts";
import {
  courtPuts,
  detentionPuts,
  type FixtureCourt,
  type FixtureOfficer,
  lines,
  OWN_COURT,
  officers,
  operationPuts,
  policePuts,
  siegePut,
  sosPut,
} from "./fixture-records.ts";

declare const FIXTURE_COURTS: readonly FixtureCourt[];

/** `?case=` alarm (default) · calm · acknowledged · empty · loading · refused · stale */
const params = new URLSearchParams(location.search);
const which = params.get("case") ?? "alarm";
const count = Number(params.get("officers") ?? 300);

const page = composePage(readSeatTokens(localStorage), "wall");
addTexts(page.texts, "wall", { zh: wall, en: wallEn });
const { stores } = page;
const courts = FIXTURE_COURTS;
const now = Date.now();
const fleet = officers(courts, count);
const hello = {
  wire: 1,
  view: `wall:${OWN_COURT}`,
  seat: "wall" as const,
  courtId: OWN_COURT,
  courtName: "武汉市中级人民法院",
  roles: [],
  sessionId: "s",
  deployment: "d",
  mode: "DEMO" as const,
  at: now,
  heartbeatMs: 2_000,
};

function placeAtScenes(): void {
  const scenes = [
    { from: 0, lat: 30.628, lng: 114.318 },
    { from: 5, lat: 30.598, lng: 114.262 },
    { from: 15, lat: 30.49, lng: 114.42 },
  ];
  for (const { from, lat, lng } of scenes) {
    for (const each of fleet.fixtures.slice(from, from + 5)) {
      each.lat = lat + (each.trackIndex % 3) * 0.0008;
      each.lng = lng + (each.trackIndex % 5) * 0.0008;
      each.speed = 0;
    }
  }
}

function records() {
  if (which === "empty") return courtPuts(courts);
  const sos = which === "calm" ? [] : [sosPut(now, which === "acknowledged"), siegePut(now)];
  const ids = fleet.fixtures.map(({ id }) => id);
  return [
    ...courtPuts(courts),
    ...fleet.puts,
    ...operationPuts(now, ids),
    ...detentionPuts(now),
    ...policePuts(now),
    ...sos,
  ];
}

function fill(): void {
  session();
  const patch = { from: -1, to: 1, hash8: "00000000", at: now, put: records(), del: [] };
  stores.records.setState((s) =>
    withPatch(s, { ...patch, lines: which === "empty" ? [] : lines(now) }),
  );
}

function session(): void {
  stores.session.setState({ hello });
  stores.connection.setState({
    connection: { kind: "live", sinceMs: now },
    heardAt: which === "stale" ? now - 38_000 : now,
    freshness: which === "stale" ? "stale" : "fresh",
  });
}

let tick = 1;
const STEP_MS = 2_000;

function move(each: FixtureOfficer): void {
  const meters = each.speed * (STEP_MS / 1_000);
  const rad = (each.heading * Math.PI) / 180;
  each.lat += (meters * Math.cos(rad)) / 111_000;
  each.lng += (meters * Math.sin(rad)) / 95_000;
  each.heading = (each.heading + (each.trackIndex % 7) - 3 + 360) % 360;
}

function positions(): void {
  const at = Date.now();
  const rows = fleet.fixtures.map((each) => {
    move(each);
    return {
      trackIndex: each.trackIndex,
      lat: each.lat,
      lng: each.lng,
      headingDeg: each.heading,
      speedMps: each.speed,
      ageS: Math.min(255, each.behindMs / 1_000),
      lowBattery: false,
      mock: false,
      source: "SOCKET" as const,
      battery: 3,
    };
  });
  const header = { kind: "DELTA" as const, set: 1, prevTick: tick - 1, tick, tickAt: at };
  const frame = decodeFrame(encodeFrame(header, rows));
  if (frame.ok) stores.positions.apply(frame.value);
  tick += 1;
}

function start(): void {
  if (which === "refused") {
    stores.connection.setState({ connection: { kind: "refused", reason: "BAD_DEVICE" } });
    return;
  }
  if (which === "loading") {
    stores.connection.setState({ connection: { kind: "connecting", tries: 3 } });
    return;
  }
  placeAtScenes();
  fill();
  if (which === "empty") return;
  positions();
  setInterval(positions, STEP_MS);
  if (which === "stale") return;
  setInterval(() => stores.connection.setState({ heardAt: Date.now() }), 2_000);
}

start();
const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <PageProviders page={page}>
      <WallFace />
    </PageProviders>,
  );
}
(window as unknown as { fixture: object }).fixture = {
  acknowledge: () =>
    stores.records.setState((s) =>
      withPatch(s, {
        from: 1,
        to: 2,
        hash8: "00000001",
        at: Date.now(),
        put: [sosPut(now, true)],
        del: [],
        lines: [],
      }),
    ),
};
