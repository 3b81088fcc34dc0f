import { expect, test } from "vitest";
import { createBufferStorage } from "../../client/faces/field/position/buffer-storage.ts";
import type { RawPosition } from "../../client/faces/field/position/measure.ts";
import { createPositionShare } from "../../client/faces/field/position/position-share.ts";
import { fakePlatform, memoryStorage } from "./link-fakes.ts";

function onDuty() {
  const platform = fakePlatform();
  const asked: { got(raw: RawPosition): void; failed(denied: boolean): void }[] = [];
  let watched: ((raw: RawPosition) => void) | undefined;
  const share = createPositionShare({
    platform,
    geo: {
      secure: true,
      supported: true,
      watch(got) {
        watched = got;
        return () => {
          watched = undefined;
        };
      },
      ask: (got, failed) => void asked.push({ got, failed }),
    },
    send: async () => undefined,
    storage: createBufferStorage(platform, memoryStorage()),
    batteryPct: () => undefined,
  });
  share.setOfficer("o-1", "DEPLOYED");
  const here = (): RawPosition => ({
    timestamp: platform.wallMs(),
    coords: { latitude: 30, longitude: 114, accuracy: 8, speed: null, heading: null },
  });
  const state = () => share.store.getState();
  return { platform, share, asked, here, state, move: () => watched?.(here()) };
}

test("FLD-15 a fix is asked for once 10 s brought none, and keeps the position fresh", () => {
  const { platform, asked, here, state, move } = onDuty();
  move();
  platform.pass(9_000);
  expect(asked).toHaveLength(0);
  for (let n = 1; n <= 6; n += 1) {
    platform.pass(n === 1 ? 1_000 : 10_000);
    expect(asked).toHaveLength(n);
    asked.at(-1)?.got(here());
    expect(state().share).toBe("sharing");
  }
  expect(state().waiting).toBe(7);
});

test("FLD-15 nobody is asked while the watch speaks; an unanswered asking is repeated, not doubled", () => {
  const { platform, asked, state, move } = onDuty();
  for (let n = 0; n < 10; n += 1) {
    move();
    platform.pass(4_000);
  }
  expect(asked).toHaveLength(0);
  platform.pass(30_000);
  expect(asked.length).toBeLessThanOrEqual(3);
  asked[0]?.failed(false);
  expect(state().share).toBe("searching");
});

test("FLD-15 never off duty, switched off, refused or stopped; a late answer is dropped", () => {
  const { platform, share, asked, here, state, move } = onDuty();
  move();
  platform.pass(15_000);
  const late = asked.at(-1);
  share.setOfficer("o-1", "OFF_DUTY");
  late?.got(here());
  late?.failed(true);
  platform.pass(60_000);
  share.setOfficer("o-1", "DEPLOYED");
  share.setWanted(false);
  platform.pass(60_000);
  expect([asked.length, state().waiting]).toEqual([1, 0]);
  share.setWanted(true);
  platform.pass(15_000);
  expect(asked).toHaveLength(2);
  asked[1]?.failed(true);
  expect(state().share).toBe("denied");
  platform.pass(60_000);
  share.stop();
  platform.pass(60_000);
  expect(asked).toHaveLength(2);
});
