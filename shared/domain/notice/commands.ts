import { can } from "../authority/can.ts";
import { relationOf } from "../authority/relation.ts";
import { CENTER_ROLES, type Role } from "../authority/roles.ts";
import { belongsTo } from "../court/belongs.ts";
import type { CourtTier } from "../court/state.ts";
import { startClock } from "../kernel/clock.ts";
import { type CommandSpecs, command, type DecideInput } from "../kernel/command.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { TextRef } from "../kernel/record.ts";
import { accept, type Decision, type Refusal, refusal, refuse } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import { callOf, rollTotals } from "../rollcall/totals.ts";
import { clockRule } from "../rules/clock-rules.ts";
import type { NoticeEvent } from "./events.ts";
import { ALERT_CLOCK, EXPIRY_CLOCK } from "./evolve.ts";
import { isMeantFor, openCount, owesInPerson } from "./owed.ts";
import type { Notice, NoticeKind } from "./state.ts";

type Input<P> = DecideInput<Notice, P>;
type Person = Extract<DecideInput<Notice, never>["actor"], { kind: "person" }>;

interface PublishNotice {
  readonly kind: NoticeKind;
  readonly body: TextRef;
  /** Courts by name, and own or lower courts by tier; together the audience. */
  readonly courtIds?: readonly string[];
  readonly tiers?: readonly CourtTier[];
  /** Officers of the own court, each for himself. */
  readonly officerIds?: readonly string[];
  readonly roles?: readonly Role[];
  readonly needsAck: boolean;
  /** Server ms; the rule's term from now (CFG) unless given. */
  readonly expiresAt?: number;
  /** A bulletin made from this roll-call. */
  readonly callId?: string;
}

const event = (id: string, { type, data }: Omit<NoticeEvent, "ref">): DomainEvent => ({
  type,
  ref: { type: "notice", id },
  data,
});

function addressees(payload: PublishNotice, publisher: string, state: StateReader): string[] {
  const tiers = payload.tiers ?? [];
  const byTier = [...state.all("court")]
    .filter((court) => tiers.includes(court.tier) && court.tierPath.includes(publisher))
    .map((court) => court.id);
  return [...new Set([...(payload.courtIds ?? []), ...byTier])];
}

/** Own court and those below it, judged court by court by the table. */
function addressRefusal(courtIds: readonly string[], actor: Person, state: StateReader) {
  for (const courtId of courtIds) {
    if (!state.get("court", courtId)) return refusal("NO_SUCH_COURT");
    const no = can(actor, "notice.publish", relationOf(actor.courtId, { courtId }, state), {});
    if (no) return no;
  }
  return undefined;
}

/** Somebody must be addressed; officers only in the own court, whose people they are. */
function officerRefusal(
  { officerIds = [] }: PublishNotice,
  courtIds: readonly string[],
  actor: Person,
  state: StateReader,
) {
  if (courtIds.length + officerIds.length === 0) {
    return refusal("NO_AUDIENCE", { ruleId: "NTC-1" });
  }
  const foreign = officerIds.some((id) => {
    const officer = state.get("officer", id);
    return !officer || officer.disabled || officer.courtId !== actor.courtId;
  });
  return foreign ? refusal("NOT_OWN_OFFICER", { ruleId: "NTC-9" }) : undefined;
}

/** A bulletin reports an own roll-call that waits for nobody any more. */
function rollCallRefusal(payload: PublishNotice, courtId: string, state: StateReader) {
  if (payload.callId === undefined) return undefined;
  if (payload.kind !== "BULLETIN") return refusal("NOT_A_BULLETIN", { ruleId: "NTC-7" });
  const calls = callOf(state, payload.callId);
  if (calls.length === 0 || calls.some((each) => each.courtId !== courtId)) {
    return refusal("NO_SUCH_ROLL_CALL", { ruleId: "NTC-7" });
  }
  const { waiting } = rollTotals(calls.flatMap((each) => each.targets));
  return waiting > 0
    ? refusal("ROLL_CALL_RUNNING", { ruleId: "NTC-7", params: { count: waiting } })
    : undefined;
}

function rollCallOf(callId: string | undefined, state: StateReader): Pick<Notice, "rollCall"> {
  if (callId === undefined) return {};
  const targets = callOf(state, callId).flatMap((each) => each.targets);
  return { rollCall: { callId, totals: rollTotals(targets) } };
}

