import { belongsTo } from "../court/belongs.ts";
import { holdCommands } from "../hold/commands.ts";
import {
  type CommandSpec,
  type CommandSpecs,
  command,
  type DecideInput,
} from "../kernel/command.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { TextRef } from "../kernel/record.ts";
import { accept, type Decision, refusal, refuse } from "../kernel/refusal.ts";
import { assistFree, mayDecline, mayHandOver, type NameAssist, nameAssist } from "./assist.ts";
import { type Named, reportContext } from "./context.ts";
import { type Casualties, type Hand, type IncidentPlace, incidentEvent } from "./events.ts";
import { isOpen, levelAtLeast, levelByCasualties } from "./level.ts";
import { type RaiseSos, raiseSos } from "./sos.ts";
import type { Incident, IncidentKind, IncidentLevel, IncidentState } from "./state.ts";

type Empty = Record<string, never>;
type Spec = CommandSpec<Incident, never>;
type Input<P> = DecideInput<Incident, P>;
interface Reasoned {
  readonly reason: TextRef;
}

interface ReportIncident extends Named {
  readonly kind: IncidentKind;
  readonly level: IncidentLevel;
  readonly casualties?: Casualties;
  readonly place?: IncidentPlace;
  readonly detail?: TextRef;
}

interface SetLevel {
  readonly level: IncidentLevel;
  readonly casualties?: Casualties;
  /** Needed to lower the level. */
  readonly reason?: TextRef;
}

function report({ id, payload, actor, state }: Input<ReportIncident>): Decision<DomainEvent> {
  if (actor.kind !== "person") return refuse("NOT_FOR_SYSTEM");
  const { kind, level, casualties = { dead: 0, injured: 0 }, place, detail } = payload;
  return accept(
    incidentEvent(id, "IncidentReported", {
      belongs: belongsTo(state, actor.courtId),
      reporterId: actor.officerId,
      kind,
      level: levelByCasualties(level, casualties),
      casualties,
      ...reportContext(payload, actor.officerId, state),
      ...(place ? { place } : {}),
      ...(detail ? { detail } : {}),
    }),
  );
}

function setLevel({ id, entity, payload }: Input<SetLevel>): Decision<DomainEvent> {
  if (!entity) return refuse("NO_SUCH_RECORD");
  const { level, reason, casualties = entity.casualties } = payload;
  if (levelByCasualties(level, casualties) !== level) {
    return refuse("LEVEL_BY_CASUALTIES", { ruleId: "INC-8" });
  }
  if (!levelAtLeast(level, entity.level) && !reason) {
    return refuse("DOWNGRADE_NEEDS_REASON", { ruleId: "INC-9" });
  }
  return accept(
    incidentEvent(id, "IncidentLevelSet", { level, casualties, ...(reason ? { reason } : {}) }),
  );
}

const open = (incident: Incident) =>
  isOpen(incident)
    ? undefined
    : refusal("INCIDENT_ENDED", { ruleId: "INC-11", params: { state: incident.state } });

const from =
  (...states: readonly IncidentState[]) =>
  (incident: Incident) =>
    open(incident) ??
    (states.includes(incident.state)
      ? undefined
      : refusal("INCIDENT_NOT_READY", {
          ruleId: "INC-10",
          params: { state: incident.state, needed: states.join(",") },
        }));

/** 复盘 looks back on what is over; a false alarm was nothing. */
const resolved = (incident: Incident) =>
  incident.state === "RESOLVED"
    ? undefined
    : refusal("INCIDENT_NOT_READY", {
        ruleId: "INC-17",
        params: { state: incident.state, needed: "RESOLVED" },
      });

/** Decides with the acting person and his court, which every step of an incident records. */
const byHand =
  <P>(events: (id: string, hand: Hand, payload: P) => DomainEvent) =>
  ({ id, actor, payload }: Input<P>): Decision<DomainEvent> =>
    actor.kind === "person"
      ? accept(events(id, { officerId: actor.officerId, courtId: actor.courtId }, payload))
      : refuse("NOT_FOR_SYSTEM");

