import { clockDeadlines } from "../kernel/clock.ts";
import type { EntityModule } from "../kernel/module.ts";
import { openLinks } from "../kernel/open-at.ts";
import { lentMembers } from "../officer/lent.ts";
import { DETENTION_APPROVALS } from "./approvals.ts";
import { DETENTION_DECISIONS } from "./decisions.ts";
import { detentionDependents } from "./dependents.ts";
import { DETENTION_EVENT_TYPES } from "./events.ts";
import { evolveDetention } from "./evolve.ts";
import { DETENTION_FACTS } from "./facts.ts";
import { INQUIRY_DECISIONS } from "./inquiry.ts";
import { detentionLine } from "./lines.ts";
import { isTerminal } from "./milestones.ts";
import { detentionAudiences, projectDetention } from "./project.ts";
import { DETENTION_REFUSALS } from "./refusals.ts";
import type { Detention } from "./state.ts";
import { breachRaised } from "./verdicts.ts";

/** What a request rests on: state, approvals, extension, and who is who. Clocks are not part of it. */
const standing = (d: Detention): string =>
  `${d.state}|${d.emergency}|${d.extended24h}|${d.proposedBy ?? ""}|${d.approvedBy ?? ""}|${d.escortIds.join("|")}`;

function links(d: Detention): readonly string[] {
  const isOpen = !isTerminal(d);
  const keys = [...openLinks(isOpen, [d.courtId])];
  if (d.operationId) keys.push(`operation:${d.operationId}`);
  if (isOpen) for (const id of d.escortIds) keys.push(`officer:${id}`);
  if (d.caseNo) keys.push(`case:${d.caseNo}`);
  if (d.actId) keys.push(`act:${d.actId}`);
  if (d.hostCourtId) keys.push(`host:${d.hostCourtId}`);
  return keys;
}

export const detentionModule: EntityModule<"detention"> = {
  type: "detention",
  eventTypes: DETENTION_EVENT_TYPES,
  commands: {
    ...DETENTION_DECISIONS,
    ...DETENTION_APPROVALS,
    ...INQUIRY_DECISIONS,
    ...DETENTION_FACTS,
  },
  refusals: DETENTION_REFUSALS,
  evolve: evolveDetention,
  standing,
  parts: (d, state) => ({
    ...(d.proposedBy ? { proposer: [d.proposedBy] } : {}),
    ...(d.approvedBy ? { approver: [d.approvedBy] } : {}),
    escort: d.escortIds,
    ...lentMembers(
      [...d.escortIds, ...(state.get("operation", d.operationId ?? "")?.memberIds ?? [])],
      d.courtId,
      state,
    ),
  }),
  links,
  live: (d) => !isTerminal(d),
  dependents: detentionDependents,
  deadlines: (d) => clockDeadlines({ type: "detention", id: d.id }, d.clocks),
  raised: breachRaised,
  audiences: detentionAudiences,
  project: projectDetention,
  line: detentionLine,
};
