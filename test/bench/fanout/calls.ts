import { v7 } from "uuid";
import { envelope, isAccepted } from "../../support/server/envelope.ts";
import { RawClient } from "../../support/server/raw-client.ts";
import { pause } from "../figures.ts";
import { sharedNow } from "./messages.ts";
import type { BenchProvince } from "./province.ts";

/** A journalled call is imported when the store answers again. */
const MOST_TRIES = 10;
const BETWEEN_TRIES_MS = 500;
/** Multiples of it spread evenly between whole numbers. */
const GOLDEN = 0.618;

/** A call for help as its sender saw it. */
export interface Call {
  readonly id: string;
  readonly sentAt: number;
  /** Durable and answered. */
  readonly answeredAt: number;
}

/** Officers of one court who call for help, and their own desk, which puts each call aside again. */
export class Callers {
  private n = 0;
  private readonly phones: readonly RawClient[];
  private readonly desk: RawClient;

  private constructor(phones: readonly RawClient[], desk: RawClient) {
    this.phones = phones;
    this.desk = desk;
  }

  static async open(port: number, { callers, cookies }: BenchProvince): Promise<Callers> {
    const url = `http://127.0.0.1:${port}`;
    const phones: RawClient[] = [];
    for (const { token } of callers.slice(0, 20))
      phones.push(await RawClient.open(url, { seat: "field", device: token }));
    const desk = await RawClient.open(url, { seat: "console", cookie: cookies.own });
    return new Callers(phones, desk);
  }

  /** That many over the time, each at another moment between two ticks. */
  async call(count: number, ms: number): Promise<Call[]> {
    const calls: Promise<Call>[] = [];
    for (let i = 0; i < count; i += 1) {
      calls.push(this.one());
      await pause((ms / count) * (0.5 + ((i * GOLDEN) % 1)));
    }
    return Promise.all(calls);
  }

  close(): void {
    for (const client of [...this.phones, this.desk]) client.terminate();
  }

  /** Otherwise it would climb from court to court while later rounds are measured. */
  private async putAside(id: string, seq: number): Promise<void> {
    let answer: unknown;
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const over = envelope("incident.falseAlarm", id, { reason: "试" }, made(seq));
      answer = await this.desk.ask("command", over);
      if (isAccepted(answer) || isOver(answer)) return;
      await pause(BETWEEN_TRIES_MS);
    }
    throw new Error(`${id} cannot be put aside: ${JSON.stringify(answer)}`);
  }

  private async one(): Promise<Call> {
    const id = `sos-${v7()}`;
    const phone = this.phones[this.n % this.phones.length] as RawClient;
    this.n += 1;
    const sos = envelope("incident.sos", id, { place: { lat: 30, lng: 114 } }, made(0));
    const sentAt = sharedNow();
    const answer = await phone.ask("command", sos);
    const answeredAt = sharedNow();
    // The figures will show it: such a call reaches no console.
    if (!isTaken(answer)) {
      console.warn(`  a call was not taken: ${JSON.stringify(answer)}`);
      return { id, sentAt, answeredAt };
    }
    await this.putAside(id, (answer as { seq?: number }).seq ?? 0);
    return { id, sentAt, answeredAt };
  }
}

/** JOURNALLED is a store that did not answer within half a second; the figures will show it. */
const isTaken = (answer: unknown): boolean =>
  isAccepted(answer) ||
  (typeof answer === "object" &&
    (answer as { outcome?: unknown } | null)?.outcome === "JOURNALLED");

/** An earlier try was carried out and its answer came too late. */
const isOver = (answer: unknown): boolean =>
  (answer as { refusal?: { code?: unknown } } | null | undefined)?.refusal?.code ===
  "INCIDENT_ENDED";

const made = (knownSeq: number) => ({ deviceAt: Date.now(), knownSeq, knownAt: Date.now() });
