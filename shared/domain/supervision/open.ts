import { relationOf, tierPathOf } from "../authority/relation.ts";
import { belongsTo } from "../court/belongs.ts";
import { startClock } from "../kernel/clock.ts";
import type { DecideInput } from "../kernel/command.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { TextRef } from "../kernel/record.ts";
import { accept, type Decision, type Refusal, refusal, refuse } from "../kernel/refusal.ts";
import { owes } from "./duty.ts";
import { supervisionEvent } from "./events.ts";
import type { Supervision, SupervisionKind, SupervisionTrigger } from "./state.ts";

export interface OpenSupervision {
  readonly targetCourtId: string;
  readonly kind: SupervisionKind;
  readonly trigger: SupervisionTrigger;
  readonly caseNo?: string;
  readonly matter: TextRef;
  /** When the complaint was accepted; now unless given. */
  readonly acceptedAt?: number;
  readonly forwardOf?: string;
}

type Input = DecideInput<Supervision, OpenSupervision>;

const ABOUT_A_CASE: readonly SupervisionKind[] = ["CASE", "LISTED", "DUAL_CHECK"];

function wrongIn({ payload, actor, state, now }: Input): Refusal | undefined {
  const { targetCourtId, kind, caseNo, acceptedAt = now, forwardOf } = payload;
  if (!state.get("court", targetCourtId)) return refusal("NO_SUCH_COURT");
  if (ABOUT_A_CASE.includes(kind) && caseNo === undefined) {
    return refusal("SUPERVISION_NEEDS_CASE", { ruleId: "SUP-2" });
  }
  if (acceptedAt > now) return refusal("ACCEPTED_IN_THE_FUTURE", { ruleId: "I6" });
  if (forwardOf === undefined) return undefined;
  const above = state.get("supervision", forwardOf);
  const mine = actor.kind === "person" && above?.targetCourtId === actor.courtId && owes(above);
  return mine ? undefined : refusal("NOT_YOURS_TO_FORWARD", { ruleId: "SUP-11" });
}

/** 立项, of a court below; a court between the two is told. */
export function open(input: Input): Decision<DomainEvent> {
  const { id, payload, actor, state, now } = input;
  if (actor.kind !== "person") return refuse("NOT_FOR_SYSTEM");
  const wrong = wrongIn(input);
  if (wrong) return { ok: false, refusal: wrong };
  const path = tierPathOf(state, payload.targetCourtId);
  const acceptedAt = payload.acceptedAt ?? now;
  return accept(
    supervisionEvent(id, "SupervisionOpened", {
      ...payload,
      acceptedAt,
      belongs: belongsTo(state, actor.courtId),
      copiedCourtIds: path.slice(path.indexOf(actor.courtId) + 1, -1),
      clocks: [startClock("letter", "I6", acceptedAt)],
    }),
  );
}

/** 指定他院: another court of the supervising court's own district (执行规定 74). */
export const mayReassignTo = (
  supervision: Supervision,
  toCourtId: string | undefined,
  state: DecideInput<Supervision, unknown>["state"],
): boolean =>
  toCourtId !== undefined &&
  toCourtId !== supervision.targetCourtId &&
  relationOf(supervision.courtId, { courtId: toCourtId }, state) === "down";
