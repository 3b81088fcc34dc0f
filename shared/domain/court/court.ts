import {
  type Audience,
  type AudienceEntry,
  courtViews,
  standingOf,
} from "../authority/audience.ts";
import type { DomainEvent, EventMeta } from "../kernel/event.ts";
import type { EntityModule } from "../kernel/module.ts";
import { newRecord } from "../kernel/new-record.ts";
import type { Ref } from "../kernel/ref.ts";
import type { StateReader } from "../kernel/state.ts";
import { maskPhone } from "../mask.ts";
import {
  COURT_COMMANDS,
  COURT_REFUSALS,
  type CourtRegistered,
  type DutyContactSet,
} from "./commands.ts";
import { consolesUpward } from "./consoles.ts";
import { dutyPhone } from "./duty-phone.ts";
import type { Court } from "./state.ts";

function evolve(court: Court | undefined, raw: DomainEvent, meta: EventMeta): Court {
  const event = raw as CourtRegistered | DutyContactSet;
  if (event.type === "CourtRegistered") return registered(event, meta);
  if (!court) throw new Error(`${event.type} before CourtRegistered`);
  const { contactId: id, roles, phone } = event.data;
  const others = (court.dutyContacts ?? []).filter((each) => each.id !== id);
  return {
    ...court,
    dutyContacts: phone === undefined ? others : [...others, { id, roles, phone }],
  };
}

function registered({ ref, data }: CourtRegistered, meta: EventMeta): Court {
  const { tierPath, ...content } = data;
  return { ...newRecord("court", ref.id, { courtId: ref.id, tierPath }, meta), ...content };
}

/** Telephones of the desk are for its own consoles and those above it; the tree is public among the courts. */
function audiences(court: Court, state: StateReader): readonly AudienceEntry[] {
  return [
    ...courtViews(court.id, "own"),
    ...consolesUpward(state, court.id).filter(({ audience }) => standingOf(audience) !== "own"),
    { view: "console:*", audience: "public.console" },
    { view: "wall:*", audience: "public.wall" },
  ];
}

/** Requests that show the desk's telephone to the unit that was asked. */
function phoneReaders(before: Court | undefined, after: Court, state: StateReader): readonly Ref[] {
  if (!before || dutyPhone(before) === dutyPhone(after)) return [];
  return (["police", "liaison"] as const).flatMap((type) =>
    [...state.all(type)]
      .filter(({ courtId, unitId }) => courtId === after.id && unitId !== undefined)
      .map(({ id }) => ({ type, id })),
  );
}

const READ_CONTACTS: ReadonlySet<Audience> = new Set([
  "own.console",
  "parent.console",
  "high.console",
]);

export const courtModule: EntityModule<"court"> = {
  type: "court",
  eventTypes: ["CourtRegistered", "DutyContactSet"],
  commands: COURT_COMMANDS,
  refusals: COURT_REFUSALS,
  evolve,
  standing: () => "REGISTERED",
  parts: () => ({}),
  links: (court) => [`court:${court.id}`, ...(court.parentId ? [`parent:${court.parentId}`] : [])],
  live: () => true,
  dependents: phoneReaders,
  deadlines: () => [],
  audiences,
  project: (
    { courtId, name, tier, parentId, kind, seat, seatSource, dutyContacts },
    _state,
    audience,
  ) => ({
    courtId,
    name,
    tier,
    ...(parentId ? { parentId } : {}),
    kind,
    seat,
    seatSource,
    ...(dutyContacts && READ_CONTACTS.has(audience)
      ? { dutyContacts: dutyContacts.map((each) => ({ ...each, phone: maskPhone(each.phone) })) }
      : {}),
  }),
  line: () => undefined,
};
