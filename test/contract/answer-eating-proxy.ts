/** A TCP proxy in front of a server that can swallow what the server answers, or take in nothing. */
import type { AddressInfo, Socket } from "node:net";
import { connect, createServer } from "node:net";

export interface AnswerEatingProxy {
  readonly port: number;
  /** From now on requests arrive and answers do not. */
  swallowAnswers(): void;
  /** From now on nothing is read: what is sent fills the sender's buffers. */
  takeNothing(): void;
  close(): Promise<void>;
}

export async function startAnswerEatingProxy(
  host: string,
  port: number,
): Promise<AnswerEatingProxy> {
  const sockets = new Set<Socket>();
  let swallowing = false;
  let deaf = false;
  const server = createServer((near) => {
    const far = connect(port, host);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("error", () => socket.destroy());
      socket.on("close", () => sockets.delete(socket));
    }
    near.on("data", (bytes) => far.write(bytes));
    if (deaf) near.pause();
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
    takeNothing: () => {
      deaf = true;
      for (const socket of sockets) socket.pause();
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
