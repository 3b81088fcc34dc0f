import { z } from "zod";
import type { EnrolmentCode } from "../../accounts/account-store.ts";
import { hashToken, newToken } from "../../accounts/tokens.ts";
import { type Answer, ok, problem, tooMany } from "./answer.ts";
import { hashCode } from "./enrolment.ts";
import type { HttpDeps } from "./http-deps.ts";
import { addressKey } from "./limits.ts";
import { type Call, type Route, readBody } from "./route.ts";
import { whoIs } from "./sign-in-routes.ts";

const enrolment = z.strictObject({ code: z.string().min(8).max(40) });

export const deviceRoutes = (deps: HttpDeps): Route[] => [
  {
    method: "post",
    path: "/api/devices/enrol",
    access: "OPEN",
    handle: async (call) => {
      const read = readBody(enrolment, call.body);
      return read.ok ? enrol(deps, call, read.value.code) : read.answer;
    },
  },
  {
    method: "post",
    path: "/api/kiosk",
    access: "SIGNED_IN",
    handle: async (_call, who) => {
      if (who.subject.kind !== "kiosk") return problem("ROLE_REFUSED");
      const { setCookie } = await deps.sessions.open(who.subject);
      return ok(whoIs(deps, who), { "set-cookie": setCookie });
    },
  },
];

async function enrol(deps: HttpDeps, call: Call, typed: string): Promise<Answer> {
  const { accounts, limits, now } = deps;
  const { waitMs } = await limits.enrolAddress.take(addressKey(call.address));
  if (waitMs > 0) return tooMany("TOO_MANY", waitMs);
  const code = await accounts.takeEnrolmentCode(hashCode(typed), now());
  return code === undefined ? problem("CODE_UNKNOWN") : bind(deps, code);
}

/** The secret is usable only once the log knows the device as enrolled; a failure gives the code back. */
async function bind({ app, accounts, sessions }: HttpDeps, code: EnrolmentCode): Promise<Answer> {
  const { deviceId, codeHash } = code;
  try {
    const answer = await app.systemCommand({
      id: `sys:device:${deviceId}:enrolled:${codeHash.slice(0, 16)}`,
      kind: "device.enrolled",
      ref: { type: "device", id: deviceId },
      payload: {},
    });
    if (answer.outcome === "REFUSED") return problem("DEVICE_REFUSED");
    const secret = newToken();
    await accounts.putDeviceSecret({ deviceId, secretHash: hashToken(secret) });
    sessions.forgetDevice(deviceId);
    return ok({ deviceId, token: `${deviceId}.${secret}` });
  } catch (error) {
    await accounts.putEnrolmentCode(code);
    throw error;
  }
}
