import type { SeenNotice, SeenRollCall, SeenTarget } from "./duty-dto.ts";

/** Whoever looks at this screen. */
export interface Called {
  readonly officerId: string | undefined;
  readonly courtId: string | undefined;
  /** He sits in the centre, and answers for it and for terminals that are nobody's. */
  readonly atDesk: boolean;
}

/** One roll-call that this screen has still to answer. */
export interface OpenCall {
  readonly call: SeenRollCall;
  readonly target: SeenTarget;
  /** Its time has passed: an answer counts as late. */
  readonly late: boolean;
}

const WAITING: ReadonlySet<string> = new Set(["CALLED", "ABSENT", "FAULT"]);

function answersFor(target: SeenTarget, call: SeenRollCall, me: Called): boolean {
  if (target.officerId !== undefined) return target.officerId === me.officerId;
  return me.atDesk && call.toCourtId === me.courtId;
}

/** Roll-calls that wait for this person or this desk; those still in time first, then the newest. */
export function openCalls(calls: Iterable<SeenRollCall>, me: Called): OpenCall[] {
  return [...calls]
    .flatMap((call) =>
      call.targets
        .filter(({ state }) => WAITING.has(state))
        .filter((target) => answersFor(target, call, me))
        .map((target) => ({ call, target, late: target.state !== "CALLED" })),
    )
    .sort((a, b) => Number(a.late) - Number(b.late) || b.call.calledAt - a.call.calledAt);
}

/** Until when an answer is in time, server ms. */
export const answerDueAt = ({ clocks }: SeenRollCall): number | undefined =>
  clocks?.find(({ name }) => name === "answer")?.dueAt;

/** Notices that this screen has still to acknowledge: alerts first, then the oldest. */
export const owedNotices = (notices: Iterable<SeenNotice>): SeenNotice[] =>
  [...notices]
    .filter(({ owed, state }) => owed && state === "PUBLISHED")
    .sort(
      (a, b) =>
        Number(b.kind === "ALERT") - Number(a.kind === "ALERT") || a.publishedAt - b.publishedAt,
    );
