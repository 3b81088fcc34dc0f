import { v7 } from "uuid";
import { envelope, isAccepted } from "../support/server/envelope.ts";
import { signIn } from "../support/server/http-client.ts";
import { RawClient } from "../support/server/raw-client.ts";
import { type Bench, type Figures, pause, quantile } from "./figures.ts";
import type { Goal } from "./goals.ts";
import { type Load, OFFICERS, startLoad } from "./load.ts";

const ORDERS = 100;
const BETWEEN_MS = 100;
const SHOWN_WITHIN_MS = 10_000;
const MEDIAN_MS = 300;
const MAX_MS = 2_000;

/** The most is of every round: a median of rounds would hide the worst order. */
const GOALS = (["down", "back"] as const).flatMap((way): Goal[] => {
  const goal = { unit: "ms", better: "LOWER", judged: "FIGURE" } as const;
  const id = `orders ${way}`;
  return [
    { ...goal, id, what: "median", floor: MEDIAN_MS, figure: `${way}_p50_ms` },
    { ...goal, id, what: "worst", floor: MAX_MS, figure: `${way}_max_ms`, of: "WORST" },
  ];
});

export const ordersBench: Bench = {
  soak: true,
  goals: GOALS,
  about: `${ORDERS} orders of the High Court to a basic court with ${OFFICERS} officers moving: to its screen, and its signature back on the High Court's screen`,
  run: async (rounds) => {
    const load = await startLoad();
    const ends = await openEnds(load);
    await pause(3_000);
    const figures: Figures[] = [];
    for (let round = 0; round < rounds; round += 1) figures.push(await oneRound(ends));
    ends.close();
    await load.stop();
    return figures;
  },
};

interface End {
  readonly client: RawClient;
  /** Resolves with the moment at which a patch holds all of these words. */
  seen(...words: readonly string[]): Promise<number>;
}

interface Ends {
  readonly high: End;
  readonly basic: End;
  readonly basicCourtId: string;
  close(): void;
}

async function openEnd(url: string, login: string): Promise<End & { readonly courtId: string }> {
  const waiting = new Set<{ words: readonly string[]; resolve: (at: number) => void }>();
  const client = await RawClient.open(
    url,
    { seat: "console", cookie: await signIn(url, login) },
    {
      onFrame: (text) => {
        if (!text.startsWith('42["patch"')) return;
        const at = performance.now();
        for (const each of waiting) {
          if (!each.words.every((word) => text.includes(word))) continue;
          waiting.delete(each);
          each.resolve(at);
        }
      },
    },
  );
  const hello = client.next("snapshot");
  client.emit("resume", null);
  await hello;
  const response = await fetch(`${url}/api/me`, {
    headers: { cookie: await signIn(url, login) },
  });
  const { courtId } = (await response.json()) as { readonly courtId: string };
  return {
    client,
    courtId,
    seen: (...words) =>
      Promise.race([
        new Promise<number>((resolve) => waiting.add({ words, resolve })),
        pause(SHOWN_WITHIN_MS).then(() => Number.POSITIVE_INFINITY),
      ]),
  };
}

async function openEnds({ server }: Load): Promise<Ends> {
  const high = await openEnd(server.url, "gaoyuan.director");
  const basic = await openEnd(server.url, "jiangan.director");
  return {
    high,
    basic,
    basicCourtId: basic.courtId,
    close: () => {
      high.client.terminate();
      basic.client.terminate();
    },
  };
}

async function send({ client }: End, kind: string, id: string, payload = {}): Promise<void> {
  const answer = await client.ask("command", envelope(kind, id, payload));
  if (!isAccepted(answer)) throw new Error(`${kind}: ${JSON.stringify(answer)}`);
}

/** Down: from sending the order to the basic court's patch. Back: from its signature to the High Court's. */
async function oneRound({ high, basic, basicCourtId }: Ends): Promise<Figures> {
  const down: number[] = [];
  const back: number[] = [];
  for (let i = 0; i < ORDERS; i += 1) {
    const id = `order-${v7()}`;
    const shown = basic.seen(id);
    const sentAt = performance.now();
    const payload = { toCourtIds: [basicCourtId], urgency: "P2", body: "请报送" };
    await send(high, "order.task", id, payload);
    down.push((await shown) - sentAt);
    const signed = high.seen(id, '"SIGNED"');
    const signedAt = performance.now();
    await send(basic, "order.sign", id);
    back.push((await signed) - signedAt);
    await pause(BETWEEN_MS);
  }
  return {
    down_p50_ms: quantile(down, 0.5),
    down_max_ms: Math.max(...down),
    back_p50_ms: quantile(back, 0.5),
    back_max_ms: Math.max(...back),
  };
}
