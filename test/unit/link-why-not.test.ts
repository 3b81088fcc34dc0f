import { describe, expect, test } from "vitest";
import type { HttpResult } from "../../client/link/http.ts";
import { nextConnection } from "../../client/link/transitions.ts";
import { whyNot } from "../../client/link/why-not.ts";

const answering = (result: HttpResult<never>) => ({ me: async () => result });
const failed = (status: number, code: string): HttpResult<never> => ({
  ok: false,
  failure: { status, code },
});

describe("why no socket comes about", () => {
  test.each([
    [401, "NOT_SIGNED_IN", "WEBSOCKET_BLOCKED"],
    [200, "UNREADABLE", "NOT_OUR_SERVER"],
    [403, "HTTP_403", "NOT_OUR_SERVER"],
    [0, "OFFLINE", undefined],
    [502, "HTTP_502", undefined],
  ])("LINK-23 an answer of %i %s means %s", async (status, code, why) => {
    expect(await whyNot(answering(failed(status, code)), 2)).toBe(why);
  });

  test("LINK-23 after one failure nothing is asked: a server may just be starting", async () => {
    const never = { me: () => Promise.reject(new Error("asked")) };
    expect(await whyNot(never, 1)).toBeUndefined();
  });

  test("LINK-23 the reason stays while it dials and goes when a socket opens", () => {
    const first = nextConnection(
      { kind: "connecting", tries: 2 },
      { kind: "why", why: "WEBSOCKET_BLOCKED" },
    );
    const again = nextConnection(first, { kind: "lost" });
    expect(again).toEqual({ kind: "connecting", tries: 3, why: "WEBSOCKET_BLOCKED" });
    expect(nextConnection(again, { kind: "why", why: undefined })).toEqual({
      kind: "connecting",
      tries: 3,
    });
    expect(nextConnection(again, { kind: "opened", nowMs: 1 })).toEqual({
      kind: "syncing",
      tries: 3,
      sinceMs: 1,
    });
    expect(
      nextConnection({ kind: "live", sinceMs: 1 }, { kind: "why", why: "NOT_OUR_SERVER" }),
    ).toEqual({ kind: "live", sinceMs: 1 });
  });
});
