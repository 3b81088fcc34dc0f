import type { Alarm } from "./alarms.ts";

/** What the map should do now. */
type ViewMove = "stay" | "alarms" | "home";

/**
 * The view moves only when the set of alarms that take the screen changes (WALL-2). A moving
 * officer, a new record or the passing of time never moves it: a room must find things where it
 * left them.
 */
export interface ViewLock {
  next(takers: readonly Pick<Alarm, "id">[]): ViewMove;
}

const alarmSet = (takers: readonly Pick<Alarm, "id">[]): string =>
  takers
    .map(({ id }) => id)
    .sort()
    .join(" ");

export function createViewLock(): ViewLock {
  let held: string | undefined;
  return {
    next(takers) {
      const set = alarmSet(takers);
      if (set === held) return "stay";
      held = set;
      return set === "" ? "home" : "alarms";
    },
  };
}
