import { type Scenario, seatsNamed } from "../../../shared/exercise/scenario.ts";
import type { ExerciseStatus } from "../../../shared/wire/exercise.ts";
import { along, beside, type Whereabouts } from "./phone.ts";

const S_MS = 1_000;

/** Where the people of the ways are at `now` (server ms); whoever has no way is nowhere. */
export function whereabouts(
  scenario: Scenario,
  status: ExerciseStatus,
  now: number,
): ReadonlyMap<string, Whereabouts> {
  const atOf = new Map(
    status.steps.flatMap(({ id, state, at }) =>
      state === "DONE" && at ? [[id, at] as const] : [],
    ),
  );
  const found = new Map<string, Whereabouts>();
  for (const route of scenario.routes) {
    const since = atOf.get(route.after);
    const passedS = since === undefined ? 0 : ((now - since) / S_MS) * status.speed;
    for (const seat of route.seats.flatMap((name) => seatsNamed(scenario, name))) {
      // Before the first way one stands where it begins; a later one counts once it has begun.
      if (since === undefined && found.has(seat)) continue;
      const part = passedS / route.takesS;
      found.set(seat, along(route.points, part, route.takesS / status.speed));
    }
  }
  return new Map([...found].map(([seat, here], n) => [seat, beside(here, n)]));
}
