import { v7 } from "uuid";
import { envelope, isAccepted } from "../../support/server/envelope.ts";
import { RawClient } from "../../support/server/raw-client.ts";
import type { MapRoom } from "./room.ts";

/** Somebody of the High Court calls for help, which its own wall shows; its desk puts it aside again. */
export interface Alarm {
  raise(): Promise<() => Promise<void>>;
  close(): void;
}

export async function openAlarm({ url, province }: MapRoom): Promise<Alarm> {
  const [one = "", other = ""] = province.cookies.high;
  const phone = await RawClient.open(url, { seat: "field", cookie: one });
  const desk = await RawClient.open(url, { seat: "console", cookie: other });
  const ask = async (client: RawClient, command: object): Promise<number> => {
    const answer = await client.ask("command", command);
    if (!isAccepted(answer)) throw new Error(JSON.stringify(answer));
    return (answer as { seq?: number }).seq ?? 0;
  };
  return {
    async raise() {
      const id = `sos-${v7()}`;
      const place = { lat: 30.6, lng: 112 };
      const call = envelope("incident.sos", id, { place }, made(0));
      const seq = await ask(phone, call);
      return async () => {
        const reason = { reason: "试" };
        const over = await ask(desk, envelope("incident.falseAlarm", id, reason, made(seq)));
        // The call had asked the police for help: left open, it would be one matter more.
        await ask(desk, envelope("police.cancel", `${call.id}:police`, reason, made(over)));
      };
    },
    close() {
      phone.terminate();
      desk.terminate();
    },
  };
}

const made = (knownSeq: number) => ({ deviceAt: Date.now(), knownSeq, knownAt: Date.now() });
