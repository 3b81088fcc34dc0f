import type { EntityMap } from "../../../shared/domain/entities.ts";
import type { Ref } from "../../../shared/domain/kernel/ref.ts";
import type { Refusal } from "../../../shared/domain/kernel/refusal.ts";
import type { AnyRecord } from "../../../shared/domain/kernel/state.ts";
import type { PlayStory } from "./play-story.ts";

export type Remedy = { readonly kind: string; readonly ref: Ref } | { readonly passMs: number };

/** What is done about a refusal: mostly a report on the same record. */
const SAME: Readonly<Record<string, string>> = {
  NOT_CHECKED_IN: "operation.checkMember",
  MUSTER_CHECK_FAILED: "operation.checkMember",
  CREDENTIALS_NOT_SHOWN: "operation.showCredentials",
  NO_ATTENDEE_RECORDED: "operation.recordAttendee",
  RECORD_NOT_SIGNED: "operation.recordScene",
  LIST_NOT_HANDED: "operation.recordScene",
  GOODS_NOT_DELIVERED: "operation.recordScene",
  EVIDENCE_NOT_ATTESTED: "operation.attestEvidence",
  NOT_ALL_SAFE: "operation.reportSafe",
  ITEMS_OPEN: "supervision.closeItem",
  EVIDENCE_FIRST: "supervision.showEvidence",
  NOT_INTERVIEWED: "supervision.interview",
  TWO_CHECKS_NEEDED: "supervision.find",
  NAME_A_PERSON_FIRST: "supervision.assign",
  NO_HANDOVER_LIST: "shift.prepare",
  NOT_ALL_MARKED: "shift.mark",
  HANDOVER_OFFERED: "shift.returnList",
  NOT_ARRIVED: "detention.arrive",
  REMIND_FIRST: "liaison.remind",
  NO_PAPERS_ASKED: "delegation.askPapers",
  NO_SUCH_ITEM: "supervision.addItem",
  NO_TAKER: "shift.schedule",
  LAST_SHIFT: "shift.schedule",
  NO_RECONSIDERATION: "order.askReconsideration",
  NO_ASSIST_ASKED: "incident.assist",
  ASSIST_RUNNING: "incident.takeOver",
  ROLE_NOT_HELD: "officer.grant",
  NO_PAUSE_TO_CONFIRM: "order.pause",
  NO_PAUSE_TO_LIFT: "order.pause",
  NO_COMMAND_TO_RETURN: "operation.takeCommand",
  COMMAND_TAKEN: "operation.handBackCommand",
  NOT_RELEASED: "observer.release",
  PAUSE_ORDERED: "order.liftPause",
};

const first = <T>(list: Iterable<T>): T | undefined => [...list][0];

function linked(refusal: Refusal, record: AnyRecord, { state }: PlayStory): Remedy | undefined {
  const link = `${record.type}:${record.id}`;
  if (refusal.code === "INCIDENT_OPEN") {
    const open = state
      .linked("incident", link)
      .find((each) => /CON|RE[PS]/.test(each.state) && each.state !== "RESOLVED");
    const kind =
      open?.state === "CONTROLLED" || open?.state === "RESPONDING" ? "resolve" : "falseAlarm";
    return open && { kind: `incident.${kind}`, ref: { type: "incident", id: open.id } };
  }
  if (refusal.code === "DETAINEE_IN_HANDS") {
    const held = first(
      state
        .linked("detention", link)
        .filter((each) => !/RELEASED|STOPPED|REVOKED|CONVERTED/.test(each.state)),
    );
    return held && { kind: "detention.release", ref: { type: "detention", id: held.id } };
  }
  if (refusal.code === "REFUSAL_WITHOUT_CONSEQUENCE") {
    return { kind: "suggestion.issue", ref: { type: "liaison", id: record.id } };
  }
  return undefined;
}

const dueOf = (record: AnyRecord): number | undefined =>
  (record as EntityMap["supervision"]).clocks?.due?.dueAt;

/** The same refusal asks for another thing of another kind of record. */
function ofItsKind({ code, params }: Refusal, { type }: AnyRecord): string | undefined {
  if (code === "NOTHING_OFFERED" || (code === "SHIFT_NOT_READY" && params?.state === "ON"))
    return "shift.offer";
  if (type !== "incident" && type !== "police") return undefined;
  if (code === "NOTHING_TO_SIGN") return `${type}.designate`;
  return code === "NOT_THE_HOLDER" || code === "TAKEN_BY_HIGHER" ? `${type}.take` : undefined;
}

/** What would help, if anything that can be done now. */
export function remedyFor(
  refusal: Refusal,
  record: AnyRecord,
  story: PlayStory,
): Remedy | undefined {
  const { code, until } = refusal;
  const kind = SAME[code] ?? ofItsKind(refusal, record);
  if (kind) return { kind, ref: { type: record.type, id: record.id } };
  if (until !== undefined) return { passMs: until - story.now + 1 };
  if (code === "SUPERVISION_NOT_OVERDUE") {
    const due = dueOf(record);
    return due === undefined ? undefined : { passMs: due - story.now + 1 };
  }
  return linked(refusal, record, story);
}
