import type { AudienceEntry } from "../../../shared/domain/authority/audience.ts";
import type { EntityMap } from "../../../shared/domain/entities.ts";
import { holderOf } from "../../../shared/domain/hold/holder.ts";
import { isOpen } from "../../../shared/domain/incident/level.ts";
import type { RunningClock } from "../../../shared/domain/kernel/clock.ts";
import { type Ref, refKey } from "../../../shared/domain/kernel/ref.ts";
import { type AnyRecord, getRef, type StateReader } from "../../../shared/domain/kernel/state.ts";
import { moduleOf } from "../../../shared/domain/modules.ts";
import { isEnded as isPoliceEnded } from "../../../shared/domain/police/lifecycle.ts";
import { projectDto } from "../../../shared/domain/project.ts";
import { deepScan } from "../domain/deep-scan.ts";
import type { Change, Outcome, PlayStory } from "./play-story.ts";
import type { Person } from "./wish.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** What is wrong after a command, in words; nothing when all is as it must be. */
export function wrongAfter(outcome: Outcome, story: PlayStory): string[] {
  const { state } = story;
  const records = outcome.touched.flatMap((ref) => getRef(state, ref) ?? []);
  return [
    ...outcome.changes.flatMap((change) => wrongHand(outcome, change, state)),
    ...outcome.changes.flatMap(({ after }) => wrongHolder(after, state)),
    ...records.flatMap((record) => wrongViews(record, state)),
    ...deskWithTwo(outcome, state),
  ].map((what) => `${outcome.given.kind}: ${what}`);
}

// --- whose hand -------------------------------------------------------------------------------

/** Courts that a record names as taking part, besides the line of its own court. */
function named(record: AnyRecord | undefined): string[] {
  if (!record) return [];
  const { hostCourtId, held, assist, toCourtId, targetCourtId, toCourtIds, receipts, hops } =
    record as Readonly<Record<string, unknown>> & AnyRecord as {
      readonly hostCourtId?: string;
      readonly held?: { readonly courtId: string };
      readonly assist?: { readonly courtId: string };
      readonly toCourtId?: string;
      readonly targetCourtId?: string;
      readonly toCourtIds?: readonly string[];
      readonly receipts?: readonly {
        readonly courtId: string;
        readonly copiedCourtIds: readonly string[];
      }[];
      readonly hops?: readonly { readonly courtId: string }[];
    };
  return [
    ...(toCourtIds ?? []),
    ...(receipts ?? []).flatMap((each) => [each.courtId, ...each.copiedCourtIds]),
    ...(hops ?? []).map(({ courtId }) => courtId),
    ...[hostCourtId, held?.courtId, assist?.courtId, toCourtId, targetCourtId].filter(
      (each) => each !== undefined,
    ),
  ];
}

/** Where the operation of a check-in is another court's, that court waits for its signs of life. */
const lenderOf = (record: AnyRecord, state: StateReader): string[] =>
  record.type === "checkin" ? [state.get("operation", record.operationId)?.courtId ?? ""] : [];

/** What a court above may do to a record of a court below, as authority.md 5.1 has it. */
const FROM_ABOVE =
  /^(order|supervision|notice|rollcall|message|court|team|officer|device|asset|unit)\.|^operation\.(acknowledgeFiling|takeCommand)$|^notification\.retry$|^detention\.revoke$|^(police|incident)\.(seen|acknowledge|ackOnBehalf|reroute|take|designate|handBack|sign|setDeadline|assist|declineAssist|handOver|control|respond)$|^delegation\.direct$|^report\.(read|handle)$|^checkin\.(vouch|stop|begin)$/;
/** What is done to a record of the own court and to nobody else's. */
const OWN_BOX = /^(operation|detention)\./;

/** No command goes sideways, none that ticks a lower court's box comes from above. */
function wrongHand({ given }: Outcome, { before, after }: Change, state: StateReader): string[] {
  const { actor, kind } = given;
  if (actor.kind !== "person") return [];
  if (actor.unitId !== undefined) return wrongUnit(actor.unitId, kind, before);
  const { courtId, tierPath } = after;
  const line = [...tierPath, ...named(before), ...named(after), ...lenderOf(after, state)];
  const wrong: string[] = [];
  if (!line.includes(actor.courtId))
    wrong.push(`${actor.courtId} acted sideways on ${refKey(after)} of ${courtId}`);
  if (actor.courtId === courtId || commandsFromAbove(kind, actor, before)) return wrong;
  if (tierPath.includes(actor.courtId) && !FROM_ABOVE.test(kind))
    wrong.push(`${actor.courtId} did it for ${courtId}`);
  const host = kind === "operation.hostAcknowledge" && before && "hostCourtId" in before;
  const allowed = FROM_ABOVE.test(kind) || (host && before.hostCourtId === actor.courtId);
  if (OWN_BOX.test(kind) && !allowed) wrong.push(`${actor.courtId} ticked a box of ${courtId}`);
  return wrong;
}

