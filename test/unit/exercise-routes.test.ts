import { describe, expect, it } from "vitest";
import { exerciseRoutes } from "../../server/edge/http/exercise-routes.ts";
import type { HttpDeps } from "../../server/edge/http/http-deps.ts";
import type { Call } from "../../server/edge/http/route.ts";
import type { SignedIn } from "../../server/edge/sessions.ts";

const running = {
  exercise: {
    status: async () => ({ at: 1 }),
    debriefCsv: async () => ({ name: "exercise.csv", text: "演练" }),
  },
} as unknown as HttpDeps;
const call = {} as Call;
const whoIs = (kind: string) => ({ subject: { kind } }) as unknown as SignedIn;

describe("an exercise that somebody watches", () => {
  it("OBS-6 neither shows nor hands its sheet, which is of this moment, to an observer", async () => {
    const routes = exerciseRoutes(running).flatMap((route) =>
      route.access === "SIGNED_IN" ? route : [],
    );
    expect(routes).toHaveLength(2);
    for (const { handle } of routes) {
      const answer = await handle(call, whoIs("observer"));
      expect(answer).toMatchObject({ status: 403 });
      expect(await handle(call, whoIs("person"))).toMatchObject({ status: 200 });
    }
  });
});
