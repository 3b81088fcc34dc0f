import { z } from "zod";
import { dutyPhone } from "../../../shared/domain/court/duty-phone.ts";
import { isOpen } from "../../../shared/domain/observer/state.ts";
import type { Account } from "../../accounts/account-store.ts";
import type { AccessEntry } from "../../app/api.ts";
import { type SignedIn, subjectOf } from "../sessions.ts";
import { type Answer, ok, problem, tooMany } from "./answer.ts";
import type { HttpDeps } from "./http-deps.ts";
import { addressKey } from "./limits.ts";
import { type Call, type Route, readBody } from "./route.ts";
import { seatsFor } from "./view-of.ts";

const credentials = z.strictObject({
  login: z.string().trim().toLowerCase().min(1).max(64),
  password: z.string().min(1).max(256),
});
type Credentials = z.infer<typeof credentials>;

/** In the record of access, for a login that does not exist: what was typed may be a password. */
const UNKNOWN = "";

export function signInRoutes(deps: HttpDeps): Route[] {
  return [
    {
      method: "post",
      path: "/api/login",
      access: "OPEN",
      handle: async (call) => {
        const read = readBody(credentials, call.body);
        return read.ok ? signIn(deps, call, read.value) : read.answer;
      },
    },
    {
      method: "post",
      path: "/api/logout",
      access: "OWN_CHECK",
      handle: (call) => signOut(deps, call),
    },
    {
      method: "get",
      path: "/api/me",
      access: "SIGNED_IN",
      handle: async (_call, who) => ok(whoIs(deps, who)),
    },
    {
      method: "get",
      path: "/api/demo-accounts",
      access: "OPEN",
      handle: async () => (deps.demoAccounts ? ok(deps.demoAccounts()) : problem("NOT_FOUND")),
    },
  ];
}

async function signIn(deps: HttpDeps, call: Call, given: Credentials): Promise<Answer> {
  const { accounts, passwords, sessions } = deps;
  const keys = limitKeys(call, given.login);
  const limited = await takeAttempt(deps, keys);
  if (limited) return limited;
  const account = await accounts.findAccount(given.login);
  const right = await passwords.verify(given.password, account?.passwordHash);
  if (account === undefined || !right) {
    await recordFailure(deps, account);
    return problem("WRONG_PASSWORD");
  }
  if (!isLetIn(deps, account.officerId)) {
    await recordFailure(deps, account);
    return problem("ACCOUNT_DISABLED");
  }
  await forgiveAttempts(deps, keys);
  await renewHash(deps, account, given.password);
  const subject = subjectOf(deps.app.world, account);
  await sessions.close(call.headers); // a new session each time: no fixation, no left-overs
  const { id, setCookie } = await sessions.open(subject);
  await deps.app.access({ ...entryOf(deps, "SIGN_IN", account), session: id });
  const opened = sessions.recheck({ subject, sessionId: id });
  return opened.ok
    ? ok(whoIs(deps, opened.who), { "set-cookie": setCookie })
    : problem(opened.code);
}

/** An officer who is not disabled, or an observer's seat that is open. */
function isLetIn({ app, now }: HttpDeps, id: string): boolean {
  const officer = app.world.get("officer", id);
  const seat = app.world.get("observer", id);
  return officer ? !officer.disabled : seat !== undefined && isOpen(seat, now());
}

interface LimitKeys {
  readonly pair: string;
  readonly login: string;
  readonly address: string;
}

function limitKeys(call: Call, login: string): LimitKeys {
  const address = addressKey(call.address);
  return { pair: `${address} ${login}`, login, address };
}

/** Taken before the password is looked at, so that parallel guesses do not slip through. */
async function takeAttempt(
  { limits, app }: HttpDeps,
  keys: LimitKeys,
): Promise<Answer | undefined> {
  const asked = [
    [limits.signInAddress, keys.address],
    [limits.signInPair, keys.pair],
    [limits.signInLogin, keys.login],
  ] as const;
  for (const [limit, key] of asked) {
    const { waitMs, tripped } = await limit.take(key);
    if (waitMs === 0) continue;
    if (tripped) {
      await app.access({
        kind: "SECURITY",
        by: UNKNOWN,
        session: "",
        courtId: "",
        reason: "SIGN_IN_LIMIT",
      });
    }
    return tooMany("TOO_MANY_SIGN_INS", waitMs);
  }
  return undefined;
}

async function forgiveAttempts({ limits }: HttpDeps, keys: LimitKeys): Promise<void> {
  await limits.signInPair.clear(keys.pair);
  await limits.signInLogin.giveBack(keys.login);
  await limits.signInAddress.giveBack(keys.address);
}

async function renewHash(deps: HttpDeps, account: Account, password: string): Promise<void> {
  if (!deps.passwords.isOutdated(account.passwordHash)) return;
  await deps.accounts.setPassword(account.login, await deps.passwords.hash(password));
}

const recordFailure = (deps: HttpDeps, account: Account | undefined): Promise<void> =>
  deps.app.access({ ...entryOf(deps, "SIGN_IN_FAILED", account), session: "" });

function entryOf(deps: HttpDeps, kind: AccessEntry["kind"], account: Account | undefined) {
  const by = account?.officerId ?? UNKNOWN;
  const { world } = deps.app;
  const of = world.get("officer", by) ?? world.get("observer", by);
  return { kind, by, courtId: of?.courtId ?? "" };
}

/**
 * The browser's data is left alone (no `Clear-Site-Data`): a call for help may still wait in its
 * outbox, and nothing personal is ever cached.
 */
async function signOut({ app, sessions, signedOut }: HttpDeps, call: Call): Promise<Answer> {
  const known = await sessions.authenticate(call.headers);
  const told = sessions.close(call.headers);
  // The session is over here whether or not the store could be told.
  if (known.ok) signedOut?.(known.who.sessionId);
  await told;
  if (known.ok) {
    const { sessionId, courtId, officer, subject } = known.who;
    await app.access({
      kind: "SIGN_OUT",
      by: officer?.id ?? (subject.kind === "observer" ? subject.observerId : sessionId),
      session: sessionId,
      courtId,
    });
  }
  return { status: 204, headers: { "set-cookie": sessions.clearCookie } };
}

/** Who a caller is, as pages and phones need to know it. */
export function whoIs(deps: HttpDeps, who: SignedIn) {
  const { app } = deps;
  const { courtId, officer, roles, sessionId } = who;
  const courtName = app.world.get("court", courtId)?.name ?? courtId;
  const { name: deployment, mode } = app.deployment;
  return {
    courtId,
    courtName,
    sessionId,
    deployment,
    mode,
    roles,
    seats: seatsFor(who),
    ...(officer ? { officerId: officer.id, name: officer.name, title: officer.title } : {}),
    ...unitOf(deps, officer?.unitId),
  };
}

/** The unit that a person of a linked unit sits for, and whom of the court it calls. */
function unitOf({ app }: HttpDeps, unitId: string | undefined) {
  const unit = unitId === undefined ? undefined : app.world.get("unit", unitId);
  if (!unit) return {};
  const { name, kind, seat } = unit;
  const courtPhone = dutyPhone(app.world.get("court", unit.courtId));
  return { unit: { name, kind, ...(seat ? { seat } : {}), ...(courtPhone ? { courtPhone } : {}) } };
}
