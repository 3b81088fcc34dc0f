import { connect, createServer, type Server, type Socket } from "node:net";
import { splitFrames } from "./websocket-frames.ts";

/**
 * A road between client and server that can fail as roads do. Cut, it is silent: no byte passes and
 * no end is told (a black hole), and nobody new gets through.
 */
export interface CutProxy {
  /** e.g. `http://127.0.0.1:21210` */
  readonly url: string;
  cut(): void;
  /** New connections pass again; the old ones stay dead, as after a change of network. */
  mend(): void;
  /** Ends every connection with a reset. */
  reset(): void;
  /** The next text frame from the server that matches is lost, and nothing else. */
  loseNext(matches: (text: string) => boolean): void;
  /** Text frames that were lost by `loseNext`. */
  lost(): number;
  close(): Promise<void>;
}

export interface CutProxyOptions {
  readonly port: number;
  /** Port of the server. */
  readonly target: number;
  /** Header lines added to each request, e.g. the cookie that a browser would send. */
  readonly headers?: readonly string[];
}

export async function startCutProxy({
  port,
  target,
  headers = [],
}: CutProxyOptions): Promise<CutProxy> {
  const pairs = new Set<{ readonly client: Socket; readonly server: Socket; isDead: boolean }>();
  let isCut = false;
  let losing: ((text: string) => boolean) | undefined;
  let lost = 0;

  /** What passes of a chunk from the server: all but the frame that is to be lost. */
  const filter = (frames: readonly { readonly bytes: Buffer; readonly text?: string }[]): Buffer =>
    Buffer.concat(
      frames.flatMap(({ bytes, text }) => {
        if (text === undefined || !losing?.(text)) return [bytes];
        losing = undefined;
        lost += 1;
        return [];
      }),
    );

  const proxy: Server = createServer((client) => {
    const server = connect(target, "127.0.0.1");
    const pair = { client, server, isDead: isCut };
    pairs.add(pair);
    const split = splitFrames();
    let head: string | undefined = "";
    client.on("data", (chunk) => {
      if (pair.isDead) return;
      if (head === undefined) return void server.write(chunk);
      head += chunk.toString("latin1");
      const end = head.indexOf("\r\n");
      if (!head.includes("\r\n\r\n")) return;
      const lines = headers.map((line) => `${line}\r\n`).join("");
      server.write(`${head.slice(0, end + 2)}${lines}${head.slice(end + 2)}`, "latin1");
      head = undefined;
    });
    server.on("data", (chunk) => {
      if (!pair.isDead) client.write(filter(split(chunk)));
    });
    const end = (): void => {
      if (pair.isDead) return; // a black hole tells nobody
      pairs.delete(pair);
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) {
      socket.on("close", end);
      socket.on("error", end);
    }
  });
  await new Promise<void>((resolve, reject) => {
    proxy.once("error", reject);
    proxy.listen(port, "127.0.0.1", resolve);
  });
  const destroyAll = (): void => {
    for (const { client, server } of pairs) {
      client.destroy();
      server.destroy();
    }
    pairs.clear();
  };
  return {
    url: `http://127.0.0.1:${port}`,
    cut: () => {
      isCut = true;
      for (const pair of pairs) pair.isDead = true;
    },
    mend: () => {
      isCut = false;
    },
    reset: destroyAll,
    loseNext: (matches) => {
      losing = matches;
    },
    lost: () => lost,
    close: async () => {
      destroyAll();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
}
