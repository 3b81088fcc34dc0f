/**
 * Who is calling. A browser brings a cookie with an opaque token, a phone or wall screen its device
 * secret as `Authorization: Bearer <deviceId>.<secret>`. Both are stored as hashes only, and each
 * time the log's own state is asked: disabled officers, revoked sessions and devices are refused.
 */
import { timingSafeEqual } from "node:crypto";
import type { Viewer } from "../../shared/domain/authority/reveal.ts";
import type { Role } from "../../shared/domain/authority/roles.ts";
import type { StateReader } from "../../shared/domain/kernel/state.ts";
import { isOpen } from "../../shared/domain/observer/state.ts";
import { rolesOf } from "../../shared/domain/officer/roles-of.ts";
import type { Officer } from "../../shared/domain/officer/state.ts";
import type { Account, AccountStore, Session, SessionSubject } from "../accounts/account-store.ts";
import { hashToken, newToken } from "../accounts/tokens.ts";
import type { Origin } from "../app/api.ts";
import { remembered } from "./remembered.ts";
import { sessionCookie } from "./session-cookie.ts";

/** Everything the edge knows of a caller; read from the present state, so never keep it for long. */
export interface SignedIn {
  readonly subject: SessionSubject;
  /** Public session id; `device:ID` for a device key. Safe to log. */
  readonly sessionId: string;
  readonly courtId: string;
  /** Absent for a wall screen, which has no person. */
  readonly officer?: Officer;
  readonly roles: readonly Role[];
  /** Server ms at which the session is over; a device key has no end. */
  readonly expiresAt?: number;
}

/** What of a caller stays true; the rest is read anew each time. */
type Caller = Pick<SignedIn, "subject" | "sessionId" | "expiresAt">;

type AuthProblem =
  | "NOT_SIGNED_IN"
  | "SESSION_EXPIRED"
  | "SESSION_REVOKED"
  | "ACCOUNT_DISABLED"
  | "DEVICE_REVOKED";

type Authentication =
  | { readonly ok: true; readonly who: SignedIn }
  | {
      readonly ok: false;
      readonly code: AuthProblem;
      /** With SESSION_EXPIRED: who it was. Good for reports of fact and for nothing else. */
      readonly late?: SignedIn;
      /** Who it was before somebody ended it. Good for a call for help and for nothing else. */
      readonly was?: SignedIn;
    };

interface CallerHeaders {
  readonly cookie?: string | undefined;
  readonly authorization?: string | undefined;
}

export interface Sessions {
  readonly cookieName: string;
  /** Opens a session; the header goes to the browser, the token nowhere else. */
  open(subject: SessionSubject): Promise<{ readonly id: string; readonly setCookie: string }>;
  /** By bearer token if there is one, else by cookie. */
  authenticate(headers: CallerHeaders): Promise<Authentication>;
  /** A device token that came by another way than a header, e.g. in a socket's handshake. */
  authenticateDevice(token: string): Promise<Authentication>;
  /** The secret alone; whether the device may still speak stands in its record. */
  isDeviceSecret(deviceId: string, secret: string): Promise<boolean>;
  /** Asks clock and state again; for sockets, every second and after each commit of the registry. */
  recheck(who: Caller): Authentication;
  /**
   * Ends the session that the cookie names, whoever's it is; a device key stays valid. It is over
   * here at once, and rejects when the store could not be told yet; `sweep` tells it later.
   */
  close(headers: CallerHeaders): Promise<void>;
  /** An observer's account was made anew: whoever came in by the former one is out. */
  closeSeat(observerId: string): Promise<void>;
  /** A device has a new secret: the one before is not believed any more, whatever the store does. */
  forgetDevice(deviceId: string): void;
  readonly clearCookie: string;
  /** Deletes sessions that are not good for anything any more; call it now and then. */
  sweep(): Promise<number>;
}

export interface SessionDeps {
  readonly accounts: AccountStore;
  readonly world: StateReader;
  /** Server time, integer ms. */
  readonly now: () => number;
  readonly newId: () => string;
  readonly sessionHours: number;
  /** All origins are such that a browser keeps `Secure` cookies (`Config.secureCookies`). */
  readonly secureCookies: boolean;
  /** Browsers keep cookies per host and not per port: an exercise beside a live system has its own. */
  readonly exercise?: boolean;
}

