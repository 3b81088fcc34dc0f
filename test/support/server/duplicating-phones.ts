import type { CommandEnvelope } from "../../../shared/wire/command.ts";
import type { EndCall, Recorder } from "../history/recorder.ts";
import { envelope, isAccepted, isJoined } from "./envelope.ts";
import { request } from "./http-client.ts";
import { RawClient } from "./raw-client.ts";
import type { DeviceToken } from "./server-process.ts";

/**
 * Phones that repeat themselves in every way that networks and outboxes do: by both roads at once,
 * twice by one road, later by the other road behind newer commands, and all of it again on demand.
 */
export interface DuplicatingPhones {
  /** Until so many commands have been made in all, or `stop` is called. */
  send(count: number): Promise<void>;
  /** What has no answer yet, and a share of the rest, by the road it did not take first. */
  replay(share: number): Promise<void>;
  /** The id of an accepted command with other content, or from another phone. @returns the answers. */
  misuse(count: number): Promise<readonly unknown[]>;
  stop(): void;
  readonly made: readonly Made[];
}

export interface Made {
  readonly command: CommandEnvelope;
  readonly by: DeviceToken;
  accepted: boolean;
  /** Answered as a repeat of another call for help. */
  joined: boolean;
  /** By HTTP first: its twin goes by socket. */
  readonly byHttp: boolean;
}

/** Share of each way of sending, of 100. The rest goes once, by socket. */
const BOTH_AT_ONCE = 8;
const TWICE_BY_SOCKET = 6;
const LATER_BY_HTTP = 6;
const ONCE_BY_HTTP = 10;
/** 100 commands in 10 s are a person's budget. */
const EVERY_MS = 130;
/** So many newer commands overtake one that comes late. */
const OVERTAKEN_BY = 5;

export function createDuplicatingPhones(
  url: string,
  devices: readonly DeviceToken[],
  recorder: Recorder,
): DuplicatingPhones {
  const made: Made[] = [];
  const lives = devices.map((by) => new Phone(url, by, recorder));
  let isOver = false;

  const make = (phone: Phone, way: number): Made => {
    const command = nextCommand(phone.by, made.length);
    const byHttp = way >= 100 - ONCE_BY_HTTP;
    const one: Made = { command, by: phone.by, accepted: false, joined: false, byHttp };
    made.push(one);
    return one;
  };

  /** @returns what is to come again later. */
  const sendOnce = async (phone: Phone): Promise<readonly Made[]> => {
    const way = Math.random() * 100;
    const one = make(phone, way);
    if (one.byHttp) await phone.http(one);
    else if (way < BOTH_AT_ONCE) await Promise.all([phone.socket(one), phone.http(one)]);
    else if (way < BOTH_AT_ONCE + TWICE_BY_SOCKET)
      await Promise.all([phone.socket(one), phone.socket(one)]);
    else await phone.socket(one);
    const atOnce = BOTH_AT_ONCE + TWICE_BY_SOCKET;
    return way >= atOnce && way < atOnce + LATER_BY_HTTP ? [one] : [];
  };

  const live = async (phone: Phone, count: number): Promise<void> => {
    await phone.dial();
    const late: Made[] = [];
    while (!isOver && made.length < count) {
      const due = performance.now() + EVERY_MS;
      late.push(...(await sendOnce(phone)));
      for (const one of late.splice(0, Math.max(late.length - OVERTAKEN_BY, 0)))
        await phone.http(one);
      await pause(due - performance.now());
    }
    for (const one of late) await phone.http(one);
  };

  const replayAll = async (phone: Phone, list: readonly Made[]): Promise<void> => {
    for (const one of list) {
      do {
        await phone.dial();
        await (one.byHttp && phone.isOpen ? phone.socket(one) : phone.http(one));
        await pause(EVERY_MS);
      } while (!one.accepted && !one.joined);
    }
  };

  const misuseOne = (one: Made, i: number): Promise<unknown> => {
    const [other] = lives.filter(({ by }) => by !== one.by).slice(i % (lives.length - 1));
    const own = lives.find(({ by }) => by === one.by);
    const payload = { ...one.command.payload, text: "另一条" };
    const changed = { ...one.command, payload };
    if (i % 2 === 0) return (other as Phone).ask({ ...one, command: one.command });
    return (own as Phone).ask({ ...one, command: changed });
  };

  return {
    made,
    send: async (count) => {
      isOver = false;
      await Promise.all(lives.map((phone) => live(phone, count)));
    },
    replay: async (share) => {
      const due = made.filter((one) => !one.accepted || Math.random() < share);
      const byPhone = Map.groupBy(due, ({ by }) => by);
      await Promise.all(lives.map((phone) => replayAll(phone, byPhone.get(phone.by) ?? [])));
    },
    misuse: (count) => {
      const messages = made.filter(({ command }) => command.kind === "message.send");
      return Promise.all(messages.slice(-count).map(misuseOne));
    },
    stop: () => {
      isOver = true;
    },
  };
}

class Phone {
  private client: RawClient | undefined;
  readonly by: DeviceToken;
  private readonly url: string;
  private readonly recorder: Recorder;

  constructor(url: string, by: DeviceToken, recorder: Recorder) {
    this.url = url;
    this.by = by;
    this.recorder = recorder;
  }

  get isOpen(): boolean {
    return this.client?.isOpen === true;
  }

  async dial(): Promise<void> {
    if (this.isOpen) return;
    this.client = await RawClient.open(this.url, { seat: "field", device: this.by.token }).catch(
      () => undefined,
    );
  }

  async socket(one: Made): Promise<void> {
    if (!this.client?.isOpen) return;
    const end = this.begin("socket", one.command);
    take(one, end, await this.client.ask("command", one.command));
  }

  async http(one: Made): Promise<void> {
    await this.ask(one);
  }

  async ask(one: Made): Promise<unknown> {
    const end = this.begin("http", one.command);
    const who = { device: this.by.token };
    const answer = await request(this.url, "POST", "/api/commands", who, one.command).catch(
      () => undefined, // the server is gone: nobody knows
    );
    take(one, end, answer?.json);
    return answer?.json;
  }

  private begin(road: "socket" | "http", command: CommandEnvelope): EndCall {
    return this.recorder.invoke(this.by.officerId, road, command, this.by.officerId);
  }
}

function take(one: Made, end: EndCall, answer: unknown): void {
  end(answer);
  if (isJoined(answer)) one.joined = true;
  else if (isAccepted(answer)) one.accepted = true;
}

function nextCommand({ officerId }: DeviceToken, n: number): CommandEnvelope {
  const made = { deviceAt: Date.now() };
  const kind = n % 5;
  if (kind === 0)
    return envelope("incident.sos", `sos-${n}`, { place: { lat: 30.6, lng: 114.3 } }, made);
  if (kind === 1) {
    const toCourtId = officerId.slice(0, officerId.lastIndexOf("-"));
    return envelope("message.send", `msg-${n}`, { toCourtId, text: `第${n}条` }, made);
  }
  const duty = n % 2 === 0 ? "ON_DUTY" : "DEPLOYED";
  return envelope("officer.setDuty", officerId, { duty }, made);
}

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.max(ms, 0)));
