import { ok, problem } from "./answer.ts";
import type { HttpDeps } from "./http-deps.ts";
import type { Route } from "./route.ts";

/**
 * How an exercise stands, and its debrief sheet, for everybody who takes part: it holds official
 * data of invented people only. Elsewhere there are no such addresses.
 */
export const exerciseRoutes = ({ exercise, app }: HttpDeps): Route[] => [
  {
    // Before anybody signs in, a page says already whether this is an exercise.
    method: "get",
    path: "/api/deployment",
    access: "OPEN",
    handle: async () => ok({ name: app.deployment.name, mode: app.deployment.mode }),
  },
  {
    method: "get",
    path: "/api/exercise",
    access: "SIGNED_IN",
    handle: async () => (exercise ? ok(await exercise.status()) : problem("NOT_FOUND")),
  },
  {
    method: "get",
    path: "/api/exercise/debrief.csv",
    access: "SIGNED_IN",
    handle: async () => {
      if (!exercise) return problem("NOT_FOUND");
      const { name, text } = await exercise.debriefCsv();
      return ok(text, {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="${name}"`,
      });
    },
  },
];
