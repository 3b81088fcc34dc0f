/** The consoles that come back, in a process of their own: bare sockets that count what they get. */
import { quantile } from "../figures.ts";
import { openRawSocket, type RawSocket } from "../raw-socket.ts";
import type { StormConsole, Stormed, ToClients } from "./messages.ts";

const PARTS = 40;
const GIVEN_UP_MS = 60_000;
const HEAD = 200;

let sockets: RawSocket[] = [];
let cursors: (string | undefined)[] = [];

/** Resolves when the picture, or what was missed, is there whole. */
function comeBack(port: number, one: StormConsole, i: number, cursor?: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("not served in time")), GIVEN_UP_MS);
    const onText = (text: string) => {
      const isAnswer = /^42\["(snapshot|patch)"/.test(text);
      if (!isAnswer) return;
      const [, to, hash8] = /"to":(\d+),"hash8":"(\w+)"/.exec(text.slice(0, HEAD)) ?? [];
      if (to) cursors[i] = `{"seq":${to},"hash8":"${hash8}"}`;
      clearTimeout(timer);
      resolve(text.length);
    };
    openRawSocket({
      port,
      ...one,
      ...(one.cookie === undefined ? {} : { auth: { seat: "console" } }),
      isWhole: false,
      onBinary: () => undefined,
      onText,
    }).then((socket) => {
      sockets.push(socket);
      if (one.cookie !== undefined) socket.send(`42["resume",${cursor ?? "null"}]`);
    }, reject);
  });
}

async function storm(order: Extract<ToClients, { do: "storm" }>): Promise<Stormed> {
  const known = cursors;
  cursors = [];
  const begun = performance.now();
  const times: number[] = [];
  const bytes = await Promise.all(
    order.consoles.map(async (one, i) => {
      const length = await comeBack(
        order.port,
        one,
        i,
        order.from === "CURSOR" ? known[i] : undefined,
      );
      times.push(performance.now() - begun);
      return length;
    }),
  );
  return {
    allMs: Math.max(...times),
    p50Ms: quantile(times, 0.5),
    bytes: bytes.reduce((sum, length) => sum + length, 0) / bytes.length,
  };
}

async function take(order: ToClients): Promise<unknown> {
  switch (order.do) {
    case "storm":
      return storm(order);
    case "idle":
      for (let from = 0; from < order.consoles.length; from += PARTS)
        await Promise.all(
          order.consoles
            .slice(from, from + PARTS)
            .map((one, i) => comeBack(order.port, one, from + i)),
        );
      return {};
    case "drop":
      for (const socket of sockets) socket.end();
      sockets = [];
      return {};
  }
}

process.on("message", (order: ToClients) => {
  take(order).then(
    (answer) => process.send?.(answer),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.on("disconnect", () => process.exit());
