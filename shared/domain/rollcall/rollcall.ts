import {
  type Audience,
  type AudienceEntry,
  courtViews,
  fieldViews,
  seatOf,
  uniqueViews,
} from "../authority/audience.ts";
import { type ClockRaised, clockDeadlines, clockDtos } from "../kernel/clock.ts";
import type { EntityModule } from "../kernel/module.ts";
import { refKey } from "../kernel/ref.ts";
import type { Bilingual } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import { shortNameOf } from "../officer/short-name.ts";
import { ROLL_CALL_COMMANDS } from "./commands.ts";
import { ROLL_CALL_EVENT_TYPES, type RollCallEvent } from "./events.ts";
import { ANSWER_CLOCK, evolveRollCall, OVER_CLOCK } from "./evolve.ts";
import { ROLL_CALL_REFUSALS } from "./refusals.ts";
import type { RollCall, RollTarget } from "./state.ts";
import { callLink, rollTotals } from "./totals.ts";

const calledOfficers = ({ targets }: RollCall): string[] =>
  targets.flatMap(({ officerId }) => (officerId ? [officerId] : []));

/** The caller's centre, the centre called, and the phones of those called. */
const audiences = (rollcall: RollCall): readonly AudienceEntry[] =>
  uniqueViews([
    ...courtViews(rollcall.courtId, "issuer"),
    ...courtViews(rollcall.toCourtId, "recipient"),
    ...fieldViews(calledOfficers(rollcall)),
  ]);

function projectRollCall(rollcall: RollCall, state: StateReader, audience: Audience) {
  const wall = seatOf(audience) === "wall";
  return {
    courtId: rollcall.courtId,
    callId: rollcall.callId,
    toCourtId: rollcall.toCourtId,
    calledAt: rollcall.calledAt,
    ...(wall ? {} : { calledBy: rollcall.calledBy }),
    targets: rollcall.targets.map((target) => projectTarget(target, state, wall)),
    totals: rollTotals(rollcall.targets),
    clocks: clockDtos(rollcall.clocks),
  };
}

function projectTarget(target: RollTarget, state: StateReader, wall: boolean) {
  const { ref, officerId, answeredBy, ...outcome } = target;
  const name = officerId && shortNameOf(state, officerId);
  return {
    key: refKey(ref),
    ...(officerId ? { officerId } : {}),
    ...(name ? { name } : {}),
    ...outcome,
    ...(answeredBy && !wall ? { answeredBy } : {}),
  };
}

const LINES: Readonly<Record<RollCallEvent["type"], Bilingual>> = {
  RollCalled: { zh: "点名", en: "Roll called" },
  RollAnswered: { zh: "点名应答", en: "Roll-call answered" },
  RollFaultNoted: { zh: "点名故障", en: "Roll-call: fault" },
  RollQualityNoted: { zh: "记录画面声音质量", en: "Picture and voice noted" },
};
const ABSENT: Bilingual = { zh: "点名未答", en: "Roll-call not answered" };

function line(event: RollCallEvent | ClockRaised): Bilingual | undefined {
  if (event.type !== "ClockRaised") return LINES[event.type];
  return event.data.clock === ANSWER_CLOCK ? ABSENT : undefined;
}

export const rollcallModule: EntityModule<"rollcall"> = {
  type: "rollcall",
  eventTypes: ROLL_CALL_EVENT_TYPES,
  commands: ROLL_CALL_COMMANDS,
  refusals: ROLL_CALL_REFUSALS,
  evolve: evolveRollCall,
  standing: ({ targets }) => targets.map(({ state }) => state).join("|"),
  parts: (rollcall) => ({
    issuer: [rollcall.calledBy],
    issuerCourt: [rollcall.courtId],
    recipient: calledOfficers(rollcall),
    recipientCourt: [rollcall.toCourtId],
  }),
  links: ({ callId }) => [callLink(callId)],
  live: ({ clocks }) => (clocks[OVER_CLOCK]?.level ?? 1) === 0,
  dependents: () => [],
  deadlines: ({ id, clocks }) => clockDeadlines({ type: "rollcall", id }, clocks),
  audiences,
  project: projectRollCall,
  line: (event) => line(event as RollCallEvent | ClockRaised),
};