const HOUR_MS = 3_600_000;
/** A wall screen runs unattended for weeks; revoking its device ends it at once. */
const KIOSK_SESSION_MS = 30 * 24 * HOUR_MS;
/** A report of fact made in a dead zone before the session ended may still come this much later. */
const EXPIRED_GRACE_MS = 72 * HOUR_MS;

/**
 * A tracker sends its secret with each position, a thousand of them a second. What another process
 * exchanges is believed so much longer; what this one exchanges ends at once (`forgetDevice`), and
 * so does a device that is revoked.
 */
const SECRET_FRESH_MS = 1_000;

const NOT_SIGNED_IN: Authentication = { ok: false, code: "NOT_SIGNED_IN" };
const BEARER = /^Bearer ([A-Za-z0-9_.:-]{1,64})\.([A-Za-z0-9_-]{43})$/;

export function createSessions(deps: SessionDeps): Sessions {
  const { accounts, world, now } = deps;
  const cookie = sessionCookie(deps.secureCookies, deps.exercise === true);

  const judge = (who: Caller) => judgeCaller(world, now(), who);

  const findSession = remembered((hash) => accounts.findSession(hash));
  const findDeviceSecret = remembered((id) => accounts.findDeviceSecret(id), {
    forMs: SECRET_FRESH_MS,
    now,
  });
  const isDeviceSecret = async (deviceId: string, secret: string): Promise<boolean> => {
    const known = await findDeviceSecret(deviceId);
    return known !== undefined && sameHash(known.secretHash, hashToken(secret));
  };
  /** Ended here while the store could not be told. */
  const toDelete = new Set<string>();

  const byCookie = async (token: string): Promise<Authentication> => {
    const session = await findSession(hashToken(token));
    if (session === undefined) return NOT_SIGNED_IN;
    const { subject, id, expiresAt } = session;
    return judge({ subject, sessionId: id, expiresAt });
  };

  const byDevice = async (bearer: string): Promise<Authentication> => {
    const [, deviceId = "", secret = ""] = BEARER.exec(bearer) ?? [];
    if (!(await isDeviceSecret(deviceId, secret))) return NOT_SIGNED_IN;
    const subject = subjectOfDevice(world, deviceId);
    return subject ? judge({ subject, sessionId: `device:${deviceId}` }) : NOT_SIGNED_IN;
  };

  return {
    cookieName: cookie.name,
    clearCookie: cookie.clear,
    open: async (subject) => {
      const token = newToken();
      const session = newSession(subject, token, deps);
      await accounts.putSession(session);
      findSession.learn(session.tokenHash, session);
      const seconds = Math.floor((session.expiresAt - session.createdAt) / 1_000);
      return { id: session.id, setCookie: cookie.set(token, seconds) };
    },
    authenticate: async ({ authorization, cookie: header }) => {
      if (authorization !== undefined) return byDevice(authorization);
      const token = cookie.read(header);
      return token === undefined ? NOT_SIGNED_IN : byCookie(token);
    },
    isDeviceSecret,
    authenticateDevice: (token) => byDevice(`Bearer ${token}`),
    recheck: judge,
    close: async ({ cookie: header }) => {
      const token = cookie.read(header);
      if (token === undefined) return;
      const tokenHash = hashToken(token);
      findSession.end(tokenHash);
      toDelete.add(tokenHash);
      await deleteEnded(accounts, toDelete);
    },
    closeSeat: async (observerId) => {
      findSession.endWhere(
        ({ subject }) => subject.kind === "observer" && subject.observerId === observerId,
      );
      await accounts.deleteSessionsOf(observerId);
    },
    forgetDevice: (deviceId) => findDeviceSecret.forget(deviceId),
    sweep: async () => {
      await deleteEnded(accounts, toDelete);
      return accounts.expireSessions(now() - EXPIRED_GRACE_MS);
    },
  };
}

async function deleteEnded(accounts: AccountStore, tokenHashes: Set<string>): Promise<void> {
  for (const tokenHash of tokenHashes) {
    const session = await accounts.findSession(tokenHash);
    if (session !== undefined) await accounts.deleteSession(session.id);
    tokenHashes.delete(tokenHash);
  }
}

