import { maySit } from "../../../shared/domain/authority/seats.ts";
import { type SignedSos, signedSos, sosKeyRequest } from "../../../shared/wire/sos.ts";
import type { SosKey } from "../../accounts/account-store.ts";
import type { Origin } from "../../app/api.ts";
import { remembered } from "../remembered.ts";
import { originOf, type SignedIn } from "../sessions.ts";
import { isSignedBy, readPublicKey, sosKeyId } from "../sos/sos-key.ts";
import { type Answer, ok, problem, tooMany } from "./answer.ts";
import type { HttpDeps } from "./http-deps.ts";
import { type Call, type Route, readBody } from "./route.ts";

/** SOSR-2: an officer's phones, and what is left of those before. */
const KEYS_OF_OFFICER = 5;

/** The road of a call for help that needs nothing but a key: ADR 6. */
export function sosRoutes(deps: HttpDeps): Route[] {
  const { accounts } = deps;
  const findKey = remembered((keyId) => accounts.findSosKey(keyId));
  return [
    {
      method: "post",
      path: "/api/sos/keys",
      access: "SIGNED_IN",
      handle: async (call, who) => {
        const read = readBody(sosKeyRequest, call.body);
        return read.ok ? enrol(deps, who, read.value.publicKey, findKey) : read.answer;
      },
    },
    {
      method: "post",
      path: "/api/sos",
      access: "OWN_CHECK",
      anyOrigin: true,
      handle: async (call) => {
        const read = readBody(signedSos, call.body);
        if (!read.ok) return read.answer;
        const key = await findKey(read.value.keyId);
        if (!key) return problem("SOS_KEY_UNKNOWN");
        if (!isSignedBy(key.publicKey, read.value)) return forged(deps, key);
        return take(deps, call, { key, ...read.value });
      },
    },
  ];
}

type FindKey = (keyId: string) => Promise<SosKey | undefined>;

async function enrol(
  { accounts, app, limits, now }: HttpDeps,
  who: SignedIn,
  publicKey: string,
  findKey: FindKey,
): Promise<Answer> {
  const { officer, roles, sessionId, courtId } = who;
  if (!officer) return problem("PERSON_NEEDED");
  if (!maySit(roles, "field")) return problem("ROLE_REFUSED");
  const { waitMs } = await limits.enrolSosKey.take(officer.id);
  if (waitMs > 0) return tooMany("TOO_MANY", waitMs);
  if (!readPublicKey(publicKey)) return problem("BODY_INVALID", { fields: ["publicKey"] });
  const keyId = sosKeyId(officer.id, publicKey);
  if (!(await accounts.findSosKey(keyId))) {
    const by = officer.id;
    await app.access({ kind: "SOS_KEY_ENROLLED", by, session: sessionId, courtId, subject: keyId });
  }
  const key = { keyId, officerId: officer.id, publicKey, enrolledAt: now() };
  await accounts.putSosKey(key, KEYS_OF_OFFICER);
  await findKey(keyId); // so that it is remembered when the store is away
  return ok({ keyId });
}

/** Somebody has the name of a key and not the key; written down once in a while. */
async function forged({ app, limits }: HttpDeps, { keyId, officerId }: SosKey): Promise<Answer> {
  if ((await limits.forgedSos.take(keyId)).waitMs === 0) {
    const courtId = app.world.get("officer", officerId)?.courtId ?? "";
    const entry = { by: officerId, session: sessionOf(keyId), courtId };
    await app.access({ kind: "SECURITY", ...entry, subject: keyId, reason: "SOS_FORGED" });
  }
  return problem("SOS_FORGED");
}

async function take(
  deps: HttpDeps,
  call: Call,
  { key, envelope }: SignedSos & { readonly key: SosKey },
): Promise<Answer> {
  return ok(await deps.app.command(envelope, await originNow(deps, call, key)));
}

/** Whether the officer is signed in here and now as well; if that cannot be found out, they are not. */
async function originNow(
  { sessions }: HttpDeps,
  { headers }: Call,
  { keyId, officerId }: SosKey,
): Promise<Origin> {
  const known = await sessions.authenticate(headers).catch(() => undefined);
  const origin = known?.ok ? originOf(known.who) : undefined;
  return origin?.officerId === officerId
    ? origin
    : { officerId, session: sessionOf(keyId), unverified: true };
}

/** In the log, where other commands name their session. */
const sessionOf = (keyId: string): string => `sos-key:${keyId.slice(0, 16)}`;
