/**
 * One look at personal data: decided by the table of 5.3, recorded in the access stream, and
 * answered only when that record is durable. Refused attempts are recorded too.
 */
import {
  mayRevealOfficer,
  mayRevealSubject,
  type RevealDecision,
} from "../../../shared/domain/authority/reveal.ts";
import { maskField, type SubjectField } from "../../../shared/domain/authority/subject-mask.ts";
import type { Refusal } from "../../../shared/domain/kernel/refusal.ts";
import type { AccessEntry, App } from "../../app/api.ts";
import type { Vault } from "../../vault/vault.ts";
import { type SignedIn, viewerOf } from "../sessions.ts";

type OfficerField = "name" | "badgeNo";

interface SubjectLook {
  readonly subject: string;
  readonly field: SubjectField;
  readonly reason?: string;
}

interface OfficerLook {
  readonly officer: string;
  readonly field: OfficerField;
  readonly reason?: string;
}

export type RevealRequest = SubjectLook | OfficerLook;

export type RevealOutcome =
  | {
      readonly outcome: "SHOWN";
      readonly value: string;
      /** The value is the masked form. */
      readonly masked: boolean;
      /** Server ms after which a screen must have hidden it again. */
      readonly until: number;
    }
  | { readonly outcome: "REFUSED"; readonly refusal: Refusal }
  /** PERSON_NEEDED: a wall screen never sees personal data. */
  | { readonly outcome: "UNKNOWN" | "EMPTY" | "PERSON_NEEDED" };

export interface RevealDeps {
  readonly app: Pick<App, "world" | "access">;
  readonly vault: Pick<Vault, "getSubject">;
  readonly now: () => number;
}

const REVEAL_GRANT_MS = 600_000;

/** What was asked for, found and decided, before anything is recorded. */
interface Look {
  readonly decision: RevealDecision;
  readonly watchedCourtId: string;
  readonly value: string | undefined;
}

export async function reveal(
  deps: RevealDeps,
  who: SignedIn,
  request: RevealRequest,
): Promise<RevealOutcome> {
  const look =
    "subject" in request
      ? await lookAtSubject(deps, who, request)
      : lookAtOfficer(deps, who, request);
  if (look === "UNKNOWN" || look === "PERSON_NEEDED") return { outcome: look };
  const { decision, value } = look;
  await deps.app.access(entryOf(who, request, look));
  if (!decision.ok) return { outcome: "REFUSED", refusal: decision.refusal };
  if (value === undefined) return { outcome: "EMPTY" };
  const masked = decision.form === "MASKED";
  return { outcome: "SHOWN", value, masked, until: deps.now() + REVEAL_GRANT_MS };
}

async function lookAtSubject(
  { app, vault }: RevealDeps,
  who: SignedIn,
  { subject: id, field, reason }: SubjectLook,
): Promise<Look | "UNKNOWN" | "PERSON_NEEDED"> {
  const viewer = viewerOf(who);
  if (viewer === undefined) return "PERSON_NEEDED";
  const stored = await vault.getSubject(id);
  if (stored === undefined) return "UNKNOWN";
  const { courtId, identity } = stored;
  const decision = mayRevealSubject(viewer, { id, courtId }, field, reason, app.world);
  const clear = identity[field];
  const masked = decision.ok && decision.form === "MASKED" && clear !== undefined;
  return { decision, watchedCourtId: courtId, value: masked ? maskField(field, clear) : clear };
}

function lookAtOfficer(
  { app }: RevealDeps,
  who: SignedIn,
  { officer: id, field, reason }: OfficerLook,
): Look | "UNKNOWN" | "PERSON_NEEDED" {
  const viewer = viewerOf(who);
  if (viewer === undefined) return "PERSON_NEEDED";
  const officer = app.world.get("officer", id);
  if (officer === undefined) return "UNKNOWN";
  const decision = mayRevealOfficer(viewer, officer, reason, app.world);
  return { decision, watchedCourtId: officer.courtId, value: officer[field] };
}

function entryOf(who: SignedIn, request: RevealRequest, look: Look): AccessEntry {
  const reason = request.reason?.trim();
  return {
    kind: look.decision.ok ? "REVEAL" : "REVEAL_REFUSED",
    by: who.officer?.id ?? who.sessionId,
    session: who.sessionId,
    courtId: who.courtId,
    subject: "subject" in request ? request.subject : request.officer,
    field: request.field,
    watchedCourtId: look.watchedCourtId,
    ...(reason ? { reason } : {}),
  };
}
