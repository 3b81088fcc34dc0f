import {
  type Audience,
  type AudienceEntry,
  courtViews,
  fieldViews,
  seatOf,
  standingOf,
  tierViews,
  uniqueViews,
} from "../authority/audience.ts";
import { tierPathOf } from "../authority/relation.ts";
import { CENTER_ROLES, type Role } from "../authority/roles.ts";
import { present } from "../detention/present.ts";
import { type ClockRaised, clockDeadlines, clockDtos, type RunningClock } from "../kernel/clock.ts";
import type { EntityModule } from "../kernel/module.ts";
import type { Bilingual, RefusalText } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import { shortNameOf } from "../officer/short-name.ts";
import { clockRule } from "../rules/clock-rules.ts";
import { CHECK_IN_COMMANDS, operationLink, sceneClock } from "./commands.ts";
import { CHECK_IN_EVENT_TYPES, type CheckInEvent, checkInEvent } from "./events.ts";
import { evolveCheckIn, LIFE_CLOCK, PARENT_LEVEL, SCENE_CLOCK } from "./evolve.ts";
import { isKnownSafe, onSceneById } from "./on-scene.ts";
import type { CheckIn } from "./state.ts";

/** From this level on the own centre is told, before it the officer alone is reminded. */
const CENTRE_LEVEL = 2;

/** The officer's court and, where he was lent, the operation's: whose desks are told. */
const courtsOf = ({ courtId, hostCourtId }: CheckIn): string[] => [
  courtId,
  ...(hostCourtId ? [hostCourtId] : []),
];

/** His phone, his court and the operation's; the courts above them once it has climbed. */
function audiences(checkin: CheckIn, state: StateReader): readonly AudienceEntry[] {
  const { courtId, hostCourtId, officerId, climbed } = checkin;
  const above = hostCourtId ? tierPathOf(state, hostCourtId).at(-2) : undefined;
  return uniqueViews([
    ...tierViews(state, courtId, climbed ? 1 : 0),
    ...(hostCourtId ? courtViews(hostCourtId, "host") : []),
    ...(climbed && above ? courtViews(above, "parent") : []),
    ...fieldViews([officerId]),
  ]);
}

interface ToldDesk {
  readonly courtId: string;
  readonly roles: readonly Role[];
}

/** Who has been told of the present silence. */
function toldOf(checkin: CheckIn, state: StateReader): ToldDesk[] {
  const clock = checkin.clocks[LIFE_CLOCK];
  const level = clock && clock.endedAt === undefined ? clock.level : 0;
  const courts = courtsOf(checkin);
  const parents = new Set(courts.flatMap((id) => tierPathOf(state, id).at(-2) ?? []));
  return [
    ...(level >= CENTRE_LEVEL ? courts.map((courtId) => ({ courtId, roles: CENTER_ROLES })) : []),
    ...(level >= PARENT_LEVEL
      ? [...parents].map((courtId) => ({ courtId, roles: ["DUTY_OFFICER"] as const }))
      : []),
  ];
}

function projectCheckIn(checkin: CheckIn, state: StateReader, audience: Audience) {
  const officer = shortNameOf(state, checkin.officerId);
  const host = standingOf(audience) === "host";
  const wall = seatOf(audience) === "wall";
  return {
    courtId: checkin.courtId,
    ...present(checkin, ["hostCourtId", "operationId", "officerId", "state", "lastAt"]),
    ...(officer ? { officer } : {}),
    told: toldOf(checkin, state),
    clocks: clockDtos(checkin.clocks),
    ...(wall || host ? {} : present(checkin, ["vouched", "stopReason"])),
  };
}

/** Nobody waits any more: the scene is left, and he is back or a centre took him off the clock. */
const isOver = (checkin: CheckIn, state: StateReader): boolean =>
  !onSceneById(state, checkin.operationId) &&
  (checkin.state === "STOPPED" || isKnownSafe(checkin, state));

/**
 * What a clock raises of somebody who is safe, after the operation has left the scene, is no alarm:
 * it ends the waiting. The operation itself knows nothing of check-ins.
 */
function raised(checkin: CheckIn, clock: RunningClock, _level: number, state: StateReader) {
  const { id } = checkin;
  if (isOver(checkin, state)) return [checkInEvent(id, "CheckInEnded", {})];
  if (clock.name !== SCENE_CLOCK) return [];
  return [checkInEvent(id, "CheckInContinued", { clocks: [sceneClock(clock.dueAt)] })];
}

const LINES: Readonly<Partial<Record<CheckInEvent["type"], Bilingual>>> = {
  CheckInBegun: { zh: "开始现场平安报告", en: "Check-in on scene begun" },
  CheckInVouched: { zh: "中心代报平安", en: "Centre spoke to the officer" },
  CheckInStopped: { zh: "停止现场平安报告", en: "Check-in on scene stopped" },
};

function line(event: CheckInEvent | ClockRaised, { state }: CheckIn): Bilingual | undefined {
  if (event.type !== "ClockRaised") return LINES[event.type];
  if (state !== "RUNNING" || event.data.clock !== LIFE_CLOCK) return undefined;
  return clockRule("CHK-LIFE").levels.find((each) => each.level === event.data.level)?.say;
}

const REFUSALS: Readonly<Record<string, RefusalText>> = {
  NOT_ON_SCENE: {
    what: { zh: "该行动不在现场阶段", en: "The operation is not on scene" },
    fix: { zh: "到场后方可开始平安报告", en: "Check-in begins on arrival and ends with the scene" },
  },
  CHECK_IN_NOT_RUNNING: {
    what: { zh: "平安报告未在进行", en: "No sign of life is being waited for" },
    fix: { zh: "无需停止", en: "Nothing to stop" },
  },
};

export const checkinModule: EntityModule<"checkin"> = {
  type: "checkin",
  eventTypes: CHECK_IN_EVENT_TYPES,
  commands: CHECK_IN_COMMANDS,
  refusals: REFUSALS,
  evolve: evolveCheckIn,
  standing: ({ state }) => state,
  parts: ({ officerId, beganBy, courtId, hostCourtId }) => ({
    self: [officerId],
    issuer: [beganBy],
    issuerCourt: [hostCourtId ?? courtId],
  }),
  links: ({ operationId }) => [operationLink(operationId)],
  live: ({ state }) => state !== "ENDED",
  dependents: () => [],
  deadlines: ({ id, clocks }) => clockDeadlines({ type: "checkin", id }, clocks),
  raised,
  audiences,
  project: projectCheckIn,
  line: (event, checkin) => line(event as CheckInEvent | ClockRaised, checkin),
};
