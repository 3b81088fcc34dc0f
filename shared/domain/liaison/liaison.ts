import { type Audience, standingOf } from "../authority/audience.ts";
import { type ClockRaised, clockDeadlines } from "../kernel/clock.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { EntityModule } from "../kernel/module.ts";
import { openLinks } from "../kernel/open-at.ts";
import type { Bilingual } from "../kernel/refusal.ts";
import { clockRule } from "../rules/clock-rules.ts";
import { LIAISON_COMMANDS } from "./commands.ts";
import { LIAISON_EVENT_TYPES, type LiaisonEvent } from "./events.ts";
import { evolveLiaison } from "./evolve.ts";
import { isEnded } from "./lifecycle.ts";
import { liaisonAudiences, projectLiaison } from "./project.ts";
import { LIAISON_REFUSALS } from "./refusals.ts";
import type { LiaisonAnswerState, LiaisonRequest } from "./state.ts";

const ANSWER_LINES: Readonly<Record<LiaisonAnswerState, Bilingual>> = {
  RECEIVED: { zh: "联动单位已签收", en: "Linked unit received the request" },
  PROCESSING: { zh: "联动单位办理中", en: "Linked unit is processing the request" },
  REPLIED: { zh: "联动单位已反馈", en: "Linked unit replied" },
  REFUSED: { zh: "联动单位拒不协助", en: "Linked unit refused" },
};

type Other = Exclude<LiaisonEvent["type"], "LiaisonAnswered">;
const LINES: Readonly<Record<Other, Bilingual>> = {
  LiaisonSent: { zh: "联动协助请求已发出", en: "Request sent to a linked unit" },
  LiaisonReminded: { zh: "催办联动单位", en: "Linked unit reminded" },
  LiaisonRefusalFound: { zh: "认定拒不协助", en: "Refusal to assist found" },
  LiaisonClosed: { zh: "联动协助办结", en: "Request to a linked unit closed" },
  LiaisonWithdrawn: { zh: "联动协助请求撤回", en: "Request to a linked unit withdrawn" },
};

function line(
  raw: DomainEvent,
  request: LiaisonRequest,
  audience: Audience,
): Bilingual | undefined {
  if (standingOf(audience) === "unit") return undefined;
  const event = raw as LiaisonEvent | ClockRaised;
  if (event.type === "LiaisonAnswered") return ANSWER_LINES[event.data.state];
  if (event.type !== "ClockRaised") return LINES[event.type];
  const ruleId = request.clocks[event.data.clock]?.ruleId;
  return ruleId === undefined
    ? undefined
    : clockRule(ruleId).levels.find(({ level }) => level === event.data.level)?.say;
}

export const liaisonModule: EntityModule<"liaison"> = {
  type: "liaison",
  eventTypes: LIAISON_EVENT_TYPES,
  commands: LIAISON_COMMANDS,
  refusals: LIAISON_REFUSALS,
  evolve: evolveLiaison,
  standing: ({ state, reminders }) => `${state}|${reminders.length}`,
  parts: ({ sentBy }) => ({ sender: [sentBy] }),
  links: (request) => [
    ...openLinks(!isEnded(request), [request.courtId]),
    `unit:${request.unitId}`,
    `case:${request.caseNo}`,
  ],
  live: (request) => !isEnded(request),
  dependents: () => [],
  deadlines: (request) => clockDeadlines({ type: "liaison", id: request.id }, request.clocks),
  audiences: liaisonAudiences,
  project: projectLiaison,
  line,
};