/** What the application is told of a caller; nothing for a wall screen, which may not act. */
export function originOf({ subject, sessionId }: SignedIn): Origin | undefined {
  switch (subject.kind) {
    case "person":
      return { officerId: subject.officerId, session: sessionId };
    case "device":
      return { officerId: subject.officerId, session: sessionId, device: subject.deviceId };
    case "kiosk":
    case "observer":
      return undefined;
  }
}

/** Who looks, as the table of reveals asks; a phone is no console, a wall screen looks at nothing. */
export function viewerOf({ subject, officer, courtId, roles }: SignedIn): Viewer | undefined {
  if (officer === undefined) return undefined;
  return { officerId: officer.id, courtId, roles: subject.kind === "person" ? roles : [] };
}

/** An account is a person's, or an observer's seat's. */
export const subjectOf = (
  world: StateReader,
  { officerId, login }: Pick<Account, "officerId" | "login">,
): SessionSubject =>
  world.get("observer", officerId)
    ? { kind: "observer", observerId: officerId, login }
    : { kind: "person", officerId, login };

function newSession(subject: SessionSubject, token: string, deps: SessionDeps): Session {
  const createdAt = deps.now();
  const life = subject.kind === "kiosk" ? KIOSK_SESSION_MS : deps.sessionHours * HOUR_MS;
  const seat =
    subject.kind === "observer" ? deps.world.get("observer", subject.observerId) : undefined;
  const expiresAt = Math.min(createdAt + life, seat?.endsAt ?? Number.POSITIVE_INFINITY);
  return { id: deps.newId(), tokenHash: hashToken(token), subject, createdAt, expiresAt };
}

/** A device speaks for its officer; a wall screen for its court. */
function subjectOfDevice(world: StateReader, deviceId: string): SessionSubject | undefined {
  const device = world.get("device", deviceId);
  if (device?.kind === "KIOSK") return { kind: "kiosk", courtId: device.courtId, deviceId };
  return device?.officerId === undefined
    ? undefined
    : { kind: "device", officerId: device.officerId, deviceId };
}

function judgeCaller(world: StateReader, now: number, caller: Caller): Authentication {
  const known =
    caller.subject.kind === "observer"
      ? judgeObserver(world, now, caller, caller.subject.observerId)
      : judgeByState(world, caller, caller.subject);
  const late = now - (caller.expiresAt ?? Number.POSITIVE_INFINITY);
  if (!known.ok || late < 0) return known;
  const code = "SESSION_EXPIRED";
  return late < EXPIRED_GRACE_MS ? { ok: false, code, late: known.who } : { ok: false, code };
}

/** Nobody of the courts: no officer, no role, and only while the seat is open. */
function judgeObserver(
  world: StateReader,
  now: number,
  caller: Caller,
  observerId: string,
): Authentication {
  const seat = world.get("observer", observerId);
  if (seat === undefined || !isOpen(seat, now)) return { ok: false, code: "ACCOUNT_DISABLED" };
  return { ok: true, who: { ...caller, courtId: seat.courtId, roles: [] } };
}

function judgeByState(
  world: StateReader,
  caller: Caller,
  subject: Exclude<SessionSubject, { kind: "observer" }>,
): Authentication {
  const { sessionId, expiresAt } = caller;
  const session = { subject, sessionId, ...(expiresAt === undefined ? {} : { expiresAt }) };
  const isRevoked = subject.kind !== "person" && !isEnrolled(world, subject.deviceId);
  if (subject.kind === "kiosk") {
    return isRevoked
      ? { ok: false, code: "DEVICE_REVOKED" }
      : { ok: true, who: { ...session, courtId: subject.courtId, roles: [] } };
  }
  const officer = world.get("officer", subject.officerId);
  if (officer === undefined) return { ok: false, code: "ACCOUNT_DISABLED" };
  const who = { ...session, courtId: officer.courtId, officer, roles: rolesOf(officer) };
  if (isRevoked) return { ok: false, code: "DEVICE_REVOKED", was: who };
  if (officer.disabled) return { ok: false, code: "ACCOUNT_DISABLED", was: who };
  if (officer.revokedSessions.includes(sessionId)) {
    return { ok: false, code: "SESSION_REVOKED", was: who };
  }
  return { ok: true, who };
}

function isEnrolled(world: StateReader, deviceId: string): boolean {
  const device = world.get("device", deviceId);
  return device !== undefined && device.status !== "REVOKED";
}

const sameHash = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
