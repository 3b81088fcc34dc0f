import { describe, expect, test } from "vitest";
import { createSoundDesk } from "../../client/ui/sound-desk.ts";
import { type Note, SCORES } from "../../client/ui/sounds.ts";
import { fakePlatform } from "./link-fakes.ts";

function desk() {
  const platform = fakePlatform();
  const played: string[] = [];
  const seat = { muted: false };
  const nameOf = (notes: readonly Note[]) =>
    Object.entries(SCORES).find(([, score]) => score === notes)?.[0] ?? "?";
  const speaker = {
    play: (notes: readonly Note[]) => void played.push(nameOf(notes)),
    blocked: () => false,
    unblock: () => undefined,
  };
  return { platform, played, seat, sounds: createSoundDesk(platform, speaker, () => seat.muted) };
}

describe("sounds of a seat", () => {
  test("the alarm repeats until the last reason is released", () => {
    const { platform, played, sounds } = desk();
    const first = sounds.holdAlarm("sos 1");
    const second = sounds.holdAlarm("sos 2");
    platform.pass(6_000);
    expect(played).toEqual(["alarm", "alarm", "alarm"]);
    first();
    platform.pass(3_000);
    expect(played.length).toBe(4);
    second();
    platform.pass(30_000);
    expect(played.length).toBe(4);
  });

  test("a request and a level of a clock are heard once", () => {
    const { played, sounds } = desk();
    sounds.once("request", "police P1");
    sounds.once("request", "police P1");
    sounds.once("overdue", "P1 ack 1");
    sounds.once("overdue", "P1 ack 2");
    expect(played).toEqual(["request", "overdue", "overdue"]);
  });

  test("PART-4 the bell repeats until everything is signed for, beside an alarm", () => {
    const { platform, played, sounds } = desk();
    const signed = sounds.holdRequest("unsigned");
    platform.pass(10_000);
    expect(played).toEqual(["request", "request", "request"]);
    const answered = sounds.holdAlarm("sos");
    signed();
    answered();
    platform.pass(60_000);
    expect(played.slice(3)).toEqual(["alarm"]);
  });

  test("a muted seat is silent, but a test is heard and the alarm goes on when unmuted", () => {
    const { platform, played, seat, sounds } = desk();
    seat.muted = true;
    sounds.holdAlarm("sos");
    sounds.once("trouble", "t");
    sounds.test("trouble");
    expect(played).toEqual(["trouble"]);
    seat.muted = false;
    platform.pass(3_000);
    expect(played).toEqual(["trouble", "alarm"]);
  });

  test("each sound has its own timbre", () => {
    const waves = Object.values(SCORES).map((score) => score[0]?.wave);
    expect(new Set(waves).size).toBe(4);
  });
});
