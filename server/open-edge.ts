import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Server as HttpServer } from "node:http";
import type { AddressInfo, Socket as Connection } from "node:net";
import type { Logger } from "pino";
import type { Server as LiveServer } from "socket.io";
import { v7 as uuidv7 } from "uuid";
import { seatsOf } from "../shared/domain/authority/seats.ts";
import { createPasswords } from "./accounts/passwords.ts";
import type { App } from "./app/api.ts";
import type { Clock } from "./app/clock.ts";
import { everybody, type Kernel } from "./app/kernel.ts";
import { countsOf } from "./app/positions/ingest.ts";
import { scopeOfView, seatOfView } from "./app/view-registry.ts";
import type { Config } from "./config.ts";
import type { DemoHandout } from "./demo/bootstrap.ts";
import { callerAddress } from "./edge/http/caller-address.ts";
import { httpApp } from "./edge/http/http-app.ts";
import type { DemoAccount, ExerciseDesk, OutboxEntry } from "./edge/http/http-deps.ts";
import { createHttpServer } from "./edge/http/http-server.ts";
import { commandWait, createLimits, type Limits } from "./edge/http/limits.ts";
import { fixedHeaders, securityHeaders } from "./edge/http/security-headers.ts";
import { createLiveServer, type LiveDeps } from "./edge/live/live-server.ts";
import { takePositions } from "./edge/live/position-intake.ts";
import type { Metrics } from "./edge/metrics.ts";
import { osmandRoad } from "./edge/osmand/road.ts";
import type { OsmandDeps, OsmandSos } from "./edge/osmand/take-report.ts";
import { sentinelFor, sentinelSources } from "./edge/sentinel-address.ts";
import { createSessions, type SessionDeps, type Sessions } from "./edge/sessions.ts";
import { SHARES_FRAMES } from "./edge/shared-frames.ts";
import { mergingSos } from "./edge/sos/merging-sos.ts";
import type { NodeLink } from "./open-node.ts";
import type { PositionService } from "./positions.ts";
import type { Stores } from "./stores.ts";

export interface EdgeParts {
  readonly kernel: Kernel;
  readonly stores: Stores;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly positions: PositionService;
  readonly nodes: NodeLink;
  readonly handout: DemoHandout | undefined;
  readonly logger: Logger;
  readonly clientDir: string;
  /** Of an exercise. */
  readonly exercise?: ExerciseDesk;
  /** What would have gone outside, in a demonstration. */
  readonly outbox?: () => readonly OutboxEntry[];
  /** What `/readyz` says besides whether traffic may come. */
  readonly warnings: () => readonly string[];
}

export interface Edge {
  readonly url: string;
  readonly sessions: Sessions;
  /** Tells every socket why, then closes sockets and listener. */
  close(): Promise<void>;
}

/** Time for the closing reason to leave before connections are cut. */
const CLOSE_GRACE_MS = 150;

