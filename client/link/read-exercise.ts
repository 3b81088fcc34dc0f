import { type ExerciseStatus, exerciseStatus } from "../../shared/wire/exercise.ts";
import type { Http, HttpResult } from "./http.ts";

/** How the exercise stands; 404 where there is none. */
export const readExercise = (http: Http): Promise<HttpResult<ExerciseStatus>> =>
  http.call({ method: "GET", path: "/api/exercise", schema: exerciseStatus });