/** Who took the chief command gives the two orders of a chief commander; his court hands it back. */
function commandsFromAbove(kind: string, actor: Person, before: AnyRecord | undefined): boolean {
  if (before?.type !== "operation") return false;
  const { commandFromAbove, chiefCommanderId } = before;
  if (kind === "operation.handBackCommand") return commandFromAbove?.courtId === actor.courtId;
  const ordered = kind === "operation.orderDeparture" || kind === "operation.start";
  return ordered && commandFromAbove !== undefined && chiefCommanderId === actor.officerId;
}

function wrongUnit(unitId: string, kind: string, before: AnyRecord | undefined): string[] {
  // 收押: the house that was asked confirms it on the court's record too (model 4.4).
  if (kind === "police.takeIn" && before?.type === "detention") return [];
  const { unitId: asked, formerUnits = [] } = (before ?? {}) as Partial<EntityMap["police"]>;
  const mine = asked === unitId || formerUnits.some((former) => former.unitId === unitId);
  return mine ? [] : [`unit ${unitId} acted on what was not addressed to it (${kind})`];
}

// --- who holds it -----------------------------------------------------------------------------

function holders(record: AnyRecord, state: StateReader): readonly string[] | undefined {
  if (record.type === "incident" && isOpen(record)) return [holderOf(record, state).courtId];
  if (record.type === "police" && !isPoliceEnded(record)) return [holderOf(record, state).courtId];
  if (record.type === "report") {
    return record.hops
      .filter((hop) => hop.courtId === record.holderCourtId)
      .map((hop) => hop.courtId);
  }
  return undefined;
}

function wrongHolder(record: AnyRecord, state: StateReader): string[] {
  const held = holders(record, state);
  if (!held) return [];
  const [holder, ...more] = held;
  if (holder === undefined || more.length > 0)
    return [`${refKey(record)} has ${held.length} holders`];
  const { deadline } = record as Partial<EntityMap["incident"]>;
  const able = [...record.tierPath, ...named(record), deadline?.byCourtId];
  const given = (record as Partial<EntityMap["incident"]>).held;
  return state.get("court", holder) && (able.includes(holder) || given?.backToCourtId === holder)
    ? []
    : [`${refKey(record)} is held by ${holder}`];
}

/** One shift on at a desk. */
function deskWithTwo({ changes }: Outcome, state: StateReader): string[] {
  const courts = new Set(
    changes.filter(({ ref }) => ref.type === "shift").map(({ after }) => after.courtId),
  );
  return [...courts].filter((courtId) => {
    const on = [...state.all("shift")].filter(
      (each) => each.courtId === courtId && each.state === "ON",
    );
    return on.length > 1;
  });
}

// --- liberty ----------------------------------------------------------------------------------

const runsOver = (clock: RunningClock | undefined, limitMs: number): boolean =>
  clock !== undefined && clock.dueAt - clock.startAt > limitMs;
const isOverrun = (clock: RunningClock | undefined, now: number): boolean =>
  clock !== undefined && clock.endedAt === undefined && clock.dueAt < now;

/** Days, hours and terms as the law has them, whatever was typed. */
function wrongLiberty(record: EntityMap["detention"], now: number, state: StateReader): string[] {
  const { clocks, days = 1, extended24h, overtime, times, convertedFrom = "" } = record;
  const { inquiry, term } = clocks;
  // What was extended stays extended when the inquiry becomes a detention.
  const extended = extended24h || state.get("detention", convertedFrom)?.extended24h;
  const checks: readonly (readonly [boolean, string])[] = [
    [days < 1 || days > 15, `${days} days`],
    [runsOver(inquiry, (extended ? 24 : 8) * HOUR), "an inquiry beyond its maximum"],
    [runsOver(term, 15 * DAY), "a term of more than 15 days"],
    [term !== undefined && times.expectedReleaseAt !== term.dueAt, "release at another time"],
    [!overtime && (isOverrun(inquiry, now) || isOverrun(term, now)), "overrun without a word"],
  ];
  return checks.filter(([wrong]) => wrong).map(([, what]) => `${refKey(record)}: ${what}`);
}

