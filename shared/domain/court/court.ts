import { type AudienceEntry, courtViews } from "../authority/audience.ts";
import type { DomainEvent, EventMeta } from "../kernel/event.ts";
import type { EntityModule } from "../kernel/module.ts";
import { newRecord } from "../kernel/new-record.ts";
import { COURT_COMMANDS, COURT_REFUSALS, type CourtRegistered } from "./commands.ts";
import type { Court } from "./state.ts";

function evolve(_court: Court | undefined, raw: DomainEvent, meta: EventMeta): Court {
  const { ref, data } = raw as CourtRegistered;
  const { tierPath, ...content } = data;
  return { ...newRecord("court", ref.id, { courtId: ref.id, tierPath }, meta), ...content };
}

/** The court tree is public among the courts: every console and wall draws it. */
function audiences(court: Court): readonly AudienceEntry[] {
  return [
    ...courtViews(court.id, "own"),
    { view: "console:*", audience: "public.console" },
    { view: "wall:*", audience: "public.wall" },
  ];
}

export const courtModule: EntityModule<"court"> = {
  type: "court",
  eventTypes: ["CourtRegistered"],
  commands: COURT_COMMANDS,
  refusals: COURT_REFUSALS,
  evolve,
  standing: () => "REGISTERED",
  parts: () => ({}),
  links: (court) => [`court:${court.id}`, ...(court.parentId ? [`parent:${court.parentId}`] : [])],
  live: () => true,
  dependents: () => [],
  deadlines: () => [],
  audiences,
  project: ({ courtId, name, tier, parentId, kind, seat, seatSource }) => ({
    courtId,
    name,
    tier,
    ...(parentId ? { parentId } : {}),
    kind,
    seat,
    seatSource,
  }),
  line: () => undefined,
};
