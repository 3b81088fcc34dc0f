import { endOfWorkingDays } from "../calendar.ts";
import { belongsTo } from "../court/belongs.ts";
import { startClock } from "../kernel/clock.ts";
import { type CommandSpecs, command, type DecideInput } from "../kernel/command.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { TextRef } from "../kernel/record.ts";
import { type Decision, type Refusal, refusal, refuse } from "../kernel/refusal.ts";
import { liaisonSpec, missingFields } from "../unit/catalogue.ts";
import type { LiaisonSpec } from "../unit/service.ts";
import type { LinkedUnit } from "../unit/state.ts";
import { happened, mayClose, mayFindRefusal, mayRemind, mayWithdraw } from "./guards.ts";
import { DUE_CLOCK, REMINDER_CLOCK } from "./lifecycle.ts";
import type { LiaisonAnswerState, LiaisonContent, LiaisonRequest } from "./state.ts";
import { LIAISON_UNIT_COMMANDS } from "./unit-commands.ts";

type SendLiaison = Omit<LiaisonContent, "unitType" | "sentBy" | "sentAt">;

interface AnswerLiaison {
  readonly state: LiaisonAnswerState;
  /** Name of the person of the unit who said or wrote it. */
  readonly saidBy: string;
  readonly note?: TextRef;
  readonly replyNo?: string;
}

type Input<P> = DecideInput<LiaisonRequest, P>;

/** A reminder is answered within this. CFG. */
const REMINDER_WORKING_DAYS = 3;

function offered(
  unit: LinkedUnit | undefined,
  payload: SendLiaison,
): { readonly spec: LiaisonSpec; readonly unit: LinkedUnit } | { readonly wrong: Refusal } {
  if (!unit) return { wrong: refusal("NO_SUCH_LINKED_UNIT", { ruleId: "LIA-1" }) };
  const spec = liaisonSpec(unit.kind, payload.service);
  if (!spec) return { wrong: refusal("NO_SUCH_SERVICE", { ruleId: "LIA-1" }) };
  const needed = missingFields(spec.needs, payload);
  return needed
    ? { wrong: refusal("PAPERS_MISSING", { ruleId: "LIA-2", params: { needed } }) }
    : { spec, unit };
}

function send({ id, payload, actor, state, now }: Input<SendLiaison>): Decision<DomainEvent> {
  if (actor.kind !== "person") return refuse("NOT_FOR_SYSTEM");
  const found = offered(state.get("unit", payload.unitId), payload);
  if ("wrong" in found) return { ok: false, refusal: found.wrong };
  const limitMs = endOfWorkingDays(now, found.spec.workingDays) - now;
  return happened(id, {
    type: "LiaisonSent",
    data: {
      belongs: belongsTo(state, actor.courtId),
      ...payload,
      unitType: found.unit.kind,
      sentBy: actor.officerId,
      sentAt: now,
      clocks: [startClock(DUE_CLOCK, "LIA-DUE", now, limitMs)],
    },
  });
}

/** By telephone or letter, typed in by the duty desk: it says so. */
function answer({ id, payload }: Input<AnswerLiaison>): Decision<DomainEvent> {
  const { state, note } = payload;
  if (!note && (state === "REFUSED" || state === "REPLIED")) {
    return refuse("LIAISON_NOTE_NEEDED", { ruleId: "LIA-6" });
  }
  return happened(id, { type: "LiaisonAnswered", data: { ...payload, byPhone: true } });
}

function remind({ id, payload, now }: Input<{ readonly text?: TextRef }>): Decision<DomainEvent> {
  const limitMs = endOfWorkingDays(now, REMINDER_WORKING_DAYS) - now;
  const clocks = [startClock(REMINDER_CLOCK, "LIA-REMINDER", now, limitMs)];
  return happened(id, { type: "LiaisonReminded", data: { ...payload, clocks } });
}

export const LIAISON_COMMANDS: CommandSpecs<LiaisonRequest> = {
  "liaison.send": command<LiaisonRequest, SendLiaison>({
    nature: "REQUEST",
    target: "NEW",
    decide: send,
  }),
  "liaison.answer": command<LiaisonRequest, AnswerLiaison>({
    nature: "FACT",
    target: "EXISTING",
    decide: answer,
  }),
  ...LIAISON_UNIT_COMMANDS,
  "liaison.remind": command<LiaisonRequest, { readonly text?: TextRef }>({
    nature: "REQUEST",
    target: "EXISTING",
    guard: mayRemind,
    decide: remind,
  }),
  "liaison.findRefusal": command<LiaisonRequest, { readonly reason: TextRef }>({
    nature: "REQUEST",
    target: "EXISTING",
    guard: mayFindRefusal,
    decide: ({ id, payload }) => happened(id, { type: "LiaisonRefusalFound", data: payload }),
  }),
  "liaison.close": command<LiaisonRequest, { readonly note?: TextRef }>({
    nature: "REQUEST",
    target: "EXISTING",
    guard: mayClose,
    decide: ({ id, payload }) => happened(id, { type: "LiaisonClosed", data: payload }),
  }),
  "liaison.withdraw": command<LiaisonRequest, { readonly reason: TextRef }>({
    nature: "REQUEST",
    target: "EXISTING",
    guard: mayWithdraw,
    decide: ({ id, payload }) => happened(id, { type: "LiaisonWithdrawn", data: payload }),
  }),
};
