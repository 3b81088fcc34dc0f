import { type ConflictNote, withConflict } from "../kernel/conflict.ts";
import type { EventMeta } from "../kernel/event.ts";
import {
  type Attendee,
  goingOf,
  type MusterCheck,
  type OperationFacts,
  type Stamp,
} from "./facts.ts";
import { type Folds, reportedBy } from "./folds.ts";
import type { Operation } from "./state.ts";

const withFacts = (operation: Operation, facts: Partial<OperationFacts>): Operation => ({
  ...operation,
  facts: { ...operation.facts, ...facts },
});

interface OfOfficer extends Stamp {
  readonly officerId: string;
}

/** One entry an officer: what happened last counts, whenever it was told. */
function latest<T extends OfOfficer>(list: readonly T[], entry: T): readonly T[] {
  const known = list.find(({ officerId }) => officerId === entry.officerId);
  if (known && known.at > entry.at) return list;
  return [...list.filter((each) => each !== known), entry];
}

function attended(
  list: readonly Attendee[],
  entry: Omit<Attendee, "from" | "to" | "by">,
  meta: EventMeta,
): readonly Attendee[] {
  const known = list.find(({ id }) => id === entry.id);
  const from = entry.refused ? undefined : (known?.from ?? meta.occurred.earliest);
  const attendee: Attendee = {
    ...entry,
    by: meta.by,
    ...(from === undefined ? {} : { from }),
    ...(known?.to === undefined ? {} : { to: known.to }),
  };
  return [...list.filter((each) => each !== known), attendee];
}

/**
 * Nobody departs unchecked, so whoever was present when the departure was ordered went out, and no
 * excuse, whenever it is dated, takes him off the list of those who must come back.
 */
const wentOut = (operation: Operation, check: Pick<MusterCheck, "officerId" | "presence">) =>
  check.presence === "EXCUSED" &&
  operation.departureOrdered !== undefined &&
  goingOf(operation).includes(check.officerId);

const conflicting = (operation: Operation, event: string, note: ConflictNote, meta: EventMeta) => ({
  ...operation,
  conflicts: withConflict(operation.conflicts, {
    commandId: meta.commandId,
    event,
    at: meta.at,
    occurredAt: meta.occurred.earliest,
    note,
  }),
});

type FactFolds = Folds<
  | "OperationMemberChecked"
  | "OperationCredentialsShown"
  | "OperationAttendeeRecorded"
  | "OperationAttendeeLeft"
  | "OperationSceneFactRecorded"
  | "OperationMemberSafe"
  | "OperationEvidenceAttested"
>;

export const FACT_FOLDS: FactFolds = {
  OperationMemberChecked: (operation, { type, data }, meta) =>
    wentOut(operation, data)
      ? conflicting(operation, type, "AFTER_DEPARTURE", meta)
      : withFacts(operation, {
          muster: latest(operation.facts.muster, { ...data, ...reportedBy(meta) }),
        }),
  OperationCredentialsShown: (operation, { data }, meta) =>
    withFacts(operation, {
      shown: latest(operation.facts.shown, { ...data, ...reportedBy(meta) }),
    }),
  OperationAttendeeRecorded: (operation, { data }, meta) =>
    withFacts(operation, { attendees: attended(operation.facts.attendees, data, meta) }),
  OperationAttendeeLeft: (operation, { data }, meta) =>
    withFacts(operation, {
      attendees: operation.facts.attendees.map((attendee) =>
        attendee.id === data.attendeeId ? { ...attendee, to: meta.occurred.latest } : attendee,
      ),
    }),
  OperationSceneFactRecorded: (operation, { data }, meta) =>
    withFacts(operation, { scene: [...operation.facts.scene, { ...data, ...reportedBy(meta) }] }),
  OperationMemberSafe: (operation, { data }, meta) =>
    withFacts(operation, { safe: latest(operation.facts.safe, { ...data, ...reportedBy(meta) }) }),
  OperationEvidenceAttested: (operation, { data }, meta) =>
    withFacts(operation, { evidence: { ...data, ...reportedBy(meta) } }),
};
