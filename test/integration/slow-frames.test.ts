import { afterAll, beforeAll, expect, test } from "vitest";
import { decodeFrame, type PositionFrame } from "../../shared/wire/position-frame.ts";
import { envelope, isAccepted } from "../support/server/envelope.ts";
import { eventually } from "../support/server/eventually.ts";
import { RawClient } from "../support/server/raw-client.ts";
import { type ServerHere, startHere } from "../support/server/server-here.ts";

const OFFICER = "court-017-police";

let here: ServerHere;
beforeAll(async () => {
  here = await startHere();
});
afterAll(() => here.close());

const moved = (lat: number) => {
  const { trackIndex } = here.server.kernel.replica.world.get("officer", OFFICER) ?? {
    trackIndex: -1,
  };
  const now = here.clock.now();
  return here.server.ingest.ingest([
    {
      officerId: OFFICER,
      deviceId: "d",
      trackIndex,
      deviceAt: now,
      receivedAt: now,
      lat,
      lng: 114,
      source: "SOCKET",
      mock: false,
    },
  ]);
};

/** A client that keeps the frames it gets. */
async function looking(seat: "console" | "field", officerId: string) {
  const frames: PositionFrame[] = [];
  const cookie = await here.cookieOf(officerId);
  const client = await RawClient.open(
    here.url,
    { seat, cookie },
    {
      onBytes: (bytes) => {
        const read = decodeFrame(bytes);
        if (read.ok) frames.push(read.value);
      },
    },
  );
  return { client, frames };
}

async function onDuty(): Promise<void> {
  const phone = await RawClient.open(here.url, {
    seat: "field",
    cookie: await here.cookieOf(OFFICER),
  });
  const answer = await phone.ask(
    "command",
    envelope("officer.setDuty", OFFICER, { duty: "ON_DUTY" }),
  );
  if (!isAccepted(answer)) throw new Error(JSON.stringify(answer));
  phone.terminate();
}

test("POS-33 given a console that stopped reading while officers moved, when it reads again, then one picture brings it up to date and frames follow", async () => {
  await onDuty();
  const { client, frames } = await looking("console", "court-017-duty");
  moved(30.1);
  await eventually(() => expect(frames.length).toBeGreaterThan(0), 5_000);
  const [subscriber] = here.server.kernel.views.registry.subscribers();
  client.pause();
  const noise = JSON.stringify("x".repeat(512 * 1024));
  // Until more waits than the machine's own buffers take.
  await eventually(() => {
    subscriber?.send("noise", noise);
    expect(subscriber?.pendingBytes()).toBeGreaterThan(0);
  }, 5_000);
  const before = frames.length;
  moved(30.1005);
  await here.server.kernel.views.idle();
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(frames.length).toBe(before);
  client.resume();
  await eventually(() => expect(frames.at(-1)?.kind).toBe("SNAPSHOT"), 8_000);
  expect(frames.at(-1)?.lat[0]).toBeCloseTo(30.1005);
  expect(frames.slice(before).map(({ kind }) => kind)).toEqual(["SNAPSHOT"]);
  moved(30.101);
  await eventually(() => expect(frames.at(-1)?.kind).toBe("DELTA"), 5_000);
  expect(frames.at(-1)?.prevTick).toBeLessThanOrEqual(frames.at(-2)?.tick ?? 0);
  client.terminate();
}, 40_000);

test("POS-34 given a phone, when its officer moves, then it is sent a frame only once it has asked for the picture", async () => {
  await onDuty();
  const { client, frames } = await looking("field", OFFICER);
  client.emit("resume", null);
  await client.next("snapshot");
  moved(30.102);
  // Longer than a phone's tick of 2 s.
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  expect(frames).toEqual([]);
  client.emit("posSnapshot");
  await eventually(() => expect(frames.map(({ kind }) => kind)).toEqual(["SNAPSHOT"]), 5_000);
  moved(30.103);
  await eventually(() => expect(frames.at(-1)?.kind).toBe("DELTA"), 8_000);
  client.terminate();
}, 40_000);
