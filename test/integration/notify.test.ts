import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Writable } from "node:stream";
import { v7 } from "uuid";
import { afterEach, describe, expect, it } from "vitest";
import { createLogger } from "../../server/edge/logging.ts";
import type { Delivery, Notifier } from "../../server/notify/notifier.ts";
import { createOutbox } from "../../server/notify/outbox.ts";
import { OutsideCalls } from "../../server/notify/outside-calls.ts";
import { webhookNotifier } from "../../server/notify/webhook-notifier.ts";
import { createNotifying } from "../../server/notifying.ts";
import { commandEnvelope } from "../../shared/wire/command.ts";
import { type TestKernel, testKernel } from "../support/kernel/test-kernel.ts";
import { envelope } from "../support/server/envelope.ts";
import { openRig, settle } from "./http-rig.ts";

const SECOND = 1_000;

interface Post {
  readonly body: Record<string, unknown>;
  readonly authorization: string | undefined;
  readonly repeatOf: string | string[] | undefined;
}

type Mood = "TAKES" | "500" | "HANGS" | "CUTS" | "REDIRECTS";

const closing: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** An SMS gateway on a port of its own, in a mood that a test changes. */
async function gateway() {
  const taken: Post[] = [];
  const tried: Post[] = [];
  const is = { mood: "TAKES" as Mood };
  const server = createServer((request, response) => void answer(request, response));
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let text = "";
    for await (const chunk of request) text += String(chunk);
    const { authorization, "idempotency-key": repeatOf } = request.headers;
    const post: Post = { body: JSON.parse(text) as Post["body"], authorization, repeatOf };
    tried.push(post);
    switch (is.mood) {
      case "HANGS":
        return;
      case "CUTS":
        request.socket.destroy();
        return;
      case "REDIRECTS":
        response.writeHead(307, { location: "/elsewhere" }).end();
        return;
      case "500":
        response.writeHead(500).end("no");
        return;
      case "TAKES":
        taken.push(post);
        response.writeHead(202).end();
    }
  };
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/send?key=secret`, taken, tried, is };
}

interface Running {
  /** Server seconds pass; deadlines are scanned, calls made and their results recorded. */
  pass(ms: number): Promise<void>;
  readonly calls: OutsideCalls;
  readonly deliveries: Delivery[];
}

/** What `createNotifying` puts together, on a test's clock, with every post waited for. */
function calling(t: TestKernel, notifier: Notifier, issueFails?: () => boolean): Running {
  const underWay = new Set<Promise<Delivery>>();
  const deliveries: Delivery[] = [];
  const calls = new OutsideCalls({
    notifier: {
      send: (message, stopped) => {
        const sent = notifier.send(message, stopped);
        underWay.add(sent);
        return sent.finally(() => underWay.delete(sent));
      },
    },
    state: () => t.kernel.emergency.state,
    held: () => t.kernel.emergency.changed(),
    now: () => t.clock.now(),
    monotonic: () => t.clock.monotonic(),
    chance: () => 0.5,
    issue: (command) =>
      issueFails?.()
        ? Promise.reject(new Error("the store is away"))
        : t.kernel.app.systemCommand(command),
    onDelivery: (delivery) => deliveries.push(delivery),
  });
  t.kernel.onTouched((touched) => calls.touched(touched));
  return {
    calls,
    deliveries,
    pass: async (ms) => {
      for (let left = ms; left > 0; left -= SECOND) {
        await t.passScanning(Math.min(SECOND, left));
        await calls.look();
        await Promise.all(underWay);
        await new Promise((resolve) => setImmediate(resolve));
        await calls.look();
      }
    },
  };
}

const quick = (url: string, more = {}) => webhookNotifier({ url, answerWithinMs: 500, ...more });
const sos = (t: TestKernel, by = "jiangan.police", id = "i1") =>
  t.accepted(by, "incident.sos", "incident", id);
const ack = (t: TestKernel, id = "i1") =>
  t.accepted("jiangan.duty", "incident.acknowledge", "incident", id);
const contact = (t: TestKernel, court: string, id: string, role: string, phone: string) =>
  t.kernel.app.systemCommand({
    id: `sys:contact:${court}:${id}`,
    kind: "court.setDutyContact",
    ref: { type: "court", id: court },
    payload: { contactId: id, roles: [role], phone },
  });
const notifications = (t: TestKernel) => [...t.kernel.replica.world.all("notification")];
const ofSos = (posts: readonly Post[]) => posts.filter(({ body }) => body.kind === "SOS");
const ids = (posts: readonly Post[]) => posts.map(({ body }) => String(body.id));

describe("calls outside", () => {
  it("NOTI-1 a silent court: own desk, director and parent, High Court; each key once", async () => {
    const [t, g] = [await testKernel(), await gateway()];
    const run = calling(t, quick(g.url));
    await sos(t);
    await run.pass(120 * SECOND);
    expect(ofSos(g.taken).map(({ body }) => body.to)).toEqual([
      ["jiangan:DUTY_OFFICER"],
      ["jiangan:DIRECTOR"],
      ["wuhan:DUTY_OFFICER"],
      ["high:DUTY_OFFICER"],
    ]);
    expect(new Set(ids(g.tried)).size).toBe(g.tried.length);
    // And the P1 request that the SOS opened: own director and parent after 60 s.
    expect(g.taken.length - ofSos(g.taken).length).toBe(2);
    expect(notifications(t).map(({ state }) => state)).toEqual(Array(6).fill("SENT"));
    expect(new Set(notifications(t).map(({ id }) => id))).toEqual(new Set(ids(g.taken)));
  });

  it("NOTI-2 nothing is sent for an alarm acknowledged in time", async () => {
    const [t, g] = [await testKernel(), await gateway()];
    const run = calling(t, quick(g.url));
    await sos(t);
    await run.pass(14 * SECOND);
    await ack(t);
    await run.pass(30 * SECOND);
    expect(ofSos(g.tried)).toEqual([]);
    expect(notifications(t)).toEqual([]);
  });

  it("NOTI-7 it goes to the registered telephones of the roles told", async () => {
    const [t, g] = [await testKernel(), await gateway()];
    await contact(t, "jiangan", "desk", "DUTY_OFFICER", "027-82000001");
    await contact(t, "jiangan", "night", "DUTY_OFFICER", "027-82000002");
    await contact(t, "jiangan", "head", "DIRECTOR", "027-82000003");
    const run = calling(t, quick(g.url));
    await sos(t);
    await run.pass(31 * SECOND);
    expect(ofSos(g.taken).map(({ body }) => body.to)).toEqual([
      ["027-82000001", "027-82000002"],
      ["027-82000003"],
      ["wuhan:DUTY_OFFICER"],
    ]);
  });

  it("NOTI-8 JSON with five fields and the token", async () => {
    const [t, g] = [await testKernel(), await gateway()];
    const run = calling(t, quick(g.url, { token: "t0k" }));
    await sos(t);
    await run.pass(16 * SECOND);
    const [post] = g.taken;
    expect(post?.authorization).toBe("Bearer t0k");
    expect(Object.keys(post?.body ?? {}).sort()).toEqual(["at", "id", "kind", "text", "to"]);
    expect(post?.body.text).toMatch(/江岸法院紧急求助：15秒未接警/);
  });

  it.each([
    ["500", "ANSWERED_ERROR"],
    ["HANGS", "TIMEOUT"],
    ["CUTS", "UNREACHABLE"],
    ["REDIRECTS", "UNREACHABLE"],
  ] as const)(
    "NOTI-5 a gateway that %s: tried on, listed, sent when it works",
    async (mood, why) => {
      const [t, g] = [await testKernel(), await gateway()];
      g.is.mood = mood;
      const run = calling(t, quick(g.url));
      await sos(t);
      await run.pass(16 * SECOND);
      expect(run.deliveries[0]).toEqual({ ok: false, failure: why });
      expect(notifications(t)).toEqual([]);
      await run.pass(8 * SECOND);
      expect(notifications(t)).toMatchObject([{ state: "FAILED", attempts: 3, failure: why }]);
      g.is.mood = "TAKES";
      await run.pass(8 * SECOND);
      const own = notifications(t).filter(({ level, kind }) => level === 1 && kind === "SOS");
      expect(own).toMatchObject([{ state: "SENT", courtId: "jiangan" }]);
      expect(ids(g.taken).filter((id) => id === own[0]?.id)).toHaveLength(1);
    },
  );

  it("NOTI-5 pauses double up to 30 s", async () => {
    const [t, g] = [await testKernel(), await gateway()];
    g.is.mood = "500";
    const run = calling(t, quick(g.url));
    await sos(t);
    await run.pass(200 * SECOND);
    const first = g.tried[0]?.body.id;
    const times = g.tried.filter(({ body }) => body.id === first).map(({ body }) => body.at);
    const pauses = times.slice(1).map((at, i) => Number(at) - Number(times[i]));
    expect(pauses.slice(0, 8).map((ms) => ms / SECOND)).toEqual([1, 2, 4, 8, 16, 30, 30, 30]);
  });

  it("NOTI-14 every attempt carries the id of its call, a restart's too", async () => {
    const [t, g] = [await testKernel(), await gateway()];
    g.is.mood = "500";
    const first = calling(t, quick(g.url));
    await sos(t);
    await first.pass(18 * SECOND);
    await first.calls.stop();
    await calling(await t.reopened(), quick(g.url)).pass(2 * SECOND);
    const own = g.tried.filter(({ body }) => body.id === g.tried[0]?.body.id);
    expect(own.length).toBeGreaterThan(2);
    expect(g.tried.every(({ body, repeatOf }) => repeatOf === body.id)).toBe(true);
  });

  it("NOTI-13 a failed call, with ids as clients make them, is one that a command may name", async () => {
    const [t, g] = [await testKernel(), await gateway()];
    g.is.mood = "500";
    const run = calling(t, quick(g.url));
    await sos(t, "jiangan.police", v7());
    await run.pass(90 * SECOND);
    const failed = notifications(t).filter(({ state }) => state === "FAILED");
    expect(failed.map(({ kind }) => kind)).toContain("POLICE_P1");
    const unnamed = failed.filter(
      ({ id }) => !commandEnvelope.safeParse(envelope("notification.retry", id)).success,
    );
    expect(unnamed.map(({ id }) => id)).toEqual([]);
  });

  it("NOTI-13 a desk has a failed call tried again at once, and nothing that was taken", async () => {
    const [t, g] = [await testKernel(), await gateway()];
    g.is.mood = "500";
    const run = calling(t, quick(g.url));
    await sos(t);
    // Its pause is 30 s by now, with the last attempt 46 s after the first.
    await run.pass(64 * SECOND);
    const own = notifications(t).find(({ level, kind }) => level === 1 && kind === "SOS");
    const key = own?.id ?? "";
    const triesOf = () => ids(g.tried).filter((id) => id === key).length;
    const before = triesOf();
    g.is.mood = "TAKES";
    await run.pass(2 * SECOND);
    expect(triesOf()).toBe(before);
    const retry = () => t.send("jiangan.duty", "notification.retry", "notification", key);
    expect((await retry()).outcome).toBe("ACCEPTED");
    await run.pass(SECOND);
    expect(triesOf()).toBe(before + 1);
    expect(notifications(t).find(({ id }) => id === key)?.state).toBe("SENT");
    expect((await retry()).refusal?.code).toBe("ALREADY_SENT");
  });

  it("NOTI-5 acknowledged meanwhile it leaves the list and is tried no more", async () => {
    const [t, g] = [await testKernel(), await gateway()];
    g.is.mood = "500";
    const run = calling(t, quick(g.url));
    await sos(t);
    await run.pass(24 * SECOND);
    expect(notifications(t)).toMatchObject([{ state: "FAILED" }]);
    await ack(t);
    await run.pass(2 * SECOND);
    expect(notifications(t)).toMatchObject([{ state: "MOOT" }]);
    const before = ofSos(g.tried).length;
    g.is.mood = "TAKES";
    await run.pass(60 * SECOND);
    expect(ofSos(g.tried)).toHaveLength(before);
  });

  it("NOTI-12 given P1 calls that fail, when an SOS comes, then it goes out at once, and all go out in the end", async () => {
    const [t, g] = [await testKernel(), await gateway()];
    g.is.mood = "500";
    const run = calling(t, quick(g.url));
    await sos(t);
    await ack(t);
    // The P1 request of the call, which no police unit answers: director and parent after 60 s.
    await run.pass(64 * SECOND);
    expect(g.tried.map(({ body }) => body.kind)).toContain("POLICE_P1");
    expect(ofSos(g.tried)).toEqual([]);
    await sos(t, "jiangan.judge", "i2");
    await run.pass(32 * SECOND);
    expect(new Set(ofSos(g.tried).map(({ body }) => body.id)).size).toBe(3);
    g.is.mood = "TAKES";
    await run.pass(40 * SECOND);
    expect(new Set(ofSos(g.taken).map(({ body }) => (body.to as string[])[0]))).toEqual(
      new Set([
        "jiangan:DUTY_OFFICER",
        "jiangan:DIRECTOR",
        "wuhan:DUTY_OFFICER",
        "high:DUTY_OFFICER",
      ]),
    );
    expect(g.taken.some(({ body }) => body.kind === "POLICE_P1")).toBe(true);
    expect(notifications(t).filter(({ state }) => state !== "SENT")).toEqual([]);
  });

  it("NOTI-3 NOTI-4 a restart repeats nothing that was sent and sends what was not", async () => {
    const [t, g] = [await testKernel(), await gateway()];
    const first = calling(t, quick(g.url));
    await sos(t);
    await first.pass(16 * SECOND);
    g.is.mood = "HANGS";
    await first.pass(15 * SECOND);
    await first.calls.stop();
    expect(ids(g.taken)).toHaveLength(1);
    const again = await t.reopened();
    g.is.mood = "TAKES";
    const second = calling(again, quick(g.url));
    await second.pass(40 * SECOND);
    const called = ofSos(g.taken).map(({ body }) => (body.to as string[])[0]);
    // The two that hung at the stop go out at once, each on a connection of its own.
    expect([called[0], called.slice(1, -1).toSorted(), called.at(-1)]).toEqual([
      "jiangan:DUTY_OFFICER",
      ["jiangan:DIRECTOR", "wuhan:DUTY_OFFICER"],
      "high:DUTY_OFFICER",
    ]);
    const third = calling(await again.reopened(), quick(g.url));
    const before = g.tried.length;
    await third.pass(5 * SECOND);
    expect(g.tried).toHaveLength(before);
  });

  it("NOTI-5 what was acknowledged while the server was down leaves the list at its start", async () => {
    const [t, g] = [await testKernel(), await gateway()];
    g.is.mood = "CUTS";
    const first = calling(t, quick(g.url));
    await sos(t);
    await first.pass(24 * SECOND);
    await first.calls.stop();
    await ack(t);
    const again = await t.reopened();
    await calling(again, quick(g.url)).pass(SECOND);
    expect(notifications(again)).toMatchObject([{ state: "MOOT" }]);
  });

  it("NOTI-11 taken once while the log cannot say so", async () => {
    const [t, g] = [await testKernel(), await gateway()];
    const store = { away: true };
    const run = calling(t, quick(g.url), () => store.away);
    await sos(t);
    await run.pass(25 * SECOND);
    expect(ofSos(g.tried)).toHaveLength(1);
    expect(notifications(t)).toEqual([]);
    store.away = false;
    await ack(t);
    await run.pass(2 * SECOND);
    expect(notifications(t)).toMatchObject([{ state: "SENT", attempts: 1 }]);
  });

  it("NOTI-11 an SOS that only the emergency journal holds calls outside, once", async () => {
    const [t, g] = [await testKernel(), await gateway()];
    const run = calling(t, quick(g.url));
    const recovered = t.log.refuseWrites();
    const answer = await t.send("jiangan.police", "incident.sos", "incident", "i1");
    expect(answer.outcome).toBe("JOURNALLED");
    await run.pass(16 * SECOND);
    expect(ofSos(g.taken).map(({ body }) => body.to)).toEqual([["jiangan:DUTY_OFFICER"]]);
    recovered();
    await run.pass(10 * SECOND);
    expect(ofSos(g.tried)).toHaveLength(1);
    expect(notifications(t)).toMatchObject([{ id: ids(g.taken)[0], state: "SENT" }]);
  });

  it("NOTI-10 given a store that is back, when the result of a call is recorded, then its alarm entered the log before", async () => {
    const [t, g] = [await testKernel(), await gateway()];
    const run = calling(t, quick(g.url));
    const recovered = t.log.refuseWrites();
    await t.send("jiangan.police", "incident.sos", "incident", "i1");
    await run.pass(16 * SECOND);
    expect(ofSos(g.taken)).toHaveLength(1);
    recovered();
    await run.calls.look();
    expect(notifications(t)).toMatchObject([{ id: ids(g.taken)[0], state: "SENT" }]);
    const commits = await t.log.read(0, 1_000);
    const at = (type: string) => commits.findIndex(({ body }) => Buffer.from(body).includes(type));
    expect(at("SosRaised")).toBeGreaterThan(-1);
    expect(at("NotificationSent")).toBeGreaterThan(at("SosRaised"));
  });

  it("NOTI-12 eight at once, and none is lost", async () => {
    const t = await testKernel();
    let atOnce = 0;
    let most = 0;
    const outbox = createOutbox();
    const slow: Notifier = {
      send: async (message, stopped) => {
        most = Math.max(most, ++atOnce);
        await new Promise((resolve) => setTimeout(resolve, 2));
        atOnce -= 1;
        return outbox.send(message, stopped);
      },
    };
    const run = calling(t, slow);
    const courts = ["jiangan", "huangpi", "fancheng", "wuhan", "xiangyang", "high"];
    const posts = ["police", "police2", "judge"];
    for (const by of courts.flatMap((court) => posts.map((post) => `${court}.${post}`)))
      await sos(t, by, `sos-${by}`);
    await run.pass(25 * SECOND);
    expect(most).toBe(8);
    expect(outbox.messages()).toHaveLength(18);
    expect(new Set(outbox.messages().map(({ id }) => id)).size).toBe(18);
  });

  it("NOTI-12 given more failing calls than a silent gateway can be asked for again, when a new alarm is due, then it is tried first", async () => {
    const t = await testKernel();
    const tried: string[] = [];
    let waiting: ((delivery: Delivery) => void)[] = [];
    const silent: Notifier = {
      send: ({ id }) => {
        tried.push(id);
        return new Promise((resolve) => waiting.push(resolve));
      },
    };
    const { calls } = calling(t, silent);
    const round = async () => {
      for (const giveUp of waiting) giveUp({ ok: false, failure: "TIMEOUT" });
      waiting = [];
      await new Promise((resolve) => setImmediate(resolve));
      await t.passScanning(5 * SECOND);
      await calls.look();
    };
    const courts = ["jiangan", "huangpi", "fancheng", "wuhan", "xiangyang", "high"];
    for (const court of courts)
      for (const post of ["police", "police2", "judge"])
        await sos(t, `${court}.${post}`, `sos-${court}-${post}`);
    for (let n = 0; n < 40; n++) await round();
    await sos(t, "jiangan.duty", "fresh");
    for (let n = 0; n < 5; n++) await round();
    expect(tried.filter((id) => id.startsWith("ntf:incident:fresh:"))).not.toEqual([]);
    for (const giveUp of waiting) giveUp({ ok: true });
  });
});

describe("a province of alarms that nobody answers", () => {
  it("NOTI-12 given six hundred calls that the gateway refuses, when a new alarm is due, then it is tried within seconds", async () => {
    const t = await testKernel();
    const tried: string[] = [];
    const refusing: Notifier = {
      send: async ({ id }) => {
        tried.push(id);
        return { ok: false, failure: "ANSWERED_ERROR" };
      },
    };
    const run = calling(t, refusing);
    for (let n = 0; n < 320; n++)
      await t.accepted("jiangan.duty", "police.send", "police", `p-${n}`, {
        ...{ kind: "SCENE_SUPPORT", urgency: "P1", detail: "围堵" },
      });
    await t.passScanning(600 * SECOND);
    for (let n = 0; n < 90; n++) await run.pass(SECOND);
    expect(new Set(tried).size).toBeGreaterThan(600);

    await sos(t, "jiangan.duty", "fresh");
    await run.pass(25 * SECOND);
    expect(tried.filter((id) => id.startsWith("ntf:incident:fresh:"))).not.toEqual([]);
  });
});

describe("who calls", () => {
  const listening = () => {
    const lines: string[] = [];
    const sink = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        lines.push(chunk.toString());
        done();
      },
    });
    return { logger: createLogger("info", sink), lines };
  };

  it("NOTI-8 neither address nor token nor number stands in the log", async () => {
    const [t, g, { logger, lines }] = [await testKernel(), await gateway(), listening()];
    g.is.mood = "CUTS";
    const { kernel, clock } = t;
    const notify = { url: g.url, token: "t0k" };
    const notifying = createNotifying({ notify, demo: true }, { kernel, clock, logger });
    expect(notifying.outbox).toBeUndefined();
    await contact(t, "jiangan", "desk", "DUTY_OFFICER", "027-82000001");
    await sos(t);
    await t.passScanning(16 * SECOND);
    await notifying.jobs[0]?.run();
    await expect.poll(() => lines.join("")).toContain("the gateway takes no calls");
    await notifying.stop();
    expect(lines.join("")).not.toMatch(/secret|t0k|82000001|127\.0\.0\.1/);
  });

  it("NOTI-9 a demonstration keeps an outbox, a LIVE system without a gateway says so", async () => {
    const [t, { logger, lines }] = [await testKernel(), listening()];
    const { kernel, clock } = t;
    const demo = createNotifying({ demo: true }, { kernel, clock, logger });
    await sos(t);
    await t.passScanning(16 * SECOND);
    await demo.jobs[0]?.run();
    expect(demo.outbox?.()).toMatchObject([{ courtId: "jiangan", alarmCourtId: "jiangan" }]);
    expect(lines).toEqual([]);
    const live = createNotifying({ demo: false }, { kernel, clock, logger });
    expect(live.outbox).toBeUndefined();
    expect(lines.join("")).toContain("NOTIFY_URL is not set");
  });

  it("INC-7 NOTI-4 NOTI-9 a silent court climbs by itself through a restart, and the outbox shows it", async () => {
    const [t, { logger }] = [await testKernel(), listening()];
    const running = (on: TestKernel) =>
      createNotifying({ demo: true }, { kernel: on.kernel, clock: on.clock, logger });
    const pass = async (on: TestKernel, notifying: ReturnType<typeof running>, seconds: number) => {
      for (let left = seconds; left > 0; left -= 1) {
        await on.passScanning(SECOND);
        // Once to send, once to record what was taken.
        for (let look = 0; look < 2; look += 1) {
          await notifying.jobs[0]?.run();
          await new Promise((resolve) => setImmediate(resolve));
        }
      }
    };
    const shown = (notifying: ReturnType<typeof running>) =>
      (notifying.outbox?.() ?? []).filter(({ kind }) => kind === "SOS").map(({ to }) => to[0]);
    const first = running(t);
    await sos(t);
    const since = t.clock.now();
    await pass(t, first, 16);
    expect(shown(first)).toEqual(["jiangan:DUTY_OFFICER"]);
    await first.stop();
    const again = await t.reopened();
    const second = running(again);
    await pass(again, second, 46);
    expect(shown(second).reverse()).toEqual([
      "jiangan:DIRECTOR",
      "wuhan:DUTY_OFFICER",
      "high:DUTY_OFFICER",
    ]);
    const calls = notifications(again).filter(({ kind }) => kind === "SOS");
    const after = calls.map(({ sentAt = 0 }) => Math.floor((sentAt - since) / SECOND));
    expect(after).toEqual([15, 30, 30, 60]);
    for (const { text } of second.outbox?.() ?? []) expect(text).not.toMatch(/\d{7}|张|王|李/);
  });

  it("NOTI-9 the newest 200", async () => {
    const outbox = createOutbox();
    const { signal } = new AbortController();
    for (let i = 0; i < 201; i += 1)
      await outbox.send(
        { id: `n${i}`, to: [], kind: "SOS", text: "", at: i, courtId: "c", alarmCourtId: "c" },
        signal,
      );
    expect(outbox.messages()).toHaveLength(200);
    expect(outbox.messages()[0]?.id).toBe("n200");
  });

  it("NOTI-9 duty officers and centre chiefs of the courts concerned read it", async () => {
    const call = { id: "n1", to: ["1"], kind: "SOS", text: "t", at: 1 };
    const outbox = () => [
      { ...call, courtId: "wuhan", alarmCourtId: "jiangan" },
      { ...call, id: "n2", courtId: "hanyang", alarmCourtId: "hanyang" },
    ];
    const rig = await openRig({ outbox });
    closing.push(() => rig.close());
    settle(rig);
    const seenBy = async (officerId: string) => {
      const cookie = await rig.signIn(officerId);
      const { status, json } = await rig.call("GET", "/api/notifications/outbox", { cookie });
      return status === 200 ? (json as { id: string }[]).map(({ id }) => id) : status;
    };
    expect(await seenBy("desk")).toEqual(["n1"]);
    expect(await seenBy("upper")).toEqual(["n1", "n2"]);
    expect(await seenBy("aside")).toEqual(["n2"]);
    expect(await seenBy("judge")).toBe(403);
    const { status } = await rig.call("GET", "/api/notifications/outbox");
    expect(status).toBe(401);
  });

  it("NOTI-9 given a call to a court above, when the alarm's own desk reads it, then it reads no number", async () => {
    const call = { id: "n1", to: ["13800000000"], kind: "SOS", text: "t", at: 1 };
    const rig = await openRig({
      outbox: () => [{ ...call, courtId: "wuhan", alarmCourtId: "jiangan" }],
    });
    closing.push(() => rig.close());
    settle(rig);
    const numbers = async (officerId: string) => {
      const cookie = await rig.signIn(officerId);
      const { json } = await rig.call("GET", "/api/notifications/outbox", { cookie });
      return (json as { to: string[] }[]).map(({ to }) => to);
    };
    expect(await numbers("desk")).toEqual([[]]);
    expect(await numbers("upper")).toEqual([["13800000000"]]);
  });

  it("NOTI-9 without a demonstration there is no outbox to read", async () => {
    const rig = await openRig();
    closing.push(() => rig.close());
    settle(rig);
    const cookie = await rig.signIn("desk");
    expect((await rig.call("GET", "/api/notifications/outbox", { cookie })).status).toBe(404);
  });
});
