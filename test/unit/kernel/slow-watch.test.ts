import { describe, expect, test } from "vitest";
import { SlowWatch } from "../../../server/app/slow-watch.ts";
import type { Subscriber } from "../../../server/app/view-registry.ts";

/** A subscriber with as much waiting as the test says. */
class Reader implements Subscriber {
  readonly view = "console:jiangan";
  readonly sessionId = "s1";
  readonly roles = [];
  pending = 0;
  closed: string[] = [];
  readonly id: string;
  constructor(id: string) {
    this.id = id;
  }
  send(): void {}
  close(reason: string): void {
    this.closed.push(reason);
  }
  pendingBytes(): number {
    return this.pending;
  }
}

describe("slow consumers", () => {
  test("VIEW-9 given a client that drains now and then, when it is looked at for a minute, then it keeps its connection", () => {
    const watch = new SlowWatch();
    const reader = new Reader("a");
    for (let second = 0; second < 60; second += 1) {
      reader.pending = second % 9 === 0 ? 0 : 200_000;
      watch.look([reader], second * 1_000);
    }
    expect(reader.closed).toEqual([]);
  });

  test("VIEW-9 given a client that never drains, when 10 s are over, then it is closed as SLOW and the others are not", () => {
    const watch = new SlowWatch();
    const [slow, quick] = [new Reader("a"), new Reader("b")];
    slow.pending = 1;
    for (let second = 0; second <= 10; second += 1) watch.look([slow, quick], second * 1_000);
    expect([slow.closed, quick.closed]).toEqual([["SLOW"], []]);
  });

  test("VIEW-9 given more than the budget waiting, when it is looked at, then the client is closed at once", () => {
    const watch = new SlowWatch();
    const reader = new Reader("a");
    reader.pending = 9 * 1024 * 1024;
    watch.look([reader], 0);
    expect(reader.closed).toEqual(["SLOW"]);
  });
});