const step = (
  type: "IncidentAcknowledged" | "IncidentConfirmed" | "IncidentResponding" | "IncidentControlled",
  guard: (incident: Incident) => ReturnType<typeof open>,
): Spec =>
  command<Incident, Empty>({
    nature: "REQUEST",
    target: "EXISTING",
    guard,
    decide: byHand((id, hand) => incidentEvent(id, type, hand)),
  });

const hold = holdCommands<Incident>(open);

const whileOpen =
  (guard: (incident: Incident) => ReturnType<typeof open>) => (incident: Incident) =>
    open(incident) ?? guard(incident);

const HOLD: CommandSpecs<Incident> = {
  "incident.take": hold.take,
  "incident.designate": hold.designate,
  "incident.handBack": hold.handBack,
  "incident.sign": hold.sign,
  "incident.setDeadline": hold.setDeadline,
  "incident.assist": command<Incident, NameAssist>({
    nature: "REQUEST",
    target: "EXISTING",
    guard: whileOpen(assistFree),
    decide: nameAssist,
  }),
  "incident.declineAssist": command<Incident, Reasoned>({
    nature: "REQUEST",
    target: "EXISTING",
    guard: whileOpen(mayDecline),
    decide: byHand((id, hand, { reason }) =>
      incidentEvent(id, "AssistDeclined", { ...hand, reason }),
    ),
  }),
  "incident.handOver": command<Incident, Empty>({
    nature: "REQUEST",
    target: "EXISTING",
    guard: whileOpen(mayHandOver),
    decide: byHand((id, hand) => incidentEvent(id, "AssistHandedOver", hand)),
  }),
  "incident.takeOver": command<Incident, Empty>({
    nature: "FACT",
    target: "EXISTING",
    decide: byHand((id, hand) => incidentEvent(id, "AssistTakenOver", hand)),
  }),
};

export const INCIDENT_COMMANDS: CommandSpecs<Incident> = {
  "incident.sos": command<Incident, RaiseSos>({
    nature: "FACT",
    target: "ANY",
    byAnybody: true,
    decide: raiseSos,
  }),
  "incident.report": command<Incident, ReportIncident>({
    nature: "FACT",
    target: "NEW",
    decide: report,
  }),
  "incident.seen": command<Incident, Empty>({
    nature: "FACT",
    target: "EXISTING",
    decide: byHand((id, hand) => incidentEvent(id, "IncidentSeen", hand)),
  }),
  "incident.acknowledge": step("IncidentAcknowledged", open),
  "incident.requestCancel": command<Incident, Reasoned>({
    nature: "FACT",
    target: "EXISTING",
    decide: ({ id, payload }) =>
      accept(incidentEvent(id, "IncidentCancelRequested", { reason: payload.reason })),
  }),
  "incident.setLevel": command<Incident, SetLevel>({
    nature: "REQUEST",
    target: "EXISTING",
    guard: open,
    decide: setLevel,
  }),
  "incident.confirm": step("IncidentConfirmed", from("REPORTED")),
  "incident.respond": step("IncidentResponding", from("REPORTED", "CONFIRMED")),
  "incident.control": step("IncidentControlled", from("RESPONDING")),
  "incident.resolve": command<Incident, { readonly reason?: TextRef }>({
    nature: "REQUEST",
    target: "EXISTING",
    guard: from("RESPONDING", "CONTROLLED"),
    decide: byHand((id, hand, { reason }) =>
      incidentEvent(id, "IncidentResolved", { ...hand, ...(reason ? { reason } : {}) }),
    ),
  }),
  "incident.falseAlarm": command<Incident, Reasoned>({
    nature: "REQUEST",
    target: "EXISTING",
    guard: from("REPORTED", "CONFIRMED", "RESPONDING"),
    decide: byHand((id, hand, { reason }) =>
      incidentEvent(id, "IncidentFalseAlarm", { ...hand, reason }),
    ),
  }),
  "incident.review": command<Incident, { readonly findings: TextRef }>({
    nature: "REQUEST",
    target: "EXISTING",
    guard: resolved,
    decide: byHand((id, hand, { findings }) =>
      incidentEvent(id, "IncidentReviewed", { ...hand, findings }),
    ),
  }),
  ...HOLD,
};