/** HTTP, device protocols and the live channel on one listener. */
export async function openEdge(config: Config, parts: EdgeParts): Promise<Edge> {
  const { kernel, stores, clock, metrics, logger } = parts;
  const { world } = kernel.replica;
  const limits = createLimits(parts.nodes.counters);
  const sessions = toldToOthers(parts.nodes, {
    accounts: stores.accounts,
    world,
    now: () => clock.now(),
    newId: () => uuidv7(),
    sessionHours: config.sessionHours,
    secureCookies: config.secureCookies,
    exercise: config.exercise !== undefined,
  });
  const tls = config.tls && {
    cert: await readFile(config.tls.certFile, "utf8"),
    key: await readFile(config.tls.keyFile, "utf8"),
  };
  // One for all roads, so that a flood finds no second one.
  const app = mergingSos(kernel.app, () => clock.monotonic());
  const sentinels = sentinelSources({ ...config.sentinel, origins: config.origins });
  const pages = httpApp({
    app,
    accounts: stores.accounts,
    passwords: createPasswords(),
    vault: stores.vault,
    watchers: (courtId, asked) => kernel.watchers.of(courtId, asked),
    sessions,
    limits,
    metrics,
    log: logger,
    now: () => clock.now(),
    origins: config.origins,
    sentinels,
    tls: tls !== undefined,
    trustedProxies: config.trustedProxies,
    ...(config.metricsReaders ? { metricsReaders: config.metricsReaders } : {}),
    clientDir: parts.clientDir,
    ...(parts.handout ? { demoAccounts: () => demoAccountLines(parts.handout) } : {}),
    ...(parts.outbox ? { outbox: parts.outbox } : {}),
    lastPosition: (trackIndex) => parts.positions.last(trackIndex),
    tracks: parts.positions.tracks,
    past: kernel.past,
    ...(parts.exercise ? { exercise: parts.exercise } : {}),
    notReady: () => [...parts.nodes.notReady()],
    warnings: parts.warnings,
    signedOut: (sessionId) => closeSession(kernel, sessionId),
    seatRemade: (observerId) => closeSeat(kernel, observerId),
  });
  const headers = fixedHeaders(securityHeaders(config.origins, tls !== undefined, sentinels));
  const devices = osmandRoad({
    path: "/osmand",
    deps: osmandDeps(parts, app, sessions),
    headers,
    addressOf: callerAddress(pages),
  });
  const http = createHttpServer((req, res) => devices(req, res, () => pages(req, res)), tls);
  const connections = trackConnections(http);
  const live = createLiveServer(http, liveDeps(config, { ...parts, app }, sessions, limits));
  if (!SHARES_FRAMES)
    logger.warn(
      { area: "live" },
      "this ws takes no finished frames: each socket's are framed anew",
    );
  const url = await listen(http, config);
  return { url, sessions, close: () => closeEdge(kernel, live, http, connections) };
}

/** Sessions whose end other nodes hear of once it stands in the store. */
function toldToOthers({ ended }: NodeLink, deps: SessionDeps): Sessions {
  const sessions = createSessions(deps);
  return {
    ...sessions,
    close: async (headers) => {
      await sessions.close(headers);
      ended();
    },
    closeSeat: async (observerId) => {
      await sessions.closeSeat(observerId);
      ended();
    },
  };
}

function liveDeps(
  config: Config,
  parts: EdgeParts & { readonly app: App },
  sessions: Sessions,
  limits: Limits,
) {
  const { app, kernel, clock, metrics, positions, logger } = parts;
  const intake = {
    world: kernel.replica.world,
    ingest: positions.ingest,
    now: () => clock.now(),
    counted: positions.counted,
  };
  return {
    app,
    views: kernel.views,
    emergency: kernel.emergencyViews,
    observers: kernel.observers,
    now: () => clock.now(),
    monotonic: () => clock.monotonic(),
    boundAddresses: config.trustedProxies.length === 0,
    origins: config.origins,
    sentinel: (origin) => sentinelFor({ ...config.sentinel, origins: config.origins }, origin),
    sessions,
    positions: (who, body) => takePositions(who, body, "SOCKET", intake),
    positionSnapshot: positions.snapshot,
    opened: (subscriber, socket) => {
      metrics.sockets.inc({ seat: seatOfView(subscriber.view) });
      // No dot ever goes to an observer (authority.md 5.2).
      if (seatOfView(subscriber.view) !== "observer") positions.opened(subscriber, socket);
    },
    closing: positions.closing,
    closed: (subscriber, last) => {
      metrics.sockets.dec({ seat: seatOfView(subscriber.view) });
      positions.closed(subscriber, last);
    },
    onError: (where, err) => logger.error({ err, area: where }, "a socket message failed"),
    admit: async (who, kind) =>
      who.officer !== undefined && (await commandWait(limits, who.officer.id, kind)) === 0,
  } satisfies LiveDeps;
}

