import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { demoPeople } from "../server/demo-people.ts";
import type { FaultRoom } from "./fault-room.ts";

export interface CrowdData {
  readonly url: string;
  readonly cookies: readonly string[];
  readonly socketTokens: readonly string[];
  readonly postTokens: readonly string[];
}

export interface CrowdFigures {
  readonly sent: number;
  readonly thrownOut: number;
}

/** Clients that do harm as long as they are let, and come back when they are thrown out. */
export interface HostileCrowd {
  figures(): Promise<CrowdFigures>;
  close(): Promise<void>;
}

/**
 * Stalled ones are consoles of the largest views that ask for snapshots and read nothing, but answer
 * pings blindly so that they are not taken for dead. Half of the flooding ones send by socket as
 * fast as the connection takes it, half by POST with four requests at once each; none sends a call
 * for help, which nobody may limit.
 */
export async function openCrowd(
  room: Pick<FaultRoom, "server" | "cookieOf" | "phones">,
  { stalled, flooding }: { readonly stalled: number; readonly flooding: number },
): Promise<HostileCrowd> {
  const desks = (await demoPeople()).all.filter(({ id }) => id.endsWith("-duty")).slice(0, stalled);
  const cookies: string[] = [];
  for (const { id } of desks) cookies.push(await room.cookieOf(id));
  const tokens = room.phones(flooding).map(({ token }) => token);
  const half = Math.ceil(flooding / 2);
  const workerData: CrowdData = {
    url: room.server.url,
    cookies,
    socketTokens: tokens.slice(0, half),
    postTokens: tokens.slice(half),
  };
  const worker = new Worker(new URL("./crowd-worker.ts", import.meta.url), { workerData });
  await once(worker, "message");
  const ask = async (what: "figures" | "over"): Promise<CrowdFigures> => {
    worker.postMessage(what);
    return ((await once(worker, "message")) as [CrowdFigures])[0];
  };
  return {
    figures: () => ask("figures"),
    close: async () => {
      await ask("over");
      await worker.terminate();
    },
  };
}
