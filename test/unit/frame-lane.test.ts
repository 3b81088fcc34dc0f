import { beforeEach, describe, expect, it } from "vitest";
import { FrameLane } from "../../server/app/positions/frame-lane.ts";

const PICTURE = Uint8Array.of(9);
const delta = (n: number) => Uint8Array.of(n);

let isFull: boolean;
let mayShow: boolean;
let written: number[];
let stale: Set<FrameLane>;
let lane: FrameLane;

class Lane extends FrameLane {
  protected override write(bytes: Uint8Array): "SENT" | "SKIPPED" {
    if (isFull) return "SKIPPED";
    written.push(bytes[0] ?? 0);
    return "SENT";
  }

  protected override admit(): boolean {
    return mayShow && !isFull;
  }

  protected override picture(): Uint8Array {
    return PICTURE;
  }
}

beforeEach(() => {
  isFull = false;
  mayShow = true;
  written = [];
  stale = new Set();
  lane = new Lane(stale);
});

describe("a socket that does not keep up", () => {
  it("POS-33 given frames that it missed, when it has drained, then it gets one picture instead of the next frame and then frames again", () => {
    lane.take(delta(1));
    isFull = true;
    for (const n of [2, 3, 4]) lane.take(delta(n));
    expect([...stale]).toEqual([lane]);
    isFull = false;
    lane.take(delta(5));
    lane.take(delta(6));
    expect(written).toEqual([1, 9, 6]);
    expect(stale.size).toBe(0);
  });

  it("POS-33 gets the picture also when nothing moves any more", () => {
    isFull = true;
    lane.take(delta(1));
    isFull = false;
    for (const one of stale) one.mend();
    for (const one of stale) one.mend();
    expect(written).toEqual([9]);
  });

  it("POS-33 gets what moves while it is too soon for another picture, and the picture after", () => {
    isFull = true;
    lane.take(delta(1));
    isFull = false;
    mayShow = false;
    lane.take(delta(2));
    expect(lane.mend()).toBe(false);
    mayShow = true;
    lane.take(delta(3));
    expect(written).toEqual([2, 9]);
  });

  it("POS-33 is owed nothing more once it asked for a picture itself", () => {
    isFull = true;
    lane.take(delta(1));
    isFull = false;
    lane.show();
    expect(stale.size).toBe(0);
    lane.take(delta(2));
    expect(written).toEqual([9, 2]);
  });

  it("POS-33 is forgotten when it is gone", () => {
    isFull = true;
    lane.take(delta(1));
    lane.closed();
    expect(stale.size).toBe(0);
  });
});
