import { describe, expect, it } from "vitest";
import { watchSentinel } from "../../client/link/watch-sentinel.ts";
import { fakePlatform, freshStores, helloOf } from "./link-fakes.ts";

const ADDRESS = "http://127.0.0.1:3001";

/** A page whose sentinel says what `answer` says; undefined: it cannot be reached. */
function page(sentinel: string | undefined = ADDRESS) {
  const platform = fakePlatform();
  const stores = freshStores(platform);
  const asked: string[] = [];
  const says: { state: string | undefined } = { state: "WELL" };
  const fetch = async (url: unknown) => {
    asked.push(String(url));
    if (says.state === undefined) throw new TypeError("unreachable");
    return { json: async () => ({ state: says.state, reasons: [] }) } as Response;
  };
  stores.session.setState({ hello: helloOf(sentinel ? { sentinel } : {}) });
  watchSentinel({ platform, stores, fetch: fetch as typeof globalThis.fetch });
  const pass = async (seconds: number) => {
    for (let s = 0; s < seconds; s += 1) {
      platform.pass(1_000);
      for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
    }
  };
  return { stores, says, asked, pass, kind: () => stores.connection.getState().sentinel.kind };
}

describe("a page and the sentinel", () => {
  it("SENT-7 given a sentinel that says late, then the page does within 3 s, and no longer than it does", async () => {
    const p = page();
    await p.pass(4);
    expect(p.kind()).toBe("well");
    p.says.state = "LATE";
    await p.pass(4);
    expect(p.kind()).toBe("late");
    p.says.state = "WELL";
    await p.pass(4);
    expect(p.kind()).toBe("well");
    expect(new Set(p.asked)).toEqual(new Set([`${ADDRESS}/status`]));
  });

  it("SENT-7 given a sentinel out of reach, then that is said after 15 s, not before", async () => {
    const p = page();
    await p.pass(4);
    p.says.state = undefined;
    await p.pass(12);
    expect(p.kind()).toBe("well");
    await p.pass(8);
    expect(p.kind()).toBe("unreachable");
    p.says.state = "WELL";
    await p.pass(4);
    expect(p.kind()).toBe("well");
  });

  it("SENT-7 given a server that is gone, then the page goes on asking where hello said", async () => {
    const p = page();
    await p.pass(4);
    p.stores.session.setState({ hello: undefined });
    p.says.state = "LATE";
    await p.pass(4);
    expect(p.kind()).toBe("late");
  });

  it("SENT-7 given a deployment without a sentinel, then nothing is asked and nothing said", async () => {
    const p = page("");
    await p.pass(30);
    expect([p.asked, p.kind()]).toEqual([[], "unknown"]);
  });
});
