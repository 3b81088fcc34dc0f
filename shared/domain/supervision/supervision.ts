import {
  type AudienceEntry,
  courtViews,
  seatOf,
  standingOf,
  uniqueViews,
} from "../authority/audience.ts";
import { tierPathOf } from "../authority/relation.ts";
import { clockDeadlines } from "../kernel/clock.ts";
import type { EntityModule } from "../kernel/module.ts";
import { openLinks } from "../kernel/open-at.ts";
import type { Bilingual } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import { SUPERVISION_COMMANDS } from "./commands.ts";
import { dutyOf, isClosed, isNotified } from "./duty.ts";
import { SUPERVISION_EVENT_TYPES, type SupervisionEvent } from "./events.ts";
import { evolveSupervision } from "./evolve.ts";
import { projectSupervision } from "./project.ts";
import { SUPERVISION_REFUSALS } from "./refusals.ts";
import type { Supervision } from "./state.ts";

/**
 * Consoles of the supervising court and of the one above it, and from the letter on those of the
 * supervised court, of the courts between, and the phone of the person it named. No wall.
 */
function audiences(supervision: Supervision, state: StateReader): readonly AudienceEntry[] {
  const { courtId, targetCourtId, copiedCourtIds, assigneeId } = supervision;
  const told = isNotified(supervision);
  const above = tierPathOf(state, courtId).at(-2);
  const consoles = [
    ...courtViews(courtId, "issuer"),
    ...(above ? courtViews(above, "parent") : []),
    ...(told ? courtViews(targetCourtId, "recipient") : []),
    ...(told ? copiedCourtIds.flatMap((each) => courtViews(each, "copied")) : []),
  ].filter((entry) => seatOf(entry.audience) === "console");
  const named: AudienceEntry[] = assigneeId
    ? [{ view: `field:${assigneeId}`, audience: "recipient.field" }]
    : [];
  return uniqueViews([...consoles, ...named]);
}

const LINES: Readonly<Record<SupervisionEvent["type"] | "ClockRaised", Bilingual>> = {
  SupervisionOpened: { zh: "督办立项", en: "Supervision opened" },
  SupervisionLetterSent: { zh: "发出督办函", en: "Letter sent" },
  SupervisionAssigned: { zh: "指定专人", en: "A person named" },
  SupervisionStarted: { zh: "开始办理", en: "Work begun" },
  SupervisionReported: { zh: "书面报告", en: "Written report" },
  SupervisionReturned: { zh: "报告退回", en: "Report returned" },
  SupervisionUrged: { zh: "催报", en: "Urged" },
  SupervisionMeasureTaken: { zh: "采取进一步措施", en: "A further measure" },
  SupervisionInterviewed: { zh: "约谈", en: "Interview held" },
  SupervisionFound: { zh: "检查结论", en: "Finding recorded" },
  SupervisionItemAdded: { zh: "列入整改清单", en: "Item put on the list" },
  SupervisionItemEvidenced: { zh: "提交整改证据", en: "Evidence shown" },
  SupervisionItemReturned: { zh: "整改事项退回", en: "Item returned" },
  SupervisionItemClosed: { zh: "整改事项销号", en: "Item closed" },
  SupervisionClosed: { zh: "督办销号", en: "Supervision closed" },
  ClockRaised: { zh: "期限提示", en: "A term ends" },
};

export const supervisionModule: EntityModule<"supervision"> = {
  type: "supervision",
  eventTypes: SUPERVISION_EVENT_TYPES,
  commands: SUPERVISION_COMMANDS,
  refusals: SUPERVISION_REFUSALS,
  evolve: evolveSupervision,
  standing: (each) => [each.state, each.assigneeId ?? ""].join("|"),
  parts: (each) => ({
    issuer: [each.openedBy],
    issuerCourt: [each.courtId],
    copiedCourt: each.copiedCourtIds,
    ...(isNotified(each) ? { recipientCourt: [each.targetCourtId] } : {}),
    ...(each.assigneeId ? { assignee: [each.assigneeId] } : {}),
  }),
  links: (each) => openLinks(true, [dutyOf(each)]),
  live: (each) => !isClosed(each),
  dependents: () => [],
  deadlines: (each) => clockDeadlines({ type: "supervision", id: each.id }, each.clocks),
  audiences,
  project: projectSupervision,
  line: (event, _entity, audience) =>
    event.type === "SupervisionFound" && !["issuer", "parent"].includes(standingOf(audience))
      ? undefined
      : LINES[event.type as keyof typeof LINES],
};
