import type { SignedIn } from "../sessions.ts";
import { ok, problem } from "./answer.ts";
import type { HttpDeps } from "./http-deps.ts";
import type { Route } from "./route.ts";

/** An observer sees frames of 30 s ago and asks for nothing (OBS-6); the sheet is of this moment. */
const watches = ({ subject }: SignedIn): boolean => subject.kind === "observer";

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
    handle: async (_call, who) => {
      if (!exercise) return problem("NOT_FOUND");
      return watches(who) ? problem("ROLE_REFUSED") : ok(await exercise.status());
    },
  },
  {
    method: "get",
    path: "/api/exercise/debrief.csv",
    access: "SIGNED_IN",
    handle: async (_call, who) => {
      if (!exercise) return problem("NOT_FOUND");
      if (watches(who)) return problem("ROLE_REFUSED");
      const { name, text } = await exercise.debriefCsv();
      return ok(text, {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="${name}"`,
      });
    },
  },
];
