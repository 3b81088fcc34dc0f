import { setImmediate as turn } from "node:timers/promises";
import { beforeEach, describe, expect, it } from "vitest";
import type { SendQueue } from "../../../server/app/send-queue.ts";
import { parseCommitBody } from "../../../server/log/commit-body.ts";
import type { ViewKey } from "../../../shared/domain/authority/audience.ts";
import type { CommandAnswer } from "../../../shared/wire/command.ts";
import type { Emergency, PutRecord } from "../../../shared/wire/live.ts";
import {
  type Media,
  newMedia,
  type TestKernel,
  testKernel,
} from "../../support/kernel/test-kernel.ts";

let media: Media;
let k: TestKernel;

beforeEach(async () => {
  media = newMedia();
  k = await testKernel({ media });
});

const OFFICER = "jiangan.police";
const DUTY = "jiangan.duty";

/** What a screen of this view was told by the emergency list, last. */
function listener(kernel: TestKernel, view: ViewKey) {
  let last: PutRecord[] | undefined;
  let count = 0;
  kernel.kernel.views.subscribe({
    id: view,
    view,
    sessionId: view,
    roles: [],
    send: (event, json) => {
      if (event !== "emergency") return;
      last = (JSON.parse(json) as Emergency).put;
      count += 1;
    },
    close: () => undefined,
    pendingBytes: () => 0,
  });
  return { last: () => last, count: () => count };
}

const raise = (
  kernel: TestKernel,
  id = "sos-1",
  more: { id?: string } = {},
): Promise<CommandAnswer> => kernel.send(OFFICER, "incident.sos", "incident", id, {}, more);

const acknowledge = (kernel: TestKernel, id = "sos-1"): Promise<CommandAnswer> =>
  kernel.send(DUTY, "incident.acknowledge", "incident", id);

const incidentOf = (put: readonly PutRecord[] | undefined, id = "sos-1") =>
  put?.find((record) => record.type === "incident" && record.id === id)?.dto as
    | {
        journalled?: true;
        acknowledged?: { officerId: string; at: number };
        clocks: { level: number }[];
      }
    | undefined;

/** Commands of the log's last commits, from `seq` on, as stored. */
const commandsFrom = (seq: number) =>
  media.log.commits.slice(seq).flatMap((commit) => {
    const parsed = parseCommitBody(commit.body);
    return parsed.ok ? [parsed.body.commands.map(({ id, kind }) => ({ id, kind }))] : [];
  });

const said = async (): Promise<void> => {
  for (let n = 0; n < 5; n += 1) await turn();
};

