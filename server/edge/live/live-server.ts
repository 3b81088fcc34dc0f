import type { Server as HttpServer } from "node:http";
import { Server, type Socket } from "socket.io";
import { cursor as cursorSchema, type Hello } from "../../../shared/wire/live.ts";
import {
  createSocketParser,
  POSITION_EVENT,
  SERVER_PARSER,
} from "../../../shared/wire/socket-parser.ts";
import { WIRE_VERSION } from "../../../shared/wire/version.ts";
import { type App, StoreUnavailable } from "../../app/api.ts";
import type { EmergencyViews } from "../../app/emergency-views.ts";
import { HEARTBEAT_MS } from "../../app/heartbeat.ts";
import type { ObserverRoom } from "../../app/observer-room.ts";
import { reasonToClose } from "../../app/rights.ts";
import type { Subscriber } from "../../app/view-registry.ts";
import type { Views } from "../../app/views.ts";
import { originOf, type Sessions, type SignedIn } from "../sessions.ts";
import { sharePing } from "../shared-frames.ts";
import { Admission } from "./admission.ts";
import { type ConnectionBounds, createConnectionBounds, endForSure } from "./connection-bounds.ts";
import { ENTER_POINTS, type InboundLimit, limitInbound, RESUME_POINTS } from "./inbound-budget.ts";
import { ackOf, safely } from "./safely.ts";
import { serveObserver } from "./serve-observer.ts";
import { refusePositions, servePositions } from "./serve-positions.ts";
import { handshakeAuth, type SeatTaken, takeSeat } from "./sign-in.ts";
import { SocketSubscriber } from "./socket-subscriber.ts";

export interface LiveDeps {
  readonly app: App;
  readonly views: Views;
  readonly emergency: Pick<EmergencyViews, "tell">;
  readonly observers: ObserverRoom;
  readonly now: () => number;
  readonly monotonic: () => number;
  /** False behind a trusted proxy, which bounds the connections of an address itself. */
  readonly boundAddresses: boolean;
  /** Exact origins of pages; a client without an Origin header is no browser and needs a token. */
  readonly origins: readonly string[];
  /** Where a page of this origin finds the sentinel. */
  readonly sentinel?: (origin: string | undefined) => string | undefined;
  readonly sessions: Sessions;
  /** Positions from this socket, binary or JSON; the answer is the "stored up to" mark. */
  readonly positions: (who: SignedIn, body: unknown) => Promise<unknown>;
  /** Sends one position snapshot if its time has come and nothing waits; `asked` by the client. */
  readonly positionSnapshot: (subscriber: Subscriber, asked: boolean) => void;
  readonly opened: (subscriber: Subscriber, socket: Socket) => void;
  /** Nothing may be written to it any more: why it ends is on its way. */
  readonly closing: (subscriber: Subscriber) => void;
  readonly closed: (subscriber: Subscriber, last: boolean) => void;
  readonly onError: (where: string, error: unknown) => void;
  /** Per-person budget of commands; SOS always passes. */
  readonly admit: (who: SignedIn, kind: string) => Promise<boolean>;
}

/** Largest message a client may send: a command with its text, or a batch of positions. */
const MAX_MESSAGE_BYTES = 65_536;
const PING_INTERVAL_MS = 5_000;
const PING_TIMEOUT_MS = 4_000;
const CONNECT_TIMEOUT_MS = 10_000;
const MOST_BEFORE_RESUME_BYTES = 65_536;

