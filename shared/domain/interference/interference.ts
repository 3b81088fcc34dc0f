import { type AudienceEntry, standingOf } from "../authority/audience.ts";
import { tierPathOf } from "../authority/relation.ts";
import { belongsTo } from "../court/belongs.ts";
import { type CommandSpecs, command, type DecideInput } from "../kernel/command.ts";
import type { DomainEvent, EventMeta } from "../kernel/event.ts";
import type { EntityModule } from "../kernel/module.ts";
import { type Belongs, newRecord } from "../kernel/new-record.ts";
import { accept, type Decision, refuse } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import { shortNameOf } from "../officer/short-name.ts";
import type { InterferenceRecord } from "./state.ts";

type Approach = Pick<
  InterferenceRecord,
  "caseNo" | "approacher" | "who" | "approachedBy" | "approachedAt" | "asked" | "answered"
>;

type InterferenceRecorded = DomainEvent<
  "InterferenceRecorded",
  Approach & { readonly belongs: Belongs }
>;

/** It happened, so nothing about the case or the moment stops it; the record is the officer's court's. */
function record({
  id,
  payload,
  actor,
  state,
}: DecideInput<InterferenceRecord, Approach>): Decision<DomainEvent> {
  if (actor.kind !== "person") return refuse("NOT_FOR_SYSTEM");
  return accept({
    type: "InterferenceRecorded",
    ref: { type: "interference", id },
    data: { ...payload, belongs: belongsTo(state, actor.courtId) },
  } satisfies InterferenceRecorded);
}

/** One command and no other: nobody changes, closes or withdraws a record. */
const INTERFERENCE_COMMANDS: CommandSpecs<InterferenceRecord> = {
  "interference.record": command<InterferenceRecord, Approach>({
    nature: "FACT",
    target: "NEW",
    decide: record,
  }),
};

function evolve(
  before: InterferenceRecord | undefined,
  raw: DomainEvent,
  meta: EventMeta,
): InterferenceRecord {
  if (before) throw new Error("an interference record is never changed");
  const { ref, data } = raw as InterferenceRecorded;
  const { belongs, ...approach } = data;
  return {
    ...newRecord("interference", ref.id, belongs, meta),
    ...approach,
    recordedBy: meta.by,
    recordedAt: meta.at,
  };
}

/**
 * President and inspector of the own court, the inspectors of those above, and nobody else: neither
 * the desk beside them nor the officer who wrote it (authority.md 5.2).
 */
function audiences({ courtId }: InterferenceRecord, state: StateReader): readonly AudienceEntry[] {
  const path = tierPathOf(state, courtId);
  const parent = path.at(-2);
  const high = path.at(-3);
  return [
    { view: `president:${courtId}`, audience: "own.president" },
    { view: `inspector:${courtId}`, audience: "own.inspector" },
    ...(parent ? [{ view: `inspector:${parent}`, audience: "parent.inspector" } as const] : []),
    ...(high ? [{ view: `inspector:${high}`, audience: "high.inspector" } as const] : []),
  ];
}

export const interferenceModule: EntityModule<"interference"> = {
  type: "interference",
  eventTypes: ["InterferenceRecorded"],
  commands: INTERFERENCE_COMMANDS,
  refusals: {},
  evolve,
  standing: () => "RECORDED",
  parts: (entity) => ({ reporter: [entity.recordedBy] }),
  links: () => [],
  live: () => true,
  dependents: () => [],
  deadlines: () => [],
  audiences,
  project: (entity, state, audience) => {
    // Those seats hold no registry: the names that they need come along.
    const courtName = state.get("court", entity.courtId)?.name;
    const recorder = shortNameOf(state, entity.recordedBy);
    return {
      courtId: entity.courtId,
      ...(courtName ? { courtName } : {}),
      caseNo: entity.caseNo,
      // The High Court sees of an officer surname and title.
      ...(standingOf(audience) === "high" ? {} : { recordedBy: entity.recordedBy }),
      ...(recorder ? { recorder } : {}),
      recordedAt: entity.recordedAt,
      approacher: entity.approacher,
      who: entity.who,
      approachedBy: entity.approachedBy,
      approachedAt: entity.approachedAt,
      asked: entity.asked,
      ...(entity.answered ? { answered: entity.answered } : {}),
    };
  },
  line: () => ({ zh: "过问记录", en: "Interference recorded" }),
};
