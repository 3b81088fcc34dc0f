import { z } from "zod";
import { REVEAL_REFUSALS } from "../../../shared/domain/authority/reveal.ts";
import type { Refusal } from "../../../shared/domain/kernel/refusal.ts";
import { recordId } from "../../../shared/wire/common.ts";
import { type RevealOutcome, type RevealRequest, reveal } from "../reveal/reveal.ts";
import type { SignedIn } from "../sessions.ts";
import { type Answer, ok, problem, tooMany } from "./answer.ts";
import type { HttpDeps } from "./http-deps.ts";
import { type Route, readBody } from "./route.ts";

const reason = z.exactOptional(z.string().trim().max(200));

const request: z.ZodType<RevealRequest> = z.union([
  z.strictObject({
    subject: recordId,
    field: z.enum(["name", "idNumber", "phone", "address", "plate", "account"]),
    reason,
  }),
  z.strictObject({ officer: recordId, field: z.enum(["name", "badgeNo"]), reason }),
]);

export const revealRoutes = (deps: HttpDeps): Route[] => [
  {
    method: "post",
    path: "/api/reveal",
    access: "SIGNED_IN",
    handle: async (call, who) => {
      const read = readBody(request, call.body);
      if (!read.ok) return read.answer;
      const limited = await takeLook(deps, who);
      return limited ?? answerOf(await reveal(deps, who, read.value));
    },
  },
];

/** Against reading out the vault one by one. */
async function takeLook({ limits, app }: HttpDeps, who: SignedIn): Promise<Answer | undefined> {
  const by = who.officer?.id ?? who.sessionId;
  const { waitMs, tripped } = await limits.reveal.take(by);
  if (waitMs === 0) return undefined;
  if (tripped) {
    const { sessionId: session, courtId } = who;
    await app.access({ kind: "SECURITY", by, session, courtId, reason: "REVEAL_LIMIT" });
  }
  return tooMany("TOO_MANY", waitMs);
}

function answerOf(outcome: RevealOutcome): Answer {
  switch (outcome.outcome) {
    case "SHOWN": {
      const { value, masked, until } = outcome;
      return ok({ value, masked, until });
    }
    case "REFUSED":
      return refusedBy(outcome.refusal);
    case "EMPTY":
      return problem("FIELD_EMPTY");
    case "UNKNOWN":
      return problem("NOT_FOUND");
    case "PERSON_NEEDED":
      return problem("PERSON_NEEDED");
  }
}

export function refusedBy({ code }: Refusal): Answer {
  const text = REVEAL_REFUSALS[code];
  if (text === undefined) return problem("ROLE_REFUSED");
  const { what, fix } = text;
  const message = { zh: `${what.zh}：${fix.zh}`, en: `${what.en}: ${fix.en}` };
  return { status: 403, body: { code, message } };
}