/** The live channel's door: handshake, view, resume, commands, positions. */
export function createLiveServer(http: HttpServer, deps: LiveDeps): Server {
  const bounds = createConnectionBounds(deps.boundAddresses, deps.monotonic);
  const limits: Limits = new WeakMap();
  const strangers = new WeakMap<Socket["conn"], () => void>();
  const door = new Admission({
    monotonic: deps.monotonic,
    nextTurn: (run) => setImmediate(run),
    onError: (error) => deps.onError("door", error),
  });
  const io = new Server(http, {
    parser: createSocketParser({ ...SERVER_PARSER, isSurfaced: false }),
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
    httpCompression: false,
    serveClient: false,
    pingInterval: PING_INTERVAL_MS,
    pingTimeout: PING_TIMEOUT_MS,
    connectTimeout: CONNECT_TIMEOUT_MS,
    transports: ["websocket", "polling"],
    allowRequest: (request, decide) => {
      const { origin } = request.headers;
      const known = origin === undefined || deps.origins.includes(origin);
      if (!known) return decide("origin not allowed", false);
      const isLetIn = door.enter(() => {
        if (bounds.mayKnock(request)) decide(null, true);
        else decide("too many connections of this address wait", false);
      });
      if (!isLetIn) decide("too many connections wait", false);
    },
  });
  io.engine.on("connection", (conn: Socket["conn"]) => {
    bounds.knocked(conn);
    endForSure(conn);
    conn.on("packetCreate", sharePing);
    limits.set(conn, limitInbound(conn, deps.monotonic));
    strangers.set(conn, refusePositions(conn));
  });
  io.use((socket, next) => {
    const admit = () =>
      admitSocket(socket, bounds, limits.get(socket.conn), deps).then(
        (refused) => next(refused),
        (error: unknown) => {
          deps.onError("handshake", error);
          next(new Error("INTERNAL"));
        },
      );
    if (!door.enter(() => void admit())) next(new Error("TOO_MANY_SOCKETS"));
  });
  io.on("connection", (socket) => {
    const { who, taken } = socket.data as SocketData;
    strangers.get(socket.conn)?.();
    safely(
      () => serve(socket, who, taken, limits, deps),
      (error) => deps.onError("connection", error),
    )();
  });
  return io;
}

type Limits = WeakMap<Socket["conn"], InboundLimit>;

interface SocketData {
  who: SignedIn;
  taken: SeatTaken;
}

/** Returns an error whose message is a code the client knows, or nothing. */
async function admitSocket(
  socket: Socket,
  bounds: ConnectionBounds,
  limit: InboundLimit | undefined,
  deps: LiveDeps,
): Promise<Error | undefined> {
  const auth = handshakeAuth.safeParse(socket.handshake.auth);
  if (!auth.success) return new Error("BAD_HANDSHAKE");
  const { seat, kiosk, device } = auth.data;
  const token = kiosk ?? device;
  const { cookie } = socket.request.headers;
  const found = await (token === undefined
    ? deps.sessions.authenticate({ cookie })
    : deps.sessions.authenticateDevice(token));
  if (!found.ok) return new Error(found.code);
  const taken = takeSeat(found.who, seat);
  if (!taken) return new Error("SEAT_REFUSED");
  const mayPoll = seat === "field" || seat === "partner";
  if (!mayPoll && socket.conn.transport.name !== "websocket") return new Error("WEBSOCKET_ONLY");
  const budget = bounds.enter(socket.conn, found.who);
  if (!budget) return new Error("TOO_MANY_SOCKETS");
  limit?.share(budget);
  limit?.spend(ENTER_POINTS);
  Object.assign(socket.data as SocketData, { who: found.who, taken });
  return undefined;
}