/** An alert that nobody need acknowledge has nobody who is silent. */
const climbs = ({ kind, needsAck }: PublishNotice): boolean => kind === "ALERT" && needsAck;

function publish({ id, actor, payload, state, now }: Input<PublishNotice>): Decision<DomainEvent> {
  if (actor.kind !== "person") return refuse("NOT_FOR_SYSTEM");
  const toCourtIds = addressees(payload, actor.courtId, state);
  const expiresAt = payload.expiresAt ?? now + clockRule("NTC-EXPIRY").limitMs;
  const wrong =
    officerRefusal(payload, toCourtIds, actor, state) ??
    addressRefusal(toCourtIds, actor, state) ??
    (expiresAt <= now ? refusal("EXPIRES_IN_THE_PAST", { ruleId: "NTC-6" }) : undefined) ??
    rollCallRefusal(payload, actor.courtId, state);
  if (wrong) return { ok: false, refusal: wrong };
  const published = {
    belongs: belongsTo(state, actor.courtId),
    kind: payload.kind,
    body: payload.body,
    publishedBy: actor.officerId,
    toCourtIds,
    ...(payload.officerIds ? { toOfficerIds: [...new Set(payload.officerIds)] } : {}),
    forRoles: payload.roles ?? [],
    needsAck: payload.needsAck,
    expiresAt,
    ...rollCallOf(payload.callId, state),
    clocks: [
      startClock(EXPIRY_CLOCK, "NTC-EXPIRY", now, expiresAt - now),
      ...(climbs(payload) ? [startClock(ALERT_CLOCK, "NTC-ALERT", now)] : []),
    ],
  };
  return accept(event(id, { type: "NoticePublished", data: published }));
}

function mayAcknowledge({ needsAck, state }: Notice): Refusal | undefined {
  if (!needsAck) return refusal("NO_ACK_NEEDED", { ruleId: "NTC-3" });
  return state === "EXPIRED" ? refusal("NOTICE_EXPIRED", { ruleId: "NTC-6" }) : undefined;
}

/** For himself where he was named, and for his court's desk where that was addressed and he is meant. */
function acknowledge({ id, actor, entity }: Input<Record<string, never>>): Decision<DomainEvent> {
  if (actor.kind !== "person" || !entity) return refuse("NO_SUCH_RECORD");
  const { courtId, officerId } = actor;
  const named = entity.toOfficerIds?.includes(officerId) ?? false;
  const addressed = entity.toCourtIds.includes(courtId) && isDesk(actor);
  const meant = addressed && isMeantFor(entity, actor.roles);
  if (!named && !meant) {
    const params = { roles: entity.forRoles.join(",") };
    return refuse("NOTICE_FOR_OTHERS", { ruleId: "NTC-5", params });
  }
  const acked = entity.acks.some((ack) => ack.courtId === courtId);
  return accept(
    ...(owesInPerson(entity, officerId)
      ? [event(id, { type: "NoticeAcknowledgedInPerson", data: { officerId } })]
      : []),
    ...(meant && !acked ? [event(id, { type: "NoticeAcknowledged", data: { courtId } })] : []),
  );
}

const isDesk = ({ roles }: Person): boolean => roles.some((role) => CENTER_ROLES.includes(role));

function mayRemind(notice: Notice): Refusal | undefined {
  if (notice.state === "EXPIRED") return refusal("NOTICE_EXPIRED", { ruleId: "NTC-6" });
  return openCount(notice) > 0 ? undefined : refusal("NOBODY_SILENT", { ruleId: "NTC-11" });
}

const remind = ({ id, entity }: Input<Record<string, never>>): Decision<DomainEvent> =>
  entity
    ? accept(event(id, { type: "NoticeReminded", data: { open: openCount(entity) } }))
    : refuse("NO_SUCH_RECORD");

export const NOTICE_COMMANDS: CommandSpecs<Notice> = {
  "notice.publish": command<Notice, PublishNotice>({
    nature: "REQUEST",
    target: "NEW",
    courtOf: ({ courtIds }) => courtIds?.[0],
    decide: publish,
  }),
  "notice.acknowledge": command<Notice, Record<string, never>>({
    nature: "REQUEST",
    target: "EXISTING",
    guard: mayAcknowledge,
    decide: acknowledge,
  }),
  "notice.remind": command<Notice, Record<string, never>>({
    nature: "REQUEST",
    target: "EXISTING",
    guard: mayRemind,
    decide: remind,
  }),
};