function osmandDeps(
  { kernel, clock, positions }: EdgeParts,
  app: App,
  sessions: Pick<Sessions, "isDeviceSecret">,
): OsmandDeps {
  const { world } = kernel.replica;
  return {
    findDevice: (deviceId) => {
      const device = world.get("device", deviceId);
      const officer =
        device?.officerId === undefined ? undefined : world.get("officer", device.officerId);
      if (!device || !officer) return undefined;
      return {
        officerId: officer.id,
        trackIndex: officer.trackIndex,
        kind: device.kind,
        status: device.status,
      };
    },
    checkSecret: sessions.isDeviceSecret,
    ingest: async (fixes) => {
      const { counts, kept } = positions.ingest.ingest(fixes);
      const isKept = await kept;
      positions.counted(countsOf(counts, isKept));
      return isKept;
    },
    seen: (trackIndex, at) => positions.ingest.seen(trackIndex, at),
    raiseSos: (sos) => raiseDeviceSos(app, sos),
    clock,
  };
}

/** The record's id is derived from the command's, so a retry of the same call names the same record. */
async function raiseDeviceSos(app: App, sos: OsmandSos): Promise<boolean> {
  const recordId = `sos-${createHash("sha256").update(sos.commandId).digest("hex").slice(0, 32)}`;
  const place = sos.fix && {
    lat: sos.fix.lat,
    lng: sos.fix.lng,
    ...(sos.fix.accuracyM === undefined ? {} : { accuracyM: sos.fix.accuracyM }),
    fixAt: sos.fix.deviceAt,
  };
  const answer = await app.command(
    {
      id: sos.commandId,
      kind: "incident.sos",
      ref: { type: "incident", id: recordId },
      payload: place ? { place } : {},
      knownSeq: 0,
      knownAt: 0,
      deviceAt: sos.at,
    },
    { officerId: sos.officerId, session: `device:${sos.deviceId}`, device: sos.deviceId },
  );
  return answer.outcome !== "REFUSED";
}

function closeSession(kernel: Kernel, sessionId: string): void {
  for (const subscriber of everybody(kernel)) {
    if (subscriber.sessionId === sessionId) subscriber.close("SIGNED_OUT");
  }
}

function closeSeat({ observers }: Kernel, observerId: string): void {
  for (const subscriber of observers.subscribers()) {
    if (scopeOfView(subscriber.view) === observerId) subscriber.close("REVOKED");
  }
}

/** People with a face of their own; inspectors and administrators have none yet. */
const demoAccountLines = (handout: DemoHandout | undefined): readonly DemoAccount[] => [
  ...(handout?.accounts ?? []).flatMap(({ roles, ...line }) => {
    const seats = seatsOf(roles);
    const offered = ["console", "field", "partner", "inspector"] as const;
    const seat = line.seat ?? offered.find((each) => seats.includes(each));
    return seat ? [{ ...line, seat }] : [];
  }),
  ...(handout?.observers ?? []).map((line) => ({ ...line, seat: "observer" as const })),
];

function listen(http: HttpServer, config: Config): Promise<string> {
  return new Promise((resolve, reject) => {
    http.once("error", reject);
    http.listen(config.port, config.host, () => {
      http.off("error", reject);
      const { port } = http.address() as AddressInfo;
      const host = config.host === "0.0.0.0" || config.host === "::" ? "localhost" : config.host;
      resolve(`${config.tls ? "https" : "http"}://${host}:${port}`);
    });
  });
}

/**
 * Nobody new, the reason to everybody, a moment for it to leave; then every connection is cut. A
 * client that says nothing, or reads nothing, would otherwise hold the stop up for half a minute.
 */
async function closeEdge(
  kernel: Kernel,
  live: LiveServer,
  http: HttpServer,
  connections: ReadonlySet<Connection>,
): Promise<void> {
  const listenerClosed = new Promise((resolve) => http.close(resolve));
  for (const subscriber of everybody(kernel)) subscriber.close("SHUTDOWN");
  await new Promise((resolve) => setTimeout(resolve, CLOSE_GRACE_MS));
  for (const connection of connections) connection.destroy();
  await live.close();
  await listenerClosed;
}

function trackConnections(http: HttpServer): ReadonlySet<Connection> {
  const open = new Set<Connection>();
  http.on("connection", (connection: Connection) => {
    open.add(connection);
    connection.once("close", () => open.delete(connection));
  });
  return open;
}
