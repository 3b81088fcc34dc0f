import { join } from "node:path";
import { v7 } from "uuid";
import { expect } from "vitest";
import { demoCourts } from "../../../server/demo/bootstrap.ts";
import type { CommandAnswer, CommandEnvelope } from "../../../shared/wire/command.ts";
import type { StoreMode, Trouble } from "../../../shared/wire/live.ts";
import { expectFolded } from "../history/expect-folded.ts";
import { expectHistory } from "../history/expect-history.ts";
import { journalSettled } from "../history/held-in-journal.ts";
import { createRecorder } from "../history/recorder.ts";
import { tried } from "../trials.ts";
import { type ConsolePage, openPage } from "./console-page.ts";
import { type CutProxy, startCutProxy } from "./cut-proxy.ts";
import { envelope } from "./envelope.ts";
import { eventually } from "./eventually.ts";
import { freePort } from "./free-port.ts";
import { type Credentials, type HttpAnswer, request, signIn } from "./http-client.ts";
import { createPhones, type Phones } from "./phones.ts";
import { type LogWhere, verifyLog } from "./read-log.ts";
import {
  type DeviceToken,
  deviceTokens,
  type ServerProcess,
  spawnServer,
} from "./server-process.ts";

const PHONES = 5;
/** INV-15. */
const ALARM_WITHIN_MS = 2_000;
const CALM_WITHIN_MS = 30_000;
const OF_STORES: ReadonlySet<Trouble> = new Set(["JOURNAL", "VAULT", "ACCOUNTS"]);

export interface RoomOptions {
  readonly folder: string;
  readonly dataDir: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Where the log is afterwards; the data folder by default. */
  readonly where?: LogWhere;
}

/** What happens to the store, and what every face has to say of it meanwhile. */
export interface Outage {
  readonly name: string;
  readonly begin: () => Promise<unknown>;
  readonly end: () => Promise<unknown>;
  /** Modes of which one must have been shown; empty when the store still takes what comes. */
  readonly shows: readonly StoreMode[];
  /** The SOS of the outage must wait in the journal; `false` when the store may still take it. */
  readonly journalled?: boolean;
}

/** A server, phones at work, and a desk of one court that looks on over the client's own link. */
export interface OutageRoom {
  server: ServerProcess;
  readonly desk: ConsolePage;
  readonly cookie: string;
  readonly phones: Phones;
  readonly devices: readonly DeviceToken[];
  readonly mode: () => StoreMode;
  readonly troubles: () => readonly Trouble[];
  /** Begins, lasts under load, ends, and everything heals by itself. */
  through(outage: Outage): Promise<void>;
  /** Everything is as it should be: the same picture on an old and a new desk, all answered once. */
  expectCalm(): Promise<void>;
  /** The server that ended is started again on its data and port. */
  restart(): Promise<void>;
  /** The desk is connected and in step again. */
  expectLive(): Promise<void>;
  /** The desk that was there all along holds what a new one is given. */
  expectSamePicture(): Promise<void>;
  /** Stops the server and holds log, history and fold against each other. */
  expectKept(): Promise<void>;
  ask(method: string, path: string, who?: Credentials, body?: unknown): Promise<HttpAnswer>;
  sos(): Promise<{ readonly answer: CommandAnswer; readonly alarmMs: number }>;
  end(): Promise<void>;
}

