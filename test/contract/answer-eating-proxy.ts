/** A TCP proxy in front of a server that can swallow what the server answers. */
import type { AddressInfo, Socket } from "node:net";
import { connect, createServer } from "node:net";

export interface AnswerEatingProxy {
  readonly port: number;
  /** From now on requests arrive and answers do not. */
  swallowAnswers(): void;
  close(): Promise<void>;
}

export async function startAnswerEatingProxy(
  host: string,
  port: number,
): Promise<AnswerEatingProxy> {
  const sockets = new Set<Socket>();
  let swallowing = false;
  const server = createServer((near) => {
    const far = connect(port, host);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("error", () => socket.destroy());
      socket.on("close", () => sockets.delete(socket));
    }
    near.on("data", (bytes) => far.write(bytes));
    near.on("close", () => far.end());
    far.on("data", (bytes) => {
      if (!swallowing) near.write(bytes);
    });
    far.on("close", () => near.end());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    swallowAnswers: () => {
      swallowing = true;
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
