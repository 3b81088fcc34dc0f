/** Phones and trackers that send positions and wait for their answers, in a process of their own. */
import { quantile } from "../figures.ts";
import type { Ingested, IngestOrder, Road } from "./messages.ts";
import { openPhone, type Phone, positionsOf } from "./phones.ts";

const PARTS = 40;
const ANSWERED_WITHIN_MS = 2_000;

const phonesBy: Partial<Record<Road, Phone[]>> = {};
let took: number[] = [];
let isClosed = false;
let sent = 0;

async function open({ road, port, tokens }: Extract<IngestOrder, { do: "open" }>): Promise<void> {
  const phones: Phone[] = [];
  phonesBy[road] = phones;
  for (let from = 0; from < tokens.length; from += PARTS)
    await Promise.all(
      tokens.slice(from, from + PARTS).map(async (token, i) => {
        const n = from + i;
        phones[n] = await openPhone({ road, port, token, n, answered });
      }),
    );
}

function answered(phone: Phone): void {
  const from = phone.waiting.shift();
  if (from === undefined) return;
  took.push(performance.now() - from);
  if (isClosed) send(phone);
}

function send(phone: Phone): void {
  sent += 1;
  phone.send();
}

async function run({ road, load, ms }: Extract<IngestOrder, { do: "run" }>): Promise<Ingested> {
  const phones = phonesBy[road] ?? [];
  took = [];
  sent = 0;
  for (const phone of phones) phone.waiting.length = 0;
  if (load.kind === "CLOSED") await closed(phones.slice(0, load.connections), ms);
  else await paced(phones, load.rate, ms);
  const until = performance.now() + ANSWERED_WITHIN_MS;
  while (took.length < sent && performance.now() < until)
    await new Promise((resolve) => setTimeout(resolve, 5));
  const each = positionsOf(road);
  return {
    sent: sent * each,
    answered: took.length * each,
    p50Ms: quantile(took, 0.5),
    p99Ms: quantile(took, 0.99),
  };
}

async function closed(phones: readonly Phone[], ms: number): Promise<void> {
  isClosed = true;
  for (const phone of phones) send(phone);
  await new Promise((resolve) => setTimeout(resolve, ms));
  isClosed = false;
}

function paced(phones: readonly Phone[], rate: number, ms: number): Promise<void> {
  const from = performance.now();
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      const due = Math.min(ms, performance.now() - from) * (rate / 1_000);
      while (sent < due) {
        const phone = phones[sent % phones.length];
        if (phone) send(phone);
      }
      if (performance.now() - from < ms) return;
      clearInterval(timer);
      resolve();
    }, 1);
  });
}

process.on("message", (order: IngestOrder) => {
  const work = order.do === "open" ? open(order) : run(order);
  work.then(
    (answer) => process.send?.(answer ?? {}),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.on("disconnect", () => process.exit());
