import { z } from "zod";
import { tierPathOf } from "../../../shared/domain/authority/relation.ts";
import { CENTER_ROLES } from "../../../shared/domain/authority/roles.ts";
import { nearestReady, type ReadyCourt } from "../../../shared/domain/incident/nearest-ready.ts";
import type { Incident } from "../../../shared/domain/incident/state.ts";
import type { LatLng } from "../../../shared/domain/kernel/record.ts";
import { distanceM } from "../../../shared/geo/distance.ts";
import { recordId } from "../../../shared/wire/common.ts";
import { ok, problem } from "./answer.ts";
import type { HttpDeps } from "./http-deps.ts";
import { type Route, readAddress } from "./route.ts";
import { viewOf } from "./view-of.ts";

const address = z.strictObject({ id: recordId });
const MOST = 12;
/** A sibling's people are no dots on this screen: how far they are is told to this many metres. */
const COARSE_M = 500;

/** Which court could move first to an incident, for the desks that see it (HOLD-16, HOLD-19). */
export const assistRoutes = (deps: HttpDeps): Route[] => [
  {
    method: "get",
    path: "/api/assist/:id",
    access: "SIGNED_IN",
    handle: async (call, who) => {
      const at = readAddress(address, call);
      if (!at.ok) return at.answer;
      const view = viewOf(who, "console");
      const isDesk = who.roles.some((role) => CENTER_ROLES.includes(role));
      if (view === undefined || !isDesk) return problem("ROLE_REFUSED");
      const { app } = deps;
      const seen = await app.record(view, { type: "incident", id: at.value.id });
      const incident = app.world.get("incident", at.value.id);
      if (!seen || !incident) return problem("NOT_FOUND");
      return ok(candidates(deps, incident, who.courtId));
    },
  },
];

function candidates(deps: HttpDeps, incident: Incident, courtId: string) {
  const { world } = deps.app;
  const positions = lastPositions(deps);
  const place = incident.place ?? positions.get(incident.reporterId) ?? seatOf(deps, incident);
  if (!place) return { courts: [] };
  // Nobody commands upward, and who declined is not asked again.
  const except = [
    ...tierPathOf(world, courtId).slice(0, -1),
    ...(incident.assist?.state === "DECLINED" ? [incident.assist.courtId] : []),
  ];
  const ready = nearestReady(withoutCaller(deps, incident), place, {
    distanceM,
    positions,
    except,
  });
  return {
    courts: ready
      .filter((each) => each.courtId !== incident.courtId || incident.courtId === courtId)
      .slice(0, MOST)
      .map((each) => shown(deps, each, courtId)),
  };
}

/** Whoever calls for help does not come to his own rescue. */
const withoutCaller = ({ app: { world } }: HttpDeps, { reporterId }: Incident): typeof world => ({
  get: (type, id) => world.get(type, id),
  count: (type) => world.count(type),
  linked: (type, link) => world.linked(type, link),
  all: (type) =>
    type === "officer"
      ? [...world.all(type)].filter((officer) => officer.id !== reporterId)
      : world.all(type),
});

function lastPositions({ app, lastPosition }: HttpDeps): ReadonlyMap<string, LatLng> {
  return new Map(
    [...app.world.all("officer")].flatMap(({ id, trackIndex }) => {
      const fix = lastPosition?.(trackIndex);
      return fix ? [[id, fix] as const] : [];
    }),
  );
}

const seatOf = ({ app }: HttpDeps, { operationId, courtId }: Incident): LatLng | undefined =>
  app.world.get("operation", operationId ?? "")?.place ?? app.world.get("court", courtId)?.seat;

/** Names of people only to the courts that they are of or stand under. */
function shown({ app }: HttpDeps, ready: ReadyCourt, courtId: string) {
  const within = tierPathOf(app.world, ready.courtId).includes(courtId);
  const metres = within ? ready.distanceM : Math.round(ready.distanceM / COARSE_M) * COARSE_M;
  return {
    courtId: ready.courtId,
    distanceM: Math.round(metres),
    from: ready.from,
    ready: ready.officerIds.length,
    enough: ready.enough,
    asked: within ? ("ORDERED" as const) : ("REQUESTED" as const),
    ...(within ? { officerIds: ready.officerIds.slice(0, MOST) } : {}),
  };
}
