import { createApi } from "../../link/api.ts";
import { createHttp } from "../../link/http.ts";
import { createRoads } from "../../link/roads.ts";
import { createFieldSocket, type FieldSocketPorts } from "../field-socket.ts";
import { createPhone, type Phone } from "./phone.ts";

/** One simulated seat: a socket of its own, a voice, and a phone that says where it is. */
export interface SeatVoice {
  readonly api: ReturnType<typeof createApi>;
  readonly deliver: ReturnType<typeof createRoads>["deliver"];
  readonly phone: Phone;
  stop(): void;
}

export interface SeatVoicePorts extends Omit<FieldSocketPorts, "stored" | "token"> {
  /** Of its device; who signed in has none. */
  readonly token: string | undefined;
  readonly fetcher: typeof fetch;
  /** People of a linked unit have no phone of the court: they speak by HTTP. */
  readonly bySocket: boolean;
}

export function createSeatVoice(ports: SeatVoicePorts): SeatVoice {
  const { fetcher, token, bySocket, tally } = ports;
  const phone: Phone = createPhone((fixes) => line.sendPositions(fixes));
  const line = createFieldSocket({
    ...ports,
    token: token ?? "",
    stored: (upTo) => tally.positions("stored", phone.stored(upTo)),
  });
  if (bySocket) line.setCovered(true);
  const api = createApi(createHttp(fetcher, () => token));
  const roads = createRoads(() => line.socket(), api);
  return { api, deliver: roads.deliver, phone, stop: line.stop };
}
