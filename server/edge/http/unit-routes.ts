import { z } from "zod";
import type { StateReader } from "../../../shared/domain/kernel/state.ts";
import type { LiaisonRequest } from "../../../shared/domain/liaison/state.ts";
import type { PoliceRequest } from "../../../shared/domain/police/state.ts";
import { shanghaiMonth, unitSummary } from "../../../shared/domain/unit/monthly.ts";
import type { LinkedUnit } from "../../../shared/domain/unit/state.ts";
import type { SignedIn } from "../sessions.ts";
import { ok, problem } from "./answer.ts";
import type { HttpDeps } from "./http-deps.ts";
import { type Route, readAddress } from "./route.ts";
import { viewOf } from "./view-of.ts";

/** Whose numbers: the unit's own at its desk, those of the units below at a console. */
const address = z.strictObject({
  seat: z.enum(["console", "partner"]),
  month: z
    .string()
    .regex(/^20\d{2}-(0[1-9]|1[0-2])$/)
    .transform((text) => ({ year: Number(text.slice(0, 4)), month: Number(text.slice(5)) })),
});

type Asked = PoliceRequest | LiaisonRequest;

/** Requests of a month per unit (requirements rows 59, 65): counts alone, no case and no person. */
export const unitRoutes = ({ app, now }: HttpDeps): Route[] => [
  {
    method: "get",
    path: "/api/units/summary",
    access: "SIGNED_IN",
    handle: async (call, who) => {
      const at = readAddress(address, call);
      if (!at.ok) return at.answer;
      const { seat, month } = at.value;
      if (viewOf(who, seat) === undefined) return problem("ROLE_REFUSED");
      const { world } = app;
      const asked = byUnit(world, who);
      const time = now();
      const units = unitsFor(world, who).map((unit) => ({
        unitId: unit.id,
        name: unit.name,
        kind: unit.kind,
        courtName: world.get("court", unit.courtId)?.name ?? unit.courtId,
        ...unitSummary(
          unit.id,
          shanghaiMonth(month.year, month.month),
          asked.get(unit.id) ?? [],
          time,
        ),
      }));
      return ok({ at: time, units });
    },
  },
];

/** authority.md 5.2: a unit its own timeliness, a court that of its own units and those below it. */
function unitsFor(world: StateReader, { officer, courtId }: SignedIn): LinkedUnit[] {
  const isTheirs = (unit: LinkedUnit) =>
    officer?.unitId === undefined ? unit.tierPath.includes(courtId) : unit.id === officer.unitId;
  return [...world.all("unit")].filter(isTheirs);
}

/** Of other courts' requests a console counts none. */
function byUnit(world: StateReader, { officer, courtId }: SignedIn): Map<string, Asked[]> {
  const found = new Map<string, Asked[]>();
  const isCounted = (record: Asked) =>
    officer?.unitId !== undefined || record.tierPath.includes(courtId);
  for (const record of [...world.all("police"), ...world.all("liaison")]) {
    if (!isCounted(record)) continue;
    for (const unitId of unitsOf(record)) {
      const list = found.get(unitId);
      if (list) list.push(record);
      else found.set(unitId, [record]);
    }
  }
  return found;
}

function unitsOf(record: Asked): ReadonlySet<string> {
  const former = record.type === "police" ? record.formerUnits.map(({ unitId }) => unitId) : [];
  return new Set([...(record.unitId === undefined ? [] : [record.unitId]), ...former]);
}
