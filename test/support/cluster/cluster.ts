import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { expectFolded } from "../history/expect-folded.ts";
import { expectHistory } from "../history/expect-history.ts";
import { journalSettled } from "../history/held-in-journal.ts";
import { createRecorder } from "../history/recorder.ts";
import type { MongoServer } from "../mongo-server.ts";
import type { RedisHere } from "../nodes/redis-here.ts";
import { eventually } from "../server/eventually.ts";
import { freePort } from "../server/free-port.ts";
import { request } from "../server/http-client.ts";
import { createPhones, type Phones } from "../server/phones.ts";
import { readCommands, verifyLog } from "../server/read-log.ts";
import {
  type DeviceToken,
  deviceTokens,
  type ServerProcess,
  spawnServer,
} from "../server/server-process.ts";
import { type ClusterPlace, makeSharedFiles, nodeSettings } from "./node-settings.ts";
import { startStickyProxy } from "./sticky-proxy.ts";

/** Few: the embedded database spends most of its time on two nodes that look at the log's end. */
export const CLUSTER_PHONES = 4;
const NODES = ["node1", "node2"] as const;
/** The embedded database reads by full scans. */
const MOST_COMMITS = 1_000;
const READY_WITHIN_MS = 60_000;

export interface Cluster {
  /** The proxy's address. */
  readonly url: string;
  readonly phones: Phones;
  /** Processes by their place; a node that is started again is another process. */
  readonly nodes: readonly ServerProcess[];
  readonly devices: readonly (readonly DeviceToken[])[];
  /** Starts what ended on its data and port; resolves when it is ready. */
  restart(at: number): Promise<void>;
  /** Both are ready to take traffic. */
  expectReady(): Promise<void>;
  /** Everything is answered in the end, and the log holds it once where the answers said. */
  expectAllAnswered(): Promise<void>;
  /** Each node says of commands that were accepted what the other says. */
  expectAgreement(): Promise<void>;
  /** Ends both and holds log, history and fold against each other. @returns acknowledged commands. */
  expectEffects(): Promise<number>;
  close(): Promise<void>;
}

/**
 * A fresh database with two nodes, a proxy before them, and phones.
 * @param together the nodes start at once: on the embedded database that takes several times as long.
 */
export async function openCluster(
  mongo: MongoServer,
  redis: RedisHere,
  together: boolean,
): Promise<Cluster> {
  const folder = await mkdtemp(join(tmpdir(), "cluster-"));
  const uri = `${mongo.uri.replace(/\/*$/, "/")}cluster_${randomUUID().slice(0, 8)}`;
  const place: ClusterPlace = {
    folder,
    mongo: { uri, allowStandalone: mongo.allowStandalone },
    redisUrl: redis.url,
    origin: `http://127.0.0.1:${await freePort()}`,
  };
  const where = { kind: "mongodb", uri } as const;
  await makeSharedFiles(folder);
  const places = await Promise.all(
    NODES.map(async (name) => ({ name, port: await freePort(), dataDir: join(folder, name) })),
  );
  const journals = places.map(({ dataDir }) => join(dataDir, "emergency"));
  const start = ({ name, port, dataDir }: (typeof places)[number]) =>
    spawnServer({ dataDir, port, env: nodeSettings(place, name) });
  const nodes: ServerProcess[] = [];
  if (together) nodes.push(...(await Promise.all(places.map(start))));
  else for (const one of places) nodes.push(await start(one));
  const proxy = await startStickyProxy(Number(new URL(place.origin).port), places);
  const recorder = createRecorder(join(folder, "history.ndjson"));
  const devices = await Promise.all(places.map(({ dataDir }) => deviceTokens(dataDir)));
  const police = (devices[0] ?? []).filter((d) => /-police2?$/.test(d.officerId));
  const phones = createPhones(proxy.url, police.slice(0, CLUSTER_PHONES), recorder);

  const expectReadyAt = (port: number) =>
    eventually(async () => {
      const { status, text } = await request(`http://127.0.0.1:${port}`, "GET", "/readyz");
      expect(status, text).toBe(200);
    }, READY_WITHIN_MS);
  const settled = async () => {
    for (const journal of journals) await journalSettled(journal);
  };
  const expectStored = async () => {
    expect(await verifyLog(where)).toMatchObject({ exit: 0 });
    return expectHistory(recorder, where, journals);
  };
  return {
    url: proxy.url,
    phones,
    nodes,
    devices,
    restart: async (at) => {
      const one = places[at];
      if (!one) throw new Error(`no node ${at}`);
      nodes[at] = await start(one);
      await expectReadyAt(one.port);
    },
    expectReady: async () => {
      await Promise.all(places.map(({ port }) => expectReadyAt(port)));
    },
    expectAllAnswered: async () => {
      await phones.sendAgain();
      await settled();
      await phones.sendAgain();
      const counts = await expectStored();
      expect(counts.acknowledged).toBe(counts.commands);
    },
    expectAgreement: () =>
      expectAgreement(
        phones,
        places.map(({ port }) => port),
      ),
    expectEffects: async () => {
      await settled();
      await Promise.all(nodes.map((node) => node.kill()));
      await expectFolded(
        where,
        phones.sent().map(({ command }) => command),
      );
      const { acknowledged } = await expectStored();
      expect((await readCommands(where)).at(-1)?.seq).toBeLessThan(MOST_COMMITS);
      return acknowledged;
    },
    close: async () => {
      await phones.end();
      await proxy.close();
      await Promise.all(nodes.map(async (node) => node.isRunning() && node.kill()));
      recorder.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Asked again, each node answers the last command of every phone with the commit that holds it. */
async function expectAgreement(phones: Phones, ports: readonly number[]): Promise<void> {
  const byPhone = Map.groupBy(
    phones.sent().filter(({ accepted, joined }) => accepted.length > 0 && !joined),
    ({ by }) => by.officerId,
  );
  for (const list of byPhone.values()) {
    const last = list.at(-1);
    if (!last) continue;
    const { seq, hash8 } = last.accepted[0] ?? {};
    for (const port of ports) {
      const who = { device: last.by.token };
      const url = `http://127.0.0.1:${port}`;
      // A busy database may make a node say that it does not know: then it is asked again.
      await eventually(async () => {
        const answer = await request(url, "POST", "/api/commands", who, last.command);
        expect(answer.json).toMatchObject({ outcome: "ACCEPTED", seq, hash8 });
      }, READY_WITHIN_MS);
    }
  }
}
