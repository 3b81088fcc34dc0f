import { setTimeout as pause } from "node:timers/promises";
import { commandEntry } from "../../../shared/domain/modules.ts";
import { SOS_KIND } from "../../../shared/wire/sos.ts";
import { originOf, type SignedIn } from "../sessions.ts";
import { type Answer, ok, problem, tooMany } from "./answer.ts";
import type { HttpDeps } from "./http-deps.ts";
import { commandWait } from "./limits.ts";
import type { Call, Route } from "./route.ts";

/** The same envelope as by socket, and the second road of a call for help. */
export const commandRoutes = (deps: HttpDeps): Route[] => [
  {
    method: "post",
    path: "/api/commands",
    access: "OWN_CHECK",
    handle: (call) => takeCommand(deps, call),
  },
];

const REFUSE_AFTER_MS = 500;

async function takeCommand(deps: HttpDeps, call: Call): Promise<Answer> {
  const kind = kindOf(call.body);
  const caller = await callerFor(deps, call, kind);
  if ("answer" in caller) return caller.answer;
  const origin = originOf(caller.who);
  if (origin === undefined) return problem("PERSON_NEEDED");
  const asOfficer = call.headers["x-officer"];
  if (asOfficer !== undefined && asOfficer !== origin.officerId) return problem("OTHER_OFFICER");
  const from = caller.unverified ? { ...origin, unverified: true as const } : origin;
  const waitMs = await commandWait(deps.limits, origin.officerId, kind);
  if (waitMs > 0) {
    // Who asks again at once is held up by this, and nobody else is.
    await pause(Math.min(waitMs, REFUSE_AFTER_MS));
    return tooMany("TOO_MANY", waitMs);
  }
  return ok(await deps.app.command(call.body, from));
}

interface Caller {
  readonly who: SignedIn;
  readonly unverified?: true;
}

/**
 * A report of fact is taken although the session has ended: it happened. A call for help is taken
 * from whoever the session once was of, and marked (ADR 6).
 */
async function callerFor(
  { sessions }: HttpDeps,
  call: Call,
  kind: string | undefined,
): Promise<Caller | { readonly answer: Answer }> {
  const known = await sessions.authenticate(call.headers);
  if (known.ok) return { who: known.who };
  const ended = known.late ?? known.was;
  if (kind === SOS_KIND && ended) return { who: ended, unverified: true };
  const isFact = kind !== undefined && commandEntry(kind)?.spec.nature === "FACT";
  return isFact && known.late ? { who: known.late } : { answer: problem(known.code) };
}

/** Only to choose how to treat it; the application reads the envelope itself. */
function kindOf(body: unknown): string | undefined {
  const known = typeof body === "object" && body !== null && "kind" in body;
  return known && typeof body.kind === "string" ? body.kind : undefined;
}
