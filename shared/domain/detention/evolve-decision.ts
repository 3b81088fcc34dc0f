import { endClocks } from "../kernel/clock.ts";
import type { EventMeta } from "../kernel/event.ts";
import { startOrMoveEarlier } from "./earlier-start.ts";
import type { DecisionEvent, EndingDecision } from "./events.ts";
import type { Detention, DetentionState } from "./state.ts";

type Of<T extends DecisionEvent["type"]> = Extract<DecisionEvent, { type: T }>;

/** Decisions of the president, the judge and the upper court. */
export function evolveDecision(
  detention: Detention,
  event: DecisionEvent,
  meta: EventMeta,
): Detention {
  switch (event.type) {
    case "DetentionApproved":
      return approved(detention, event, meta);
    case "DetentionApprovedRetro":
      return approvedRetro(detention, event, meta);
    case "InquiryExtended":
      return {
        ...detention,
        extended24h: true,
        clocks: startOrMoveEarlier(detention.clocks, event.data.clocks, meta),
      };
    case "CompelConverted":
      return { ...ended(detention, "CONVERTED", meta), convertedTo: event.data.to };
    case "DetentionReleasedEarly":
      return endedByDecision(detention, "RELEASED_EARLY", event.data, meta);
    case "DetentionStopped":
      return endedByDecision(detention, "STOPPED", event.data, meta);
    case "DetentionRevoked":
      return endedByDecision(detention, "REVOKED", event.data, meta);
  }
}

/** A person already held, by 拘传, is under control from now on also on this paper. */
function approved(
  detention: Detention,
  { data: { decisionNo, days } }: Of<"DetentionApproved">,
  meta: EventMeta,
): Detention {
  const held = detention.times.controlledAt !== undefined;
  return {
    ...detention,
    state: held ? "CONTROLLED" : "APPROVED",
    decisionNo,
    days,
    approvedBy: meta.by,
    times: { ...detention.times, approvedAt: meta.at },
  };
}

function approvedRetro(
  detention: Detention,
  { data: { clocks, ...papers } }: Of<"DetentionApprovedRetro">,
  meta: EventMeta,
): Detention {
  return {
    ...detention,
    ...papers,
    // A compulsion has no other approval: where no milestone carried it on, it is approved now.
    ...(detention.kind === "COMPEL" && detention.state === "PROPOSED"
      ? { state: "APPROVED" as const }
      : {}),
    approvedBy: meta.by,
    approvedRetro: true,
    times: { ...detention.times, approvedAt: meta.at },
    clocks: endClocks(startOrMoveEarlier(detention.clocks, clocks, meta), ["report"], meta.at),
  };
}

/** All clocks end with the record (`settled`). */
const ended = (detention: Detention, state: DetentionState, meta: EventMeta): Detention => ({
  ...detention,
  state,
  times: { ...detention.times, endedAt: meta.at },
});

const endedByDecision = (
  detention: Detention,
  state: DetentionState,
  { decisionNo, reason }: EndingDecision,
  meta: EventMeta,
): Detention => ({
  ...ended(detention, state, meta),
  endDecisionNo: decisionNo,
  ...(reason ? { endReason: reason } : {}),
});
