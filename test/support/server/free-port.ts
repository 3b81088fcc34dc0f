import { createServer } from "node:net";

/** Below the range from which the system gives outgoing connections their ports. */
const FIRST = 21_200;
const COUNT = 100;

/** A port that nobody listens on now; the start differs per process, so that two runs rarely meet. */
export async function freePort(first = FIRST): Promise<number> {
  for (let step = 0; step < COUNT; step += 1) {
    const port = first + ((process.pid * 7 + step) % COUNT);
    if (await isFree(port)) return port;
  }
  throw new Error(`no free port from ${first} to ${first + COUNT - 1}`);
}

/** For a server that is killed and must find its port free again: others do not look here. */
export const lastingPort = (): Promise<number> => freePort(FIRST + COUNT);

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