describe("the emergency journal", () => {
  it("EMG-1 takes an SOS that the store refuses, and alarms own court, wall and parent", async () => {
    const screens = (["console:jiangan", "wall:jiangan", "console:wuhan"] as const).map((view) =>
      listener(k, view),
    );
    const sibling = listener(k, "console:huangpi");
    k.log.refuseWrites();

    const answer = await raise(k);

    await said();
    expect(answer).toMatchObject({ outcome: "JOURNALLED", at: k.clock.now() });
    for (const screen of screens)
      expect(incidentOf(screen.last())).toMatchObject({ sos: true, journalled: true });
    expect(sibling.last()).toBeUndefined();
    expect(media.journal.entries).toHaveLength(1);
    expect(k.kernel.troubles.now()).toContain("JOURNAL");
  });

  it("EMG-1 takes an SOS whose append hangs for more than 500 ms", async () => {
    const release = k.log.holdAppends();
    const answer = raise(k);
    await said();
    k.clock.pass(400);
    await said();
    expect(media.journal.entries).toHaveLength(0);

    k.clock.pass(101);

    expect(await answer).toMatchObject({ outcome: "JOURNALLED" });
    release();
  });

  it("EMG-2 lets the desk acknowledge, and the level climb until then", async () => {
    const parent = listener(k, "console:wuhan");
    k.log.refuseWrites();
    await raise(k);

    await k.passScanning(31_000);
    await said();
    expect(incidentOf(parent.last())?.clocks[0]?.level).toBe(2);
    const at = k.clock.now();
    expect(await acknowledge(k)).toMatchObject({ outcome: "JOURNALLED" });

    await said();
    expect(incidentOf(parent.last())?.acknowledged).toMatchObject({ officerId: DUTY, at });
    const held = media.journal.entries.length;
    await k.passScanning(60_000);
    expect(incidentOf(parent.last())?.clocks[0]?.level).toBe(2);
    expect(media.journal.entries.length - held).toBeLessThanOrEqual(2); // the police request's own clock
  });

  it("EMG-2 goes on with an SOS that stood in the log before, and with nothing else", async () => {
    await k.accepted(OFFICER, "incident.sos", "incident", "sos-1");
    k.log.refuseWrites();

    await k.passScanning(16_000);

    expect(k.kernel.emergency.state.get("incident", "sos-1")?.clocks.ack?.level).toBe(1);
    expect(k.kernel.replica.world.get("incident", "sos-1")?.clocks.ack?.level).toBe(0);
    expect(await acknowledge(k)).toMatchObject({ outcome: "JOURNALLED" });
    await expect(k.send(DUTY, "incident.respond", "incident", "sos-1")).rejects.toThrow(
      /told to be full/,
    );
  });

  it("EMG-3 enters the log in one commit, in order, with the times of then", async () => {
    const recovered = k.log.refuseWrites();
    const raisedAt = k.clock.now();
    const sos = await raise(k);
    await k.passScanning(16_000);
    const ackedAt = k.clock.now();
    const ack = await acknowledge(k);
    const seq = media.log.commits.length;
    k.clock.pass(600_000);

    recovered();
    await k.kernel.follow();

    const [commit, ...more] = commandsFrom(seq);
    expect(more).toEqual([]);
    expect(commit?.[0]?.id).toBe(sos.id);
    expect(commit?.at(-1)?.id).toBe(ack.id);
    expect(commit?.map(({ kind }) => kind)).toContain("clock.raise");
    const incident = k.kernel.replica.world.get("incident", "sos-1");
    expect(incident).toMatchObject({
      reportedAt: raisedAt,
      createdAt: raisedAt,
      acknowledged: { officerId: DUTY, at: ackedAt },
    });
    expect(media.journal).toMatchObject({ entries: [], aside: [expect.any(Array)] });
    expect(k.kernel.troubles.now()).toEqual([]);
    await k.kernel.follow();
    expect(commandsFrom(seq)).toHaveLength(1);
  });

  it("EMG-3 goes in before the next command of anybody", async () => {
    const recovered = k.log.refuseWrites();
    await raise(k);
    const seq = media.log.commits.length;
    recovered();

    await k.accepted(DUTY, "incident.respond", "incident", "sos-1");

    expect(commandsFrom(seq).map((c) => c.map(({ kind }) => kind))).toEqual([
      ["incident.sos"],
      ["incident.respond"],
    ]);
  });

  it("EMG-4 takes effect once although the log was only late", async () => {
    const release = k.log.holdAppends();
    const pending = raise(k, "sos-1", { id: "late-sos" });
    await said();
    k.clock.pass(501);
    expect(await pending).toMatchObject({ outcome: "JOURNALLED" });
    const seq = media.log.commits.length;

    release();
    await said();
    await k.kernel.follow();

    expect(commandsFrom(seq).flat()).toEqual([{ id: "late-sos", kind: "incident.sos" }]);
    expect(k.kernel.emergency.isOpen).toBe(false);
    expect(k.kernel.replica.world.get("incident", "sos-1")?.repeats).toBe(0);
  });

  it("EMG-4 answers a resent SOS as before, and refuses its id for anybody else", async () => {
    const recovered = k.log.refuseWrites();
    const first = await raise(k, "sos-1", { id: "again-sos", knownAt: 1 } as { id: string });
    const again = await raise(k, "sos-1", { id: "again-sos", knownAt: 1 } as { id: string });
    expect(again).toEqual(first);
    const other = await k.send(DUTY, "incident.sos", "incident", "sos-1", {}, { id: "again-sos" });
    expect(other.refusal?.code).toBe("ID_REUSED");

    recovered();
    await k.kernel.follow();

    expect(await raise(k, "sos-1", { id: "again-sos" })).toMatchObject({ outcome: "ACCEPTED" });
  });

  it("EMG-4 given a call that the log was about to decide when the store hung, when the journal took it meanwhile, then it stands in the log as the journal kept it", async () => {
    const gate = Promise.withResolvers<void>();
    const read = k.log.read.bind(k.log);
    k.log.read = (...range) => gate.promise.then(() => read(...range));
    const knownSeq = k.kernel.replica.tail.seq + 1;
    const call = k.send(OFFICER, "incident.sos", "incident", "sos-1", {}, { knownSeq });
    await said();
    const takenAt = k.clock.now();
    k.clock.pass(501);
    expect((await call).outcome).toBe("JOURNALLED");
    k.clock.pass(5_000);
    gate.resolve();
    await k.kernel.follow();
    await said();

    const { clocks } = k.kernel.replica.world.get("incident", "sos-1") ?? {};
    expect(clocks?.ack?.startAt).toBe(takenAt + 501);
  });

  it("EMG-5 lives on over a restart while the store still refuses", async () => {
    k.log.refuseWrites();
    await raise(k);
    await k.passScanning(16_000);

    const next = await k.reopened();
    next.log.refuseWrites();
    const screen = listener(next, "console:jiangan");
    await next.passScanning(15_000);

    await said();
    expect(incidentOf(screen.last())?.clocks[0]?.level).toBe(2);
    expect(await acknowledge(next)).toMatchObject({ outcome: "JOURNALLED" });
    const after = await next.reopened();
    await after.kernel.follow();
    expect(after.kernel.replica.world.get("incident", "sos-1")).toMatchObject({
      clocks: { ack: { level: 2 } },
      acknowledged: { officerId: DUTY },
    });
  });

  it("EMG-5 is not taken twice when the process died between commit and setting aside", async () => {
    const recovered = k.log.refuseWrites();
    await raise(k);
    const entries = [...media.journal.entries];
    recovered();
    await k.kernel.follow();
    media.journal.entries = entries;

    const next = await k.reopened();
    await next.kernel.follow();

    expect(next.kernel.replica.world.get("incident", "sos-1")?.repeats).toBe(0);
    expect(next.kernel.emergency.isOpen).toBe(false);
    expect(media.journal.entries).toEqual([]);
  });

  it("EMG-6 climbs on in the log, each level once, though another commit came between", async () => {
    const release = k.log.holdAppends();
    const late = k.send(DUTY, "officer.setDuty", "officer", OFFICER, { duty: "ON_DUTY" });
    await said();
    const sos = raise(k);
    await said();
    k.clock.pass(501);
    await sos;
    await k.passScanning(16_000);
    expect(k.kernel.emergency.state.get("incident", "sos-1")?.clocks.ack?.level).toBe(1);

    release();
    await late.catch(() => undefined);
    await said();
    await k.kernel.follow();
    await k.passScanning(60_000);

    const raised = media.log.commits
      .map(({ body }) => parseCommitBody(body))
      .flatMap((parsed) => (parsed.ok ? parsed.body.commands.flatMap((c) => c.events) : []))
      .filter(({ type, ref }) => type === "ClockRaised" && ref.id === "sos-1")
      .map(({ data }) => (data as { level: number }).level);
    const levels = [...new Set(raised)];
    expect(raised).toEqual(levels);
    expect(levels.slice(0, 3)).toEqual([1, 2, 3]);
  });

  it("EMG-7 alarms although the journal cannot be written, and keeps the resent one", async () => {
    const screen = listener(k, "console:jiangan");
    k.log.refuseWrites();
    media.journal.broken = true;

    await expect(raise(k, "sos-1", { id: "kept-sos" })).rejects.toThrow(/neither/);

    await said();
    expect(incidentOf(screen.last())).toMatchObject({ sos: true });
    expect(k.kernel.troubles.now()).toContain("JOURNAL_FAILED");
    media.journal.broken = false;
    expect(await raise(k, "sos-1", { id: "kept-sos" })).toMatchObject({ outcome: "JOURNALLED" });
    expect(media.journal.entries).toHaveLength(1);
  });

  it("EMG-8 goes round a queue of patches that is held up", async () => {
    const screen = listener(k, "console:jiangan");
    const released = Promise.withResolvers<void>();
    k.vault.getTexts = () => released.promise.then(() => new Map());
    await k.accepted(DUTY, "message.send", "message", "m1", { toCourtId: "jiangan", text: "x" });
    k.kernel.app.world; // the text is remembered: only the vault of another process is asked
    const views = k.kernel.views as unknown as { queue: SendQueue };
    void views.queue.patch(() => released.promise);
    await k.accepted(OFFICER, "incident.sos", "incident", "sos-1");

    k.kernel.emergencyViews.look();
    k.clock.pass(600);
    k.kernel.emergencyViews.look();

    expect(incidentOf(screen.last())).toMatchObject({ sos: true });
    expect(incidentOf(screen.last())?.journalled).toBeUndefined();
    released.resolve();
  });

  it("EMG-9 tells the access stream of what the state no longer allowed", async () => {
    // Another node took the incident off the table while this one could not write.
    const other = await testKernel({ media, clock: k.clock, severalWriters: true });
    k = await testKernel({ media, clock: k.clock, severalWriters: true });
    await k.accepted(OFFICER, "incident.sos", "incident", "sos-1");
    const recovered = k.log.refuseWrites();
    await acknowledge(k);
    await other.kernel.follow();
    await other.accepted(DUTY, "incident.respond", "incident", "sos-1");
    await other.accepted(DUTY, "incident.resolve", "incident", "sos-1");
    const before = media.access.commits.length;

    recovered();
    await k.kernel.follow();
    await said();

    expect(k.kernel.emergency.isOpen).toBe(false);
    expect(
      media.access.commits
        .slice(before)
        .map(({ body }) => body)
        .join(),
    ).toMatch(/not imported: INCIDENT_ENDED/);
  });

  it("EMG-10 says it again while it lasts, and once more when it is over", async () => {
    const screen = listener(k, "console:jiangan");
    const recovered = k.log.refuseWrites();
    await raise(k);
    await said();
    const first = screen.count();
    k.clock.pass(2_000);
    k.kernel.emergencyViews.look();
    expect(screen.count()).toBe(first + 1);

    recovered();
    await k.kernel.follow();
    await k.kernel.views.idle();
    await said();
    k.kernel.emergencyViews.look();

    expect(screen.last()).toEqual([]);
    const over = screen.count();
    k.clock.pass(2_000);
    k.kernel.emergencyViews.look();
    expect(screen.count()).toBe(over);
  });

  const levelOf = (id = "sos-1") => k.kernel.emergency.state.get("incident", id)?.clocks.ack?.level;

  it("EMG-18 given an acknowledgement that neither log nor journal keeps, then its sender hears so, and the alarm stands and climbs", async () => {
    const screen = listener(k, "console:jiangan");
    const recovered = k.log.refuseWrites();
    await raise(k);
    media.journal.broken = true;
    await expect(acknowledge(k)).rejects.toThrow(/neither/);
    await said();
    expect(incidentOf(screen.last())?.acknowledged).toBeUndefined();
    await k.passScanning(31_000);
    expect(levelOf()).toBe(2);

    media.journal.broken = false;
    expect((await acknowledge(k)).outcome).toBe("JOURNALLED");
    await said();
    expect(incidentOf(screen.last())?.acknowledged).toMatchObject({ officerId: DUTY });
    recovered();
    await k.kernel.follow();
    expect(k.kernel.replica.world.get("incident", "sos-1")?.acknowledged).toBeDefined();
  });

  it("EMG-18 given a receipt that is withdrawn while the import of what the journal holds is under way, then no call behind it is lost", async () => {
    const recovered = k.log.refuseWrites();
    await raise(k);
    const gate = Promise.withResolvers<void>();
    media.journal.slow = gate.promise;
    media.journal.broken = true;
    const receipt = acknowledge(k);
    receipt.catch(() => undefined);
    const behind = k.send("jiangan.judge", "incident.sos", "incident", "sos-2");
    behind.catch(() => undefined);
    await said();
    recovered();
    const release = k.log.holdAppends();
    const imported = k.kernel.follow();
    await said();
    const late = k.send("wuhan.duty", "incident.acknowledge", "incident", "sos-1");
    late.catch(() => undefined);
    const last = k.send("huangpi.police", "incident.sos", "incident", "sos-3");
    last.catch(() => undefined);
    await said();
    gate.resolve();
    await said();
    release();
    await imported;
    await k.kernel.follow();
    await k.kernel.follow();

    const calls = [...k.kernel.replica.world.all("incident")].map(({ id }) => id);
    expect(calls).toEqual(expect.arrayContaining(["sos-1", "sos-2", "sos-3"]));
    expect(k.kernel.emergency.isOpen).toBe(false);
  });

  it("EMG-11 given a held call, when a commit of another node lands below it, then it climbs on time all the same", async () => {
    const other = await testKernel({ media, clock: k.clock, severalWriters: true });
    k = await testKernel({ media, clock: k.clock, severalWriters: true });
    k.log.refuseWrites();
    await raise(k);
    await other.accepted(DUTY, "message.send", "message", "m1", {
      toCourtId: "jiangan",
      text: "x",
    });
    await k.kernel.follow();

    await k.passScanning(61_000);

    expect(levelOf()).toBe(3);
  });

  it("EMG-11 given a hung append that lands after the journal took a call, when the store then refuses, then the call climbs on time", async () => {
    const release = k.log.holdAppends();
    const late = k.send(DUTY, "officer.setDuty", "officer", OFFICER, { duty: "ON_DUTY" });
    late.catch(() => undefined);
    await said();
    const call = raise(k);
    await said();
    k.clock.pass(501);
    expect((await call).outcome).toBe("JOURNALLED");
    release();
    await said();
    k.log.refuseWrites();

    await k.passScanning(61_000);

    expect(levelOf()).toBe(3);
  });

  it("EMG-12 given log and journal that hang together, when clocks are due, then every level is raised on time", async () => {
    media.journal.hung = true;
    k.log.holdAppends();
    raise(k).catch(() => undefined);
    await said();
    k.clock.pass(501);
    await said();

    await k.passScanning(61_000);

    expect(levelOf()).toBe(3);
    expect(k.kernel.troubles.now()).toContain("JOURNAL_FAILED");
  });

  it("EMG-13 given a journal that hangs and a log that was slow once, when the log is well, then commands and calls are taken", async () => {
    media.journal.hung = true;
    const release = k.log.holdAppends();
    const first = raise(k);
    first.catch(() => undefined);
    await said();
    k.clock.pass(600);
    await said();
    release();
    await said();
    await k.kernel.follow();

    await k.accepted(DUTY, "message.send", "message", "m1", { toCourtId: "jiangan", text: "x" });
    await k.accepted("huangpi.police", "incident.sos", "incident", "sos-2");
    expect(k.kernel.storeMode()).toBe("OK");
    expect(k.kernel.emergency.isOpen).toBe(false);
  });

  it("EMG-13 given a journal that hangs, when a call is made and the log refuses, then its sender hears that it is not kept, and alarms ring", async () => {
    media.journal.hung = true;
    k.log.refuseWrites();
    const screen = listener(k, "console:jiangan");
    const call = raise(k);
    const refused = expect(call).rejects.toThrow(/neither/);
    await said();
    k.clock.pass(2_001);
    await refused;
    expect(incidentOf(screen.last())).toMatchObject({ sos: true });
  });

  it("EMG-14 given entries that cannot be set aside after their import, then commands go on, it is said, and they are set aside later", async () => {
    media.journal.stuck = true;
    const recovered = k.log.refuseWrites();
    await raise(k);
    recovered();
    await k.accepted(DUTY, "message.send", "message", "m1", { toCourtId: "jiangan", text: "x" });
    await said();
    expect(k.kernel.troubles.now()).toContain("JOURNAL_FAILED");
    expect(media.journal.entries).toHaveLength(1);

    media.journal.stuck = false;
    await k.kernel.follow();
    await said();

    expect(media.journal.entries).toEqual([]);
    expect(k.kernel.troubles.now()).toEqual([]);
  });

  it("EMG-15 given screens whose telling takes long, when calls come, then each is told at once, and what is only said again leaves four fifths of the time for everything else", async () => {
    const slowMs = 600;
    let tellings = 0;
    let told: PutRecord[] = [];
    k.kernel.views.subscribe({
      id: "slow",
      view: "console:jiangan",
      sessionId: "slow",
      roles: [],
      send: (event, json) => {
        if (event !== "emergency") return;
        k.clock.pass(slowMs);
        tellings += 1;
        told = (JSON.parse(json) as Emergency).put;
      },
      close: () => undefined,
      pendingBytes: () => 0,
    });
    k.log.refuseWrites();
    for (const who of [OFFICER, "jiangan.judge"]) {
      await k.send(who, "incident.sos", "incident", `sos-${who}`);
      await said();
    }
    expect(told.filter(({ type }) => type === "incident")).toHaveLength(2);
    expect(tellings).toBe(2);
    const lookAfter = (ms: number): number => {
      k.clock.pass(ms);
      k.kernel.emergencyViews.look();
      return tellings;
    };
    expect(lookAfter(2_000)).toBe(3);
    expect(lookAfter(2_000)).toBe(3);
    expect(lookAfter(400)).toBe(4);
  });

  it("EMG-16 given a call that leaves the journal for the log, then its alarm stands on the list until the patches have brought it", async () => {
    const screen = listener(k, "console:jiangan");
    const recovered = k.log.refuseWrites();
    await raise(k);
    await said();
    const lists = screen.count();
    recovered();
    Object.defineProperty(k.kernel.views, "covered", {
      configurable: true,
      get: () => ({ seq: 0, hash8: "00000000" }),
      set: () => undefined,
    });
    await k.kernel.follow();
    await said();
    expect(screen.count()).toBeGreaterThan(lists);
    expect(incidentOf(screen.last())).toMatchObject({ sos: true });
    expect(incidentOf(screen.last())?.journalled).toBeUndefined();

    const { tail } = k.kernel.replica;
    Object.defineProperty(k.kernel.views, "covered", { value: { seq: tail.seq, hash8: "x" } });
    k.kernel.emergencyViews.look();

    expect(screen.last()).toEqual([]);
  });

  it("EMG-17 given more calls in the journal than one commit takes, when the store is back, then all enter in their order, in several commits", async () => {
    const recovered = k.log.refuseWrites();
    const ids = Array.from({ length: 2_300 }, (_, i) => `many-${String(i).padStart(5, "0")}`);
    for (const id of ids) await raise(k, id, { id });
    const before = media.log.commits.length;
    recovered();
    await k.kernel.follow();
    await k.kernel.follow();
    await k.kernel.follow();

    const commits = commandsFrom(before);
    const calls = commits.map((list) => list.filter(({ kind }) => kind === "incident.sos"));
    expect(calls.flat().map(({ id }) => id)).toEqual(ids);
    expect(Math.max(...calls.map(({ length }) => length))).toBe(1_000);
    expect(k.kernel.emergency.isOpen).toBe(false);
  });
});