function serve(
  socket: Socket,
  who: SignedIn,
  taken: SeatTaken,
  limits: Limits,
  deps: LiveDeps,
): void {
  const { views } = deps;
  const subscriber: SocketSubscriber = new SocketSubscriber(socket, taken, who, () =>
    deps.closing(subscriber),
  );
  const on = (event: string, handler: (...args: unknown[]) => unknown): void => {
    socket.on(
      event,
      safely(handler, (error) => deps.onError(event, error)),
    );
  };
  if (taken.seat === "observer") {
    const { observers: room, opened, closed } = deps;
    serveObserver({
      socket,
      subscriber,
      hello: helloFor(socket, who, taken, deps),
      room,
      opened: (each) => opened(each, socket),
      closed: (each) => closed(each, false),
      spend: () => limits.get(socket.conn)?.spend(RESUME_POINTS),
      on,
    });
    return;
  }
  const pictureOfPositions = (asked: boolean) => {
    if (!subscriber.isClosing) deps.positionSnapshot(subscriber, asked);
  };
  views.subscribe(subscriber);
  deps.opened(subscriber, socket);
  // A right that ended between the handshake and here was told to nobody: ask again.
  const ended = reasonToClose(deps.app.world, subscriber);
  if (ended) subscriber.close(ended);
  socket.on("disconnect", () => deps.closed(subscriber, views.unsubscribe(subscriber)));
  subscriber.send("hello", JSON.stringify(helloFor(socket, who, taken, deps)));

  on("resume", async (raw) => {
    limits.get(socket.conn)?.spend(RESUME_POINTS);
    // It has not taken what it was sent: another picture behind it helps nobody. It asks again.
    if (subscriber.pendingBytes() > MOST_BEFORE_RESUME_BYTES) return undefined;
    const at = raw === null || raw === undefined ? null : cursorSchema.safeParse(raw);
    if (at !== null && !at.success) return subscriber.close("PROTOCOL");
    // Not behind the patches: what alarms must not wait for a queue.
    deps.emergency.tell(subscriber);
    await views.resume(subscriber, at === null ? null : at.data);
    pictureOfPositions(false);
    return undefined;
  });
  on("command", (...args) => takeCommand(args, who, deps));
  on("positions", async (...args) => {
    const answer = await deps.positions(who, args[0]);
    ackOf(args)?.(answer);
  });
  servePositions(socket, {
    take: (bytes) => deps.positions(who, bytes),
    onError: (error) => deps.onError(POSITION_EVENT, error),
  });
  on("time", (...args) => ackOf(args)?.({ at: deps.now() }));
  on("posSnapshot", () => pictureOfPositions(true));
}

/** Answers every command that came with an acknowledgement; one without is still carried out. */
async function takeCommand(args: readonly unknown[], who: SignedIn, deps: LiveDeps): Promise<void> {
  const ack = ackOf(args);
  const raw = args[0];
  const origin = originOf(who);
  if (!origin) return ack?.({ error: "READ_ONLY" });
  const kind = (raw as { kind?: unknown } | null | undefined)?.kind;
  if (!(await deps.admit(who, typeof kind === "string" ? kind : "")))
    return ack?.({ error: "TOO_MANY" });
  try {
    const answer = await deps.app.command(raw, origin);
    ack?.(answer);
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) deps.onError("command", error);
    ack?.({ error: error instanceof StoreUnavailable ? "STORE_UNAVAILABLE" : "INTERNAL" });
  }
}

function helloFor(socket: Socket, who: SignedIn, taken: SeatTaken, deps: LiveDeps): Hello {
  const { app, now } = deps;
  const sentinel = deps.sentinel?.(socket.handshake.headers.origin);
  return {
    wire: WIRE_VERSION,
    view: taken.view,
    seat: taken.seat,
    courtId: taken.courtId,
    courtName: app.world.get("court", taken.courtId)?.name ?? taken.courtId,
    ...(taken.officerId ? { officerId: taken.officerId } : {}),
    ...unitOf(taken, app),
    roles: [...taken.roles],
    sessionId: who.sessionId,
    deployment: app.deployment.name,
    mode: app.deployment.mode,
    at: now(),
    heartbeatMs: HEARTBEAT_MS[taken.seat],
    ...(sentinel === undefined ? {} : { sentinel }),
  };
}

function unitOf({ unitId }: SeatTaken, { world }: App): Pick<Hello, "unitId" | "unitName"> {
  if (unitId === undefined) return {};
  return { unitId, unitName: world.get("unit", unitId)?.name ?? unitId };
}
