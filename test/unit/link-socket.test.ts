import type { Socket } from "socket.io-client";
import { describe, expect, test } from "vitest";
import { createInbox } from "../../client/link/inbox.ts";
import { createPositionIntake } from "../../client/link/position-intake.ts";
import { createRedial } from "../../client/link/redial.ts";
import { driveSocket } from "../../client/link/socket-driver.ts";
import { takeKioskToken } from "../../client/seat-tokens.ts";
import type { Trouble } from "../../shared/wire/live.ts";
import { encodeFrame, type FramePosition } from "../../shared/wire/position-frame.ts";
import {
  fakePlatform,
  freshStores,
  hash8,
  heartbeatOf,
  helloOf,
  patchOf,
  put,
} from "./link-fakes.ts";

/** A socket without a network: `say` is the server, `asked` what the client sent. */
function fakeSocket() {
  const listeners = new Map<string, ((body: unknown) => void)[]>();
  const asked: unknown[][] = [];
  const socket = {
    on(event: string, listener: (body: unknown) => void) {
      listeners.set(event, [...(listeners.get(event) ?? []), listener]);
    },
    emit: (...all: unknown[]) => asked.push(all),
    // Nobody answers what is asked with a time-out.
    timeout: () => ({ emitWithAck: () => Promise.reject(new Error("timeout")) }),
  };
  const say = (event: string, body?: unknown) => {
    for (const listener of listeners.get(event) ?? []) listener(body);
  };
  return { socket: socket as unknown as Socket, say, asked };
}

function driven() {
  const platform = fakePlatform();
  const stores = freshStores(platform);
  const inbox = createInbox(stores, "console");
  const intake = createPositionIntake(stores.positions, () => platform.monoMs());
  const happened: string[] = [];
  const { socket, say, asked } = fakeSocket();
  const events = {
    lost: () => void happened.push("lost"),
    unreadable: () => void happened.push("unreadable"),
  };
  inbox.happened({ kind: "started" });
  const line = driveSocket(socket, inbox, intake, events, () => platform.monoMs());
  return { platform, stores, say, asked, happened, line };
}

const snapshot = (to: number) => ({ to, hash8: hash8(to), at: 5, put: [put("A", 1)] });

const heard = (seq: number, trouble: Trouble[] = []) => ({ ...heartbeatOf(seq, seq), trouble });
const withText = (text: object) => ({
  ...snapshot(4),
  put: [{ type: "message", id: "m1", rev: 1, dto: { text: { id: "txt:1:text", ...text } } }],
});
const unread = withText({ text: null, unread: true });

describe("a text that the vault did not give", () => {
  test("LINK-25 given a record without it, when the client connects anew, then it asks for everything", () => {
    const { say, asked } = driven();
    say("hello", helloOf());
    say("snapshot", unread);
    say("hello", helloOf());
    expect(asked.at(-1)).toEqual(["resume", null]);
    say("snapshot", withText({ text: "请回报" }));
    say("hello", helloOf());
    expect(asked.at(-1)).toEqual(["resume", { seq: 4, hash8: hash8(4) }]);
  });

  test("LINK-25 given a forgotten text, when the client connects anew, then it asks for the gap only", () => {
    const { say, asked } = driven();
    say("hello", helloOf());
    say("snapshot", withText({ text: null }));
    say("hello", helloOf());
    expect(asked.at(-1)).toEqual(["resume", { seq: 4, hash8: hash8(4) }]);
  });

  test("LINK-25 given a vault that is well again, when the text has not come after 8 s, then everything is asked for and taken in", () => {
    const { platform, stores, say, asked } = driven();
    say("hello", helloOf());
    say("snapshot", unread);
    say("hb", heard(4, ["VAULT"]));
    platform.pass(60_000);
    say("hb", heard(4));
    platform.pass(7_999);
    say("hb", heard(4));
    expect(asked.length).toBe(1);
    platform.pass(1);
    say("hb", { ...heard(4), to: 5, hash8: hash8(5) });
    expect(asked.at(-1)).toEqual(["resume", null]);
    // The answer may be built earlier: the patch behind it makes up for the rest.
    say("snapshot", { ...withText({ text: "请回报" }), to: 4, hash8: hash8(4) });
    say("patch", patchOf(4, 5));
    expect(stores.records.getState().unread.size).toBe(0);
    expect(stores.records.getState().cursor).toEqual({ seq: 5, hash8: hash8(5) });
    platform.pass(60_000);
    say("hb", heard(5));
    expect(asked.length).toBe(2);
  });

  test("LINK-25 given a record that ends or leaves the view, then nothing is owed any more", () => {
    const { stores, say } = driven();
    say("hello", helloOf());
    say("snapshot", unread);
    expect(stores.records.getState().unread.size).toBe(1);
    say("patch", { ...patchOf(4, 5), del: [{ type: "message", id: "m1" }] });
    expect(stores.records.getState().unread.size).toBe(0);
  });
});