export async function openOutageRoom(options: RoomOptions): Promise<OutageRoom> {
  const { folder, dataDir, env = {}, where = dataDir } = options;
  const port = await freePort();
  const journalDir = env.EMERGENCY_DIR ?? join(dataDir, "emergency");
  const recorder = createRecorder(join(folder, "history.ndjson"));
  const start = () => spawnServer({ dataDir, port, env });
  const server = await start();
  const cookie = await signIn(server.url, "wuhan.duty");
  const devices = await deviceTokens(dataDir);
  const police = devices.filter(({ officerId }) => /-police$/.test(officerId));
  const phones = createPhones(server.url, police.slice(0, PHONES), recorder);
  /** Below the desk's court, each for one call: a second one would join the first. */
  const callers = await callersBelow("武汉市中级人民法院", devices);
  const calls: { command: CommandEnvelope; by: DeviceToken }[] = [];
  const roads: CutProxy[] = [];
  const pages: ConsolePage[] = [];

  const openDesk = async (): Promise<ConsolePage> => {
    const headers = [`Cookie: ${cookie}`];
    const road = await startCutProxy({ port: await freePort(), target: port, headers });
    const page = openPage(road.url, "console");
    roads.push(road);
    pages.push(page);
    await eventually(() => expect(kindOf(page)).toBe("live"), CALM_WITHIN_MS);
    return page;
  };
  const desk = await openDesk();
  const troubles = () => desk.stores.connection.getState().trouble;
  const mode = () => desk.stores.connection.getState().storeMode;
  const ask: OutageRoom["ask"] = (method, path, who = {}, body) =>
    request(server.url, method, path, who, body);

  const deliver = async ({ command, by }: (typeof calls)[number]) => {
    const hear = recorder.invoke(by.officerId, "http", command, by.officerId);
    const answer = await ask("POST", "/api/commands", { device: by.token }, command).catch(
      () => undefined, // nobody knows; it goes again
    );
    hear(answer?.json);
    return answer?.json as CommandAnswer | undefined;
  };

  const duringOutage = async (
    outage: Outage,
    shown: ReadonlySet<StoreMode>,
    load: { stop(): Promise<void> },
  ) => {
    const wanted = outage.shows;
    const hasShown = () => wanted.length === 0 || wanted.some((one) => shown.has(one));
    // A phone on duty has been heard of since the server started.
    const next = callers[calls.length];
    if (!next) throw new Error(`more than ${callers.length} outages: nobody is left to call`);
    expect((await ask("GET", "/api/me", { device: next.token })).status).toBe(200);
    try {
      await outage.begin();
      const call = await room.sos();
      await eventually(
        () =>
          expect(
            hasShown(),
            `${outage.name}: ${[...shown]}\n${room.server.output().slice(-6000)}`,
          ).toBe(true),
        20_000,
      );
      return call;
    } finally {
      await outage.end();
      await load.stop();
    }
  };

  const room: OutageRoom = {
    server,
    desk,
    cookie,
    phones,
    devices,
    mode,
    troubles,
    ask,
    sos: async () => {
      const by = callers[calls.length];
      if (!by) throw new Error("nobody left to call for help");
      const command = envelope("incident.sos", v7(), {}, { deviceAt: Date.now() });
      const call = { command, by };
      calls.push(call);
      const from = performance.now();
      const answering = deliver(call);
      const seen = `incident:${command.ref.id}`;
      await eventually(() => expect(Object.keys(desk.records())).toContain(seen), 10_000);
      const alarmMs = performance.now() - from;
      const answer = await answering;
      if (!answer) throw new Error("a call for help was not answered");
      return { answer, alarmMs };
    },
    through: async (outage) => {
      const shown = new Set<StoreMode>();
      const stopLooking = desk.stores.connection.subscribe(({ storeMode }) => shown.add(storeMode));
      const load = phones.start();
      await pause(300);
      const { answer, alarmMs } = await duringOutage(outage, shown, load);
      await room.expectCalm();
      stopLooking();
      expect(room.server.isRunning()).toBe(true);
      if (outage.journalled) expect(answer.outcome).toBe("JOURNALLED");
      expect(["JOURNALLED", "ACCEPTED"]).toContain(answer.outcome);
      expect(alarmMs).toBeLessThanOrEqual(ALARM_WITHIN_MS);
      process.stdout.write(`${outage.name}: alarm after ${Math.round(alarmMs)} ms\n`);
      tried(`fault: ${outage.name}`, 1);
    },
    expectCalm: async () => {
      // Nobody sends anything: the store has to be found again without a command.
      await eventually(() => expect(mode()).toBe("OK"), CALM_WITHIN_MS);
      await eventually(
        () => expect(troubles().filter((trouble) => OF_STORES.has(trouble))).toEqual([]),
        CALM_WITHIN_MS,
      );
      await phones.sendAgain();
      for (const call of calls) {
        await eventually(async () => {
          expect(await deliver(call)).toMatchObject({ outcome: "ACCEPTED" });
        }, CALM_WITHIN_MS);
      }
      await room.expectSamePicture();
    },
    restart: async () => {
      room.server = await start();
    },
    expectLive: () => eventually(() => expect(kindOf(desk)).toBe("live"), CALM_WITHIN_MS),
    expectSamePicture: async () => {
      const fresh = await openDesk();
      await eventually(() => {
        expect(cursorOf(desk)).toEqual(cursorOf(fresh));
        expect(desk.records()).toEqual(fresh.records());
      }, CALM_WITHIN_MS);
      fresh.close();
    },
    expectKept: async () => {
      // What was slow went to the journal: once it is in the log, sending it again names its commit.
      await journalSettled(journalDir);
      await phones.sendAgain();
      await journalSettled(journalDir);
      await room.server.stop();
      expect(await verifyLog(where)).toMatchObject({ exit: 0 });
      const counts = await expectHistory(recorder, where, journalDir);
      expect(counts.acknowledged).toBe(counts.commands);
      const commands = [...phones.sent(), ...calls].map(({ command }) => command);
      await expectFolded(where, commands);
      tried("acknowledged command: store failures", counts.acknowledged);
    },
    end: async () => {
      for (const page of pages) page.close();
      await Promise.all(roads.map((road) => road.close()));
      if (room.server.isRunning()) await room.server.kill();
      recorder.close();
    },
  };
  return room;
}

async function callersBelow(name: string, devices: readonly DeviceToken[]) {
  const courts = await demoCourts();
  const above = courts.find((court) => court.name === name)?.id;
  const below = courts.filter(({ parentId }) => parentId === above).map(({ id }) => id);
  // The first judicial police of each court are the load.
  return devices.filter(
    ({ officerId }) =>
      below.some((id) => officerId.startsWith(`${id}-`)) && !officerId.endsWith("-police"),
  );
}

const kindOf = (page: ConsolePage) => page.stores.connection.getState().connection.kind;
const cursorOf = (page: ConsolePage) => page.stores.records.getState().cursor;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
