import { v7 } from "uuid";
import { envelope, isAccepted } from "../support/server/envelope.ts";
import { RawClient } from "../support/server/raw-client.ts";
import { type Bench, type Figures, pause, quantile } from "./figures.ts";
import { type Load, startLoad } from "./load.ts";

const CALLS = 200;
const BETWEEN_MS = 60;
const SHOWN_WITHIN_MS = 10_000;

export const sosBench: Bench = {
  soak: true,
  about: `${CALLS} calls for help under the province's load: from sending to the answer, and to the patch at the parent court's console`,
  run: async (rounds) => {
    const seen = new Map<string, (at: number) => void>();
    const load = await startLoad((text) => {
      if (!text.startsWith('42["patch"')) return;
      const at = performance.now();
      for (const [commandId, resolve] of seen) if (text.includes(commandId)) resolve(at);
    });
    await pause(3_000);
    const figures: Figures[] = [];
    for (let round = 0; round < rounds; round += 1) figures.push(await oneRound(load, seen));
    await load.stop();
    return figures;
  },
};

/** Each call by another officer; a second call of one whose first is open joins that one. */
async function oneRound(
  { server, officers }: Load,
  seen: Map<string, (at: number) => void>,
): Promise<Figures> {
  const answered: number[] = [];
  const shown: number[] = [];
  for (let i = 0; i < CALLS; i += 1) {
    const { token } = officers[i % officers.length] ?? { token: "" };
    const phone = await RawClient.open(server.url, { seat: "field", device: token });
    const command = envelope(
      "incident.sos",
      `sos-${v7()}`,
      { place: { lat: 30.6, lng: 114.3 } },
      { deviceAt: Date.now() },
    );
    const isShown = new Promise<number>((resolve) => seen.set(command.id, resolve));
    const from = performance.now();
    const answer = await phone.ask("command", command);
    if (!isAccepted(answer)) throw new Error(`SOS: ${JSON.stringify(answer)}`);
    answered.push(performance.now() - from);
    shown.push(
      (await Promise.race([isShown, pause(SHOWN_WITHIN_MS).then(() => Number.POSITIVE_INFINITY)])) -
        from,
    );
    seen.delete(command.id);
    phone.terminate();
    await pause(BETWEEN_MS);
  }
  return {
    answer_p50_ms: quantile(answered, 0.5),
    answer_p99_ms: quantile(answered, 0.99),
    answer_max_ms: Math.max(...answered),
    shown_p50_ms: quantile(shown, 0.5),
    shown_p99_ms: quantile(shown, 0.99),
    shown_max_ms: Math.max(...shown),
  };
}