/** Of every detention at any time: nobody is held beyond a maximum without the record saying so. */
export const overrunUnsaid = (story: PlayStory): string[] =>
  [...story.state.all("detention")].flatMap((each) => wrongLiberty(each, story.now, story.state));

// --- who sees ---------------------------------------------------------------------------------

/** Courts where an officer works now, besides his own. */
function placesOf(officerId: string, state: StateReader): string[] {
  const link = `officer:${officerId}`;
  const near = [
    ...state.linked("operation", link),
    ...state.linked("detention", link),
    ...state.linked("incident", link),
  ];
  return near.flatMap((each) => [
    ...each.tierPath,
    ...named(each),
    // Of a person who is held in an operation, the court of its place.
    ...placeOf(each, state),
  ]);
}

/** The court of the place of what a record is about. */
function placeOf(record: AnyRecord, state: StateReader): string[] {
  const {
    operationId = "",
    incidentId = "",
    detentionId = "",
  } = record as Partial<EntityMap["police"]>;
  return [
    ...named(state.get("operation", operationId)),
    ...named(state.get("incident", incidentId)),
    ...named(state.get("detention", detentionId)),
  ];
}

function mayLook(record: AnyRecord, state: StateReader): ReadonlySet<string | undefined> {
  const between =
    record.type === "delegation" ? (state.get("court", record.toCourtId)?.tierPath ?? []) : [];
  const copied = record.type === "supervision" ? record.copiedCourtIds : [];
  const places = record.type === "officer" ? placesOf(record.id, state) : [];
  return new Set([
    ...record.tierPath,
    ...named(record),
    ...between,
    ...copied,
    ...places,
    ...desksAbove(record, state),
    // Whose forces he counts among.
    ...(record.type === "officer" ? [record.lent?.courtId ?? ""] : []),
    ...placeOf(record, state),
    ...lenderOf(record, state),
  ]);
}

/** An alert climbs to the desk above each court that was addressed (NTC-10). */
const desksAbove = (record: AnyRecord, state: StateReader): (string | undefined)[] =>
  record.type === "notice" && record.kind === "ALERT"
    ? record.toCourtIds.map((courtId) => state.get("court", courtId)?.tierPath.at(-2))
    : [];

const isTextRef = (value: unknown): boolean =>
  typeof value === "object" && value !== null && "hash" in value && "id" in value;

/** Neither a sibling nor a wall nor a phone is shown what it may not see. */
function wrongViews(record: AnyRecord, state: StateReader): string[] {
  const entries = moduleOf(record.type).audiences(record as never, state);
  const may = mayLook(record, state);
  const strange = entries.filter(({ view }) => !isOwnView(view, record, may, state));
  return [
    ...strange.map(
      ({ view, audience }) => `${view} sees ${refKey(record)} of ${record.courtId} as ${audience}`,
    ),
    ...readsTooMuch(record, entries, state),
  ];
}

function isOwnView(
  view: string,
  record: AnyRecord,
  may: ReadonlySet<string | undefined>,
  state: StateReader,
): boolean {
  const [seat, who = ""] = view.split(":");
  if (who === "*") return record.type === "court" || record.type === "timebase";
  if (seat === "partner") return (record as { readonly unitId?: string }).unitId === who;
  if (seat !== "field") return may.has(who);
  const courtId = state.get("officer", who)?.courtId ?? "";
  return may.has(courtId) || record.type === "officer";
}

/** No wall, and no court of the place, gets words or the person of a record. */
function readsTooMuch(
  record: AnyRecord,
  entries: readonly AudienceEntry[],
  state: StateReader,
): string[] {
  const narrow = new Set(
    entries.map(({ audience }) => audience).filter((each) => /\.wall|^host\./.test(each)),
  );
  return [...narrow].flatMap((audience) => {
    const dto = projectDto(record, state, audience);
    const found = deepScan(
      dto,
      (key, value) => key === "caseNo" || key === "subject" || isTextRef(value),
    );
    return found.map((path) => `${audience} reads ${path} of ${refKey(record)}`);
  });
}

/** The state that was folded as it went, and the same events folded once more. */
export function differsFromReplay(story: PlayStory): string[] {
  const again = story.replayed();
  const differing = [...story.everything()].filter(
    (record) => JSON.stringify(getRef(again, record as Ref)) !== JSON.stringify(record),
  );
  return differing.map((record) => `${refKey(record)} is another one after a replay`);
}
