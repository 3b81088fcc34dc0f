import type { Alarm } from "./alarms.ts";

/** What the map should do now. */
type ViewMove = "stay" | "alarms" | "home";

/**
 * The view moves only when the set of alarms that take the screen changes (WALL-2). A moving
 * officer, a new record or the passing of time never moves it: a room must find things where it
 * left them. A glass of another size (a window made full screen) is fitted anew.
 */
export interface ViewLock {
  /** `glass`: the size of the map, e.g. `1366x768`. */
  next(takers: readonly Pick<Alarm, "id">[], glass?: string): ViewMove;
}

const alarmSet = (takers: readonly Pick<Alarm, "id">[]): string =>
  takers
    .map(({ id }) => id)
    .sort()
    .join(" ");

export function createViewLock(): ViewLock {
  let held: string | undefined;
  return {
    next(takers, glass = "") {
      const set = alarmSet(takers);
      const now = `${glass}:${set}`;
      if (now === held) return "stay";
      held = now;
      return set === "" ? "home" : "alarms";
    },
  };
}
