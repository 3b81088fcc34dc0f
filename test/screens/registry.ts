import { CONSOLE_PAGES, EXERCISE_CONSOLE_PAGES } from "./pages/console.ts";
import { EXERCISE_PAGES } from "./pages/exercise.ts";
import { FIELD_PAGES } from "./pages/field.ts";
import { INSPECT_PAGES } from "./pages/inspect.ts";
import { LOGIN_PAGES } from "./pages/login.ts";
import { OBSERVE_PAGES } from "./pages/observe.ts";
import { PARTNER_PAGES } from "./pages/partner.ts";
import { WALL_PAGES } from "./pages/wall.ts";
import type { FacePages } from "./screen-page.ts";

/** Every face whose pages have pictures, in the order of the index. */
export const FACES: readonly FacePages[] = [
  LOGIN_PAGES,
  CONSOLE_PAGES,
  EXERCISE_CONSOLE_PAGES,
  WALL_PAGES,
  FIELD_PAGES,
  PARTNER_PAGES,
  OBSERVE_PAGES,
  INSPECT_PAGES,
  EXERCISE_PAGES,
];