describe("a socket", () => {
  test("LINK-3 after hello the client resumes without a cursor, and later with one", () => {
    const { say, asked } = driven();
    say("hello", helloOf());
    say("snapshot", snapshot(4));
    say("hello", helloOf());
    expect(asked).toEqual([
      ["resume", null],
      ["resume", { seq: 4, hash8: hash8(4) }],
    ]);
  });

  test("LINK-3 while the answer to a gap is awaited it is not asked for again, but after 10 s it is", () => {
    const { platform, say, asked } = driven();
    say("hello", helloOf());
    say("snapshot", snapshot(4));
    say("patch", patchOf(6, 7));
    say("patch", patchOf(7, 8));
    say("hb", heartbeatOf(8, 8));
    expect(asked.length).toBe(2);
    platform.pass(10_000);
    say("hb", heartbeatOf(8, 8));
    expect(asked.length).toBe(3);
    say("patch", patchOf(4, 8));
    expect(asked.length).toBe(3);
  });

  test.each([
    ["patch", { from: 1 }],
    ["hello", null],
    ["snapshot", { to: 1, hash8: "x", at: 1, put: [{ id: 3 }] }],
    ["hb", "now"],
  ])("LINK-13 a %s that no schema reads is not taken in", (event, body) => {
    const { say, stores, happened } = driven();
    say(event, body);
    expect(happened).toEqual(["unreadable"]);
    expect(stores.records.getState().cursor).toBeNull();
  });

  test.each([
    ["NOT_SIGNED_IN", { kind: "signed-out" }],
    ["SESSION_EXPIRED", { kind: "signed-out" }],
    ["ACCOUNT_DISABLED", { kind: "refused", reason: "REVOKED" }],
    ["DEVICE_REVOKED", { kind: "refused", reason: "BAD_DEVICE" }],
    ["SEAT_REFUSED", { kind: "refused", reason: "FORBIDDEN" }],
  ])("LINK-12 the server's %s at the door ends the dialling", (code, connection) => {
    const { say, stores } = driven();
    say("connect_error", new Error(code));
    expect(stores.connection.getState().connection).toEqual(connection);
  });

  test("LINK-11 a network error is only a reason to dial again", () => {
    const { say, happened, stores } = driven();
    say("connect_error", new Error("websocket error"));
    expect(happened).toEqual(["lost"]);
    expect(stores.connection.getState().connection.kind).toBe("connecting");
  });

  test("LINK-18 silence is measured from the last thing heard", () => {
    const { platform, say, line } = driven();
    platform.pass(9_000);
    expect(line.silentMs()).toBe(9_000);
    say("hb", heartbeatOf(0, 0));
    expect(line.silentMs()).toBe(0);
  });

  test("LINK-11 the wait is cut short when the network comes back, and only then", () => {
    const platform = fakePlatform();
    let dialled = 0;
    const redial = createRedial(platform, () => {
      dialled += 1;
    });
    redial.soon();
    expect(dialled).toBe(0);
    redial.later(4);
    platform.pass(1_000);
    expect(dialled).toBe(0);
    redial.soon();
    platform.pass(20_000);
    expect(dialled).toBe(1);
  });
});

describe("positions", () => {
  const at = (trackIndex: number, lat: number, ageS: number): FramePosition => ({
    trackIndex,
    lat,
    lng: 114.3,
    headingDeg: 90,
    speedMps: 5,
    ageS,
    lowBattery: false,
    mock: false,
    source: "SOCKET",
    battery: 3,
  });
  const frame = (prevTick: number, tick: number, positions: FramePosition[]) =>
    encodeFrame({ kind: "DELTA", set: 1, prevTick, tick, tickAt: tick * 250 }, positions);

  test("LINK-14 a frame that follows is taken in and nothing is asked", () => {
    const { say, asked, stores } = driven();
    const full = encodeFrame(
      { kind: "SNAPSHOT", set: 1, prevTick: 0, tick: 400, tickAt: 100_000 },
      [at(3, 30.5, 2)],
    );
    say("pos", full);
    say("pos", frame(400, 401, [at(5_000, 30.6, 0)]));
    const { arrays } = stores.positions;
    expect([arrays.lat[3], arrays.at[3], arrays.lat[5_000], arrays.speed[5_000]]).toEqual([
      30.5, 98_000, 30.6, 5,
    ]);
    expect(asked).toEqual([]);
  });

  test("LINK-14 a frame after a gap is taken in and asks for a full picture, once per 5 s", () => {
    const { platform, say, asked, stores } = driven();
    say("pos", frame(300, 400, [at(1, 30.1, 0)]));
    say("pos", frame(500, 501, [at(1, 30.2, 0)]));
    expect(asked).toEqual([["posSnapshot"]]);
    expect(stores.positions.arrays.lat[1]).toBe(30.2);
    platform.pass(5_000);
    say("pos", frame(600, 601, []));
    expect(asked.length).toBe(2);
  });

  test("LINK-14 an older fix never overwrites a newer one", () => {
    const { say, stores } = driven();
    say("pos", frame(0, 400, [at(1, 30.1, 0)]));
    say("pos", frame(400, 401, [at(1, 29.9, 60)]));
    expect(stores.positions.arrays.lat[1]).toBe(30.1);
  });

  test("LINK-14 the heartbeat's tick shows that every frame was lost", () => {
    const { platform, say, asked } = driven();
    say("hello", helloOf());
    say("snapshot", snapshot(4));
    say("pos", frame(0, 400, []));
    platform.pass(5_000);
    asked.length = 0;
    say("hb", heartbeatOf(4, 4, { tick: 402 }));
    expect(asked).toEqual([]);
    say("hb", heartbeatOf(4, 4, { tick: 450 }));
    expect(asked).toEqual([["posSnapshot"]]);
  });
});

test("LINK-17 a kiosk token is kept and leaves the address", () => {
  const kept = new Map<string, string>();
  const shown: string[] = [];
  takeKioskToken(
    { setItem: (k: string, v: string) => kept.set(k, v) } as unknown as Storage,
    {
      replaceState: (_s: unknown, _t: string, url: string) => shown.push(url),
    } as unknown as History,
    { href: "https://ec.example/wall?kiosk=SECRET&theme=light" } as Location,
  );
  expect([...kept.values()]).toEqual(["SECRET"]);
  expect(shown).toEqual(["/wall?theme=light"]);
});
