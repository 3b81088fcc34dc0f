import type { Server } from "node:http";
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { type Status, statusSchema } from "./status-server.ts";

export interface Place {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  /** Of the data folder: only a sentinel of the same one is replaced. */
  readonly sentinel: string;
}

const ASK_WITHIN_MS = 2_000;
const GONE_WITHIN_MS = 5_000;
const LOOK_EVERY_MS = 100;

/**
 * Listens; where an older sentinel of the same data folder holds the port, ends that one first.
 * @returns TAKEN when somebody else has the port.
 */
export async function takePort(server: Server, place: Place): Promise<"LISTENING" | "TAKEN"> {
  if (await listens(server, place)) return "LISTENING";
  const older = await ask(place);
  if (older?.sentinel !== place.sentinel || older.pid === process.pid) return "TAKEN";
  try {
    process.kill(older.pid, "SIGTERM");
  } catch {
    return "TAKEN"; // of another user
  }
  const until = performance.now() + GONE_WITHIN_MS;
  while (performance.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    if (await listens(server, place)) return "LISTENING";
  }
  return "TAKEN";
}

function listens(server: Server, { host, port }: Place): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void => {
      if (error.code === "EADDRINUSE") resolve(false);
      else reject(error);
    };
    server.once("error", failed);
    server.listen(port, host, () => {
      server.off("error", failed);
      resolve(true);
    });
  });
}

/** Asks on this machine, whose certificate need not be known here: nothing secret is said. */
function ask({ host, port, tls }: Place): Promise<Status | undefined> {
  const everywhere = host === "0.0.0.0" || host === "::";
  const options = {
    host: everywhere ? "127.0.0.1" : host,
    port,
    path: "/status",
    timeout: ASK_WITHIN_MS,
    rejectUnauthorized: false,
  };
  return new Promise((resolve) => {
    const request = (tls ? httpsRequest : httpRequest)(options, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        text += chunk.slice(0, 4_096);
        if (text.length > 4_096) request.destroy();
      });
      response.on("end", () => resolve(readStatus(text)));
    });
    request.on("timeout", () => request.destroy());
    request.on("error", () => resolve(undefined));
    request.on("close", () => resolve(undefined));
    request.end();
  });
}

function readStatus(text: string): Status | undefined {
  try {
    return statusSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
