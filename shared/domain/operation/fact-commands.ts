import {
  type CommandSpec,
  type CommandSpecs,
  command,
  type DecideInput,
} from "../kernel/command.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { SubjectRef, TextRef } from "../kernel/record.ts";
import { accept, type Decision, type Refusal, refusal, refuse } from "../kernel/refusal.ts";
import { operationEvent } from "./events.ts";
import { type AttendeeRole, type SceneFactKind, teamOf } from "./facts.ts";
import type { Operation } from "./state.ts";

type Input<P> = DecideInput<Operation, P>;

const fact = <P>(
  decide: (input: Input<P>) => Decision<DomainEvent>,
): CommandSpec<Operation, never> =>
  command<Operation, P>({ nature: "FACT", target: "EXISTING", decide });

interface OfOfficer {
  readonly officerId: string;
}

/** A member answers for himself, the scene commander for everybody who goes out. */
function personRefusal({ entity, actor, payload }: Input<OfOfficer>): Refusal | undefined {
  if (!entity || actor.kind !== "person") return refusal("NOT_FOR_SYSTEM");
  if (!teamOf(entity).includes(payload.officerId)) {
    return refusal("NOT_OF_THE_TEAM", { ruleId: "OPS-27" });
  }
  const answers =
    actor.officerId === payload.officerId || actor.officerId === entity.sceneCommanderId;
  return answers ? undefined : refusal("NOT_YOUR_OWN_CHECK", { ruleId: "OPS-27" });
}

const aboutOfficer =
  <P extends OfOfficer>(event: (id: string, payload: P) => DomainEvent) =>
  (input: Input<P>): Decision<DomainEvent> => {
    const wrong = personRefusal(input);
    return wrong ? { ok: false, refusal: wrong } : accept(event(input.id, input.payload));
  };

interface CheckMember extends OfOfficer {
  readonly presence: "PRESENT" | "EXCUSED";
  readonly reason?: TextRef;
  readonly certificate: boolean;
  readonly uniform: boolean;
  readonly bodyCam: boolean;
  readonly deviceTest: boolean;
}

const checked = aboutOfficer<CheckMember>((id, payload) =>
  operationEvent(id, "OperationMemberChecked", payload),
);

/** Nobody excuses himself, and an absence has its reason. */
function checkMember(input: Input<CheckMember>): Decision<DomainEvent> {
  const { entity, actor, payload } = input;
  if (payload.presence === "EXCUSED") {
    if (!payload.reason) return refuse("EXCUSE_NEEDS_REASON", { ruleId: "OPS-27" });
    if (actor.kind === "person" && actor.officerId !== entity?.sceneCommanderId) {
      return refuse("COMMANDER_EXCUSES", { ruleId: "OPS-27" });
    }
  }
  return checked(input);
}

interface Credentials extends OfOfficer {
  readonly certificate: boolean;
  readonly uniform: boolean;
  readonly orderShown?: boolean;
}

interface RecordAttendee {
  readonly attendeeId: string;
  readonly role: AttendeeRole;
  readonly subject?: SubjectRef;
  readonly office?: string;
  readonly refused?: boolean;
  readonly reason?: TextRef;
}

/** Private persons only by reference; whoever holds an office by the office. */
const PRIVATE: ReadonlySet<AttendeeRole> = new Set(["WITNESS", "FAMILY"]);

function recordAttendee({ id, payload }: Input<RecordAttendee>): Decision<DomainEvent> {
  const { attendeeId, role, subject, office, refused = false, reason } = payload;
  const known = PRIVATE.has(role) ? subject !== undefined && !office : office !== undefined;
  if (!known) return refuse("ATTENDEE_INCOMPLETE", { ruleId: "OPS-31" });
  return accept(
    operationEvent(id, "OperationAttendeeRecorded", {
      id: attendeeId,
      role,
      ...(subject ? { subject } : {}),
      ...(office ? { office } : {}),
      refused,
      ...(reason ? { reason } : {}),
    }),
  );
}

interface Evidence {
  readonly complete: boolean;
  readonly reason?: TextRef;
}

/** Who attests it signs it with his name; a gap has a reason. */
function attestEvidence({ id, payload }: Input<Evidence>): Decision<DomainEvent> {
  if (!payload.complete && !payload.reason) {
    return refuse("GAP_NEEDS_REASON", { ruleId: "OPS-35" });
  }
  return accept(operationEvent(id, "OperationEvidenceAttested", payload));
}

/** Reports from muster, scene and way home: never refused for the state they meet. */
export const FACT_COMMANDS: CommandSpecs<Operation> = {
  "operation.checkMember": fact<CheckMember>(checkMember),
  "operation.showCredentials": fact<Credentials>(
    aboutOfficer((id, { officerId, certificate, uniform, orderShown = false }) =>
      operationEvent(id, "OperationCredentialsShown", {
        officerId,
        certificate,
        uniform,
        orderShown,
      }),
    ),
  ),
  "operation.recordAttendee": fact<RecordAttendee>(recordAttendee),
  "operation.attendeeLeft": fact<{ readonly attendeeId: string }>(({ id, entity, payload }) =>
    entity?.facts.attendees.some((attendee) => attendee.id === payload.attendeeId)
      ? accept(operationEvent(id, "OperationAttendeeLeft", { attendeeId: payload.attendeeId }))
      : refuse("NO_SUCH_ATTENDEE", { ruleId: "OPS-31" }),
  ),
  "operation.recordScene": fact<{ readonly fact: SceneFactKind; readonly text?: TextRef }>(
    ({ id, payload }) =>
      accept(
        operationEvent(id, "OperationSceneFactRecorded", {
          kind: payload.fact,
          ...(payload.text ? { text: payload.text } : {}),
        }),
      ),
  ),
  "operation.reportSafe": fact<OfOfficer>(
    aboutOfficer((id, { officerId }) => operationEvent(id, "OperationMemberSafe", { officerId })),
  ),
  "operation.attestEvidence": fact<Evidence>(attestEvidence),
};
