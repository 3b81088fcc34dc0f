import type { Goal } from "../goals.ts";

/** Where the map is panned: figures are `SCENE_pan_median_ms`, `SCENE_pan_p95_ms`. */
export const SCENES = {
  desk: "1080p, console, the province",
  desk_close: "1080p, console, closer",
  glass: "4K, console, the province",
  glass_close: "4K, console, closer",
} as const;
export type Scene = keyof typeof SCENES;

const FRAME = { unit: "ms", better: "LOWER", judged: "FIGURE" } as const;

const median = (scene: Scene, blank: string, floor: number, aim: number): Goal => ({
  ...FRAME,
  id: "MAP",
  what: `panning, ${SCENES[scene]}: frame interval, median`,
  floor,
  aim,
  figure: `${scene}_pan_median_ms`,
  limit: `${blank}_pan_median_ms`,
});

/** Without the limit beside: the tail of a blank page is one frame or two by chance. */
const tail = (scene: Scene): Goal => ({
  ...FRAME,
  id: "MAP",
  what: `panning, ${SCENES[scene]}: frame interval, p95`,
  floor: 66,
  aim: 50,
  figure: `${scene}_pan_p95_ms`,
});

export const GOALS: readonly Goal[] = [
  median("desk", "desk_blank", 33, 17),
  tail("desk"),
  median("desk_close", "desk_blank", 33, 17),
  tail("desk_close"),
  median("glass", "glass_blank", 50, 33),
  median("glass_close", "glass_blank", 50, 33),
  {
    ...FRAME,
    id: "MAP",
    what: "4K, wall, flights to an alarm and back: frame interval, median",
    floor: 50,
    aim: 33,
    figure: "wall_flight_median_ms",
  },
  {
    ...FRAME,
    id: "PERF-7",
    what: "fix accepted → on the glass of a console, p99",
    floor: 400,
    aim: 320,
    figure: "shown_p99_ms",
  },
];
