import { randomInt } from "node:crypto";
import { z } from "zod";
import { can } from "../../../shared/domain/authority/can.ts";
import { isOpen } from "../../../shared/domain/observer/state.ts";
import { recordId } from "../../../shared/wire/common.ts";
import { hashToken } from "../../accounts/tokens.ts";
import type { SignedIn } from "../sessions.ts";
import { type Answer, ok, problem, tooMany } from "./answer.ts";
import type { HttpDeps } from "./http-deps.ts";
import { type Route, readAddress } from "./route.ts";
import { viewOf } from "./view-of.ts";

const seatAddress = z.strictObject({ id: recordId });
const DAY_MS = 86_400_000;
const MOST_DAYS = 90;
const MOST_SHOWN = 500;

const watchersAddress = z.strictObject({
  days: z
    .string()
    .regex(/^\d{1,2}$/)
    .transform(Number)
    .pipe(z.int().min(1).max(MOST_DAYS))
    .optional(),
});

/** 观摩席 accounts, and who has been watching this court. */
export const observerRoutes = (deps: HttpDeps): Route[] => [
  {
    method: "post",
    path: "/api/observers/:id/account",
    access: "SIGNED_IN",
    handle: async (call, who) => {
      const at = readAddress(seatAddress, call);
      return at.ok ? issueAccount(deps, who, at.value.id) : at.answer;
    },
  },
  {
    method: "get",
    path: "/api/watchers",
    access: "SIGNED_IN",
    handle: async (call, who) => {
      const at = readAddress(watchersAddress, call);
      if (!at.ok) return at.answer;
      const view = viewOf(who, "console") ?? viewOf(who, "inspector");
      if (view === undefined) return problem("ROLE_REFUSED");
      const since = deps.now() - (at.value.days ?? MOST_DAYS) * DAY_MS;
      return ok(await deps.watchers(who.courtId, { since, limit: MOST_SHOWN }));
    },
  },
];

/**
 * Login and password of the seat, seen this once; asked for again, the former password is void, and
 * so is whatever was opened with it.
 */
async function issueAccount(deps: HttpDeps, who: SignedIn, id: string): Promise<Answer> {
  const { app, sessions, limits, now, seatRemade } = deps;
  const { officer, courtId, roles, sessionId } = who;
  if (officer === undefined || who.subject.kind !== "person") return problem("PERSON_NEEDED");
  const seat = app.world.get("observer", id);
  if (seat === undefined || seat.courtId !== courtId) return problem("NOT_FOUND");
  const actor = { kind: "person", officerId: officer.id, courtId, roles } as const;
  if (can(actor, "observer.open", "own", {})) return problem("ROLE_REFUSED");
  if (!isOpen(seat, now())) return problem("SEAT_ENDED");
  const { waitMs } = await limits.observerAccount.take(officer.id);
  if (waitMs > 0) return tooMany("TOO_MANY", waitMs);
  const entry = { by: officer.id, session: sessionId, courtId, subject: id };
  await app.access({ kind: "OBSERVER_ACCOUNT", ...entry });
  const password = newPassword();
  const login = await putAccount(deps, id, password);
  await sessions.closeSeat(id);
  seatRemade?.(id);
  return ok({ login, password, endsAt: seat.endsAt });
}

/** Seats' ids are chosen by clients: one that was made to have another seat's login gets a longer one. */
const LOGIN_DIGITS = [8, 16, 48];

async function putAccount(deps: HttpDeps, id: string, password: string): Promise<string> {
  const { accounts, passwords, now } = deps;
  const passwordHash = await passwords.hash(password);
  for (const digits of LOGIN_DIGITS) {
    const login = `guest-${hashToken(id).slice(0, digits)}`;
    const account = { login, officerId: id, passwordHash, createdAt: now() };
    if (await accounts.createAccount(account)) return login;
    if ((await accounts.findAccount(login))?.officerId !== id) continue;
    await accounts.setPassword(login, passwordHash);
    return login;
  }
  throw new Error("two seats of one hash");
}

/** Without the letters and digits that are taken for one another. */
const ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

const newPassword = (): string =>
  Array.from({ length: 4 }, () =>
    Array.from({ length: 4 }, () => ALPHABET[randomInt(ALPHABET.length)]).join(""),
  ).join("-");
