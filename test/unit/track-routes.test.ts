import { expect, test } from "vitest";
import type { HttpDeps } from "../../server/edge/http/http-deps.ts";
import { createLimits } from "../../server/edge/http/limits.ts";
import type { Call } from "../../server/edge/http/route.ts";
import { trackRoutes } from "../../server/edge/http/track-routes.ts";
import type { SignedIn } from "../../server/edge/sessions.ts";
import { testKernel } from "../support/kernel/test-kernel.ts";

const ROADS = ["/api/replay/state", "/api/tracks/picture"] as const;

for (const path of ROADS)
  test(`RPL-2 given a look that waits (${path}), when the right to it ends meanwhile, then nothing is told`, async () => {
    const k = await testKernel();
    const { world } = k.kernel.replica;
    let meanwhile: () => Promise<unknown> = async () => undefined;
    const found = async () => {
      await meanwhile();
      return Uint8Array.of(123, 125);
    };
    const deps = {
      app: k.kernel.app,
      limits: createLimits(),
      now: () => k.clock.now(),
      tracks: { picture: found },
      past: { refuses: () => undefined, window: found },
    } as unknown as HttpDeps;
    const route = trackRoutes(deps).find((one) => one.path === path);
    if (route?.access !== "SIGNED_IN") throw new Error(`no ${path}`);
    const who: SignedIn = {
      subject: { kind: "person", officerId: "jiangan.duty", login: "duty" },
      sessionId: "s1",
      courtId: "jiangan",
      officer: world.get("officer", "jiangan.duty"),
      roles: ["DUTY_OFFICER"],
    } as SignedIn;
    const call = { body: { at: k.clock.now() } } as Call;
    expect((await route.handle(call, who)).status).toBe(200);
    meanwhile = () =>
      k.accepted("high.secadmin", "officer.revokeSession", "officer", "jiangan.duty", {
        sessionId: "s1",
      });
    const answer = await route.handle(call, who);
    expect(answer).toMatchObject({ status: 403 });
    expect(answer.body).not.toBeInstanceOf(Uint8Array);
  });
