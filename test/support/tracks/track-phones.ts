import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { openTrackFiles } from "../../../server/tracks/track-files.ts";
import { envelope, isAccepted } from "../server/envelope.ts";
import { RawClient } from "../server/raw-client.ts";
import { foldedWorld } from "../server/read-log.ts";
import type { DeviceToken } from "../server/server-process.ts";
import { rowsFound, scopeOfAll } from "./rows.ts";

/** One fix that the server said it had stored. */
export interface AnsweredFix {
  readonly officerId: string;
  readonly deviceAt: number;
}

export interface TrackPhones {
  readonly answered: readonly AnsweredFix[];
  /** Fixes whose answer was that they are not stored. */
  refused(): number;
  sent(): number;
  /** Sends until stopped; `perSecond` over all phones. */
  start(perSecond: number): { stop(): Promise<void> };
  close(): void;
}

const PLACE = { lat: 30.6, lng: 114.3 };
const BATCHES_PER_SECOND = 4;
/** A device by OsmAnd says one fix per request, at most 20 a second. */
const BY_OSMAND_EVERY = 8;
const OSMAND_PAUSE_MS = 100;

/** Phones on duty that move a little, by socket in batches and by OsmAnd one by one. */
export async function openTrackPhones(
  url: string,
  devices: readonly DeviceToken[],
): Promise<TrackPhones> {
  const answered: AnsweredFix[] = [];
  let refused = 0;
  let sent = 0;
  const phones: Phone[] = [];
  for (const by of devices) {
    const socket = await RawClient.open(url, { seat: "field", device: by.token });
    const duty = envelope(
      "officer.setDuty",
      by.officerId,
      { duty: "ON_DUTY" },
      { deviceAt: Date.now() },
    );
    const answer = await socket.ask("command", duty);
    if (!isAccepted(answer)) throw new Error(`not on duty: ${JSON.stringify(answer)}`);
    phones.push({ by, socket, seq: 0, lastAt: Date.now() });
  }
  const fixOf = (phone: Phone) => {
    phone.seq += 1;
    phone.lastAt = Math.max(Date.now(), phone.lastAt + 1);
    sent += 1;
    return { seq: phone.seq, deviceAt: phone.lastAt, ...PLACE, mock: false };
  };
  const note = ({ by }: Phone, times: readonly number[], stored: boolean) => {
    if (stored) for (const deviceAt of times) answered.push({ officerId: by.officerId, deviceAt });
    else refused += times.length;
  };
  const sendBatch = async (phone: Phone, count: number): Promise<void> => {
    const fixes = Array.from({ length: count }, () => fixOf(phone));
    const answer = (await phone.socket.ask("positions", { fixes })) as Stored | undefined;
    // Without an answer the server has died: nobody was told anything.
    if (answer === undefined) return;
    const upTo = answer.storedUpTo ?? -1;
    note(
      phone,
      fixes.filter(({ seq }) => seq <= upTo).map(({ deviceAt }) => deviceAt),
      true,
    );
    note(
      phone,
      fixes.filter(({ seq }) => seq > upTo).map(({ deviceAt }) => deviceAt),
      false,
    );
  };
  const sendOsmand = async (phone: Phone): Promise<void> => {
    const { deviceAt } = fixOf(phone);
    const [id = "", secret = ""] = phone.by.token.split(".");
    const query = new URLSearchParams({ id, lat: "30.6", lon: "114.3", timestamp: `${deviceAt}` });
    const response = await fetch(`${url}/osmand/${secret}?${query}`).catch(() => undefined);
    if (response) note(phone, [deviceAt], response.status === 200);
  };
  return {
    answered,
    refused: () => refused,
    sent: () => sent,
    start: (perSecond) => {
      let over = false;
      const perBatch = perSecond / BATCHES_PER_SECOND / phones.length;
      const liveByOsmand = async (phone: Phone) => {
        while (!over && phone.socket.isOpen) {
          await sendOsmand(phone);
          await pause(OSMAND_PAUSE_MS);
        }
      };
      const liveBySocket = async (phone: Phone) => {
        let owed = Math.random();
        while (!over && phone.socket.isOpen) {
          owed += perBatch;
          const count = Math.floor(owed);
          owed -= count;
          if (count > 0) await sendBatch(phone, count);
          await pause((1_000 / BATCHES_PER_SECOND) * (0.5 + Math.random()));
        }
      };
      const running = Promise.all(
        phones.map((phone, n) => (n % BY_OSMAND_EVERY === 0 ? liveByOsmand : liveBySocket)(phone)),
      );
      return {
        stop: async () => {
          over = true;
          await running;
        },
      };
    },
    close: () => {
      for (const { socket } of phones) socket.terminate();
    },
  };
}

interface Phone {
  readonly by: DeviceToken;
  readonly socket: RawClient;
  seq: number;
  lastAt: number;
}

interface Stored {
  readonly storedUpTo?: number;
}

/** Answered fixes that the files of a server which is not running do not hold. */
export async function missingFrom(
  dataDir: string,
  answered: readonly AnsweredFix[],
  tracksDir = join(dataDir, "tracks"),
): Promise<readonly AnsweredFix[]> {
  if (answered.length === 0) return [];
  const world = await foldedWorld(dataDir);
  const indexOf = new Map([...world.all("officer")].map((one) => [one.id, one.trackIndex]));
  const [folder = ""] = await readdir(tracksDir);
  const times = answered.map(({ deviceAt }) => deviceAt);
  const [from, to] = [Math.min(...times), Math.max(...times)];
  const files = await openTrackFiles({ dir: join(tracksDir, folder), keepDays: 90 }, to);
  const scope = scopeOfAll(Math.max(...indexOf.values()) + 1);
  const found = rowsFound(await files.find({ kind: "WINDOW", from, to, scope }));
  const keys = new Set(found.map(({ trackIndex, at }) => `${trackIndex} ${at}`));
  return answered.filter(
    ({ officerId, deviceAt }) => !keys.has(`${indexOf.get(officerId)} ${deviceAt}`),
  );
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
