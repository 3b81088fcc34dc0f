/** What a phone says, by each of the roads. */
import { connect, type Socket } from "node:net";
import { type BatchFix, encodeBatch } from "../../../shared/wire/position-batch.ts";
import { openRawSocket } from "../raw-socket.ts";
import { BATCH_FIXES, type Road } from "./messages.ts";

export interface Phone {
  /** One message with the next positions. */
  send(): void;
  end(): void;
  /** When those were sent that are not answered. */
  readonly waiting: number[];
}

export interface PhoneOptions {
  readonly road: Road;
  readonly port: number;
  readonly token: string | null;
  readonly n: number;
  readonly answered: (phone: Phone) => void;
}

export const positionsOf = (road: Road): number => (road === "BATCH" ? BATCH_FIXES : 1);

/** Walks on by centimetres; no two of its fixes are of the same millisecond. */
function walker(n: number): (count: number) => BatchFix[] {
  let seq = 0;
  let lastAt = 0;
  return (count) => {
    const from = Math.max(lastAt + 1, Date.now() - count + 1);
    lastAt = from + count - 1;
    return Array.from({ length: count }, (_, i) => {
      seq += 1;
      const lat = 30 + (n % 100) / 1_000 + (seq % 100_000) / 1e7;
      return { seq, deviceAt: from + i, lat, lng: 114, speedMps: 2, mock: false };
    });
  };
}

export function openPhone(options: PhoneOptions): Promise<Phone> {
  return options.road === "HTTP" ? openTracker(options) : openSocketPhone(options);
}

async function openSocketPhone({ road, port, token, n, answered }: PhoneOptions): Promise<Phone> {
  const walk = walker(n);
  const socket = await openRawSocket({
    port,
    path: token === null ? "/" : "/socket.io/?EIO=4&transport=websocket",
    ...(token === null ? {} : { auth: { seat: "field", device: token } }),
    isWhole: false,
    onBinary: () => undefined,
    onText: (text) => {
      if (text.startsWith("43") || text.startsWith('42["stored"')) answered(phone);
    },
  });
  const phone: Phone = {
    waiting: [],
    end: () => socket.end(),
    send: () => {
      phone.waiting.push(performance.now());
      const fixes = walk(positionsOf(road));
      if (road !== "JSON") socket.sendBytes(encodeBatch(fixes));
      else socket.send(`42${fixes[0]?.seq}${JSON.stringify(["positions", { fixes }])}`);
    },
  };
  return phone;
}

const OK = "HTTP/1.1 200";

/** Keeps its connection, as one behind a gateway does, and makes another when it was cut for idling. */
async function openTracker({ port, token, n, answered }: PhoneOptions): Promise<Phone> {
  const [id = "", secret = ""] = (token ?? `d${n}.secret`).split(".");
  const walk = walker(n);
  const dial = () => {
    const made = connect({ port, host: "127.0.0.1" });
    made.setEncoding("latin1");
    made.on("error", () => undefined);
    made.on("data", (text) => {
      for (let at = text.indexOf(OK); at >= 0; at = text.indexOf(OK, at + 1)) answered(phone);
    });
    return made;
  };
  let socket: Socket | undefined;
  const phone: Phone = {
    waiting: [],
    end: () => socket?.destroy(),
    send: () => {
      phone.waiting.push(performance.now());
      const [fix] = walk(1);
      const query = `id=${id}&lat=${fix?.lat}&lon=${fix?.lng}&speed=4&timestamp=${fix?.deviceAt}`;
      if (!socket?.writable) socket = dial();
      socket.write(`GET /osmand/${secret}?${query} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
    },
  };
  return phone;
}
