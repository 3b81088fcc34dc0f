import type { CommandAnswer, CommandEnvelope } from "../../../shared/wire/command.ts";
import type { Recorder } from "../history/recorder.ts";
import { envelope, isAccepted, isJoined } from "./envelope.ts";
import { request } from "./http-client.ts";
import { RawClient } from "./raw-client.ts";
import type { DeviceToken } from "./server-process.ts";

/** A command with everything that was answered to it. */
export interface SentCommand {
  readonly command: CommandEnvelope;
  readonly by: DeviceToken;
  readonly accepted: CommandAnswer[];
  /** Answered as a repeat of another call for help that is in the log: it has no effect of its own. */
  joined: boolean;
  tries: number;
}

export interface Phones {
  /** All phones send until stopped; `stop` waits for what is on its way. */
  start(): { stop(): Promise<void> };
  /** Ends whatever is under way: a trial that failed must leave no load behind for the next. */
  end(): Promise<void>;
  /** What no answer came to, and a tenth of what was answered, goes again: an outbox after a crash. */
  sendAgain(): Promise<void>;
  /** Each phone makes one more command by HTTP. @throws Error when one is not taken in that time. */
  oneEach(withinMs: number): Promise<void>;
  sent(): readonly SentCommand[];
  /** Resolves when so many more commands have been accepted: on a slow machine a time says little. */
  accepted(more: number): Promise<void>;
}

/** In one life of the server a phone stays near its budget of 100 commands in 10 s. */
const PAUSE_MS = { least: 5, most: 25 };
/** Of what was answered: a share of the newest, and some of all that came before. */
const RECHECKED = { share: 0.1, ofNewest: 2_000, ofOlder: 100 };
const ACCEPTED_WITHIN_MS = 10_000;
/** Far longer than any store needs to come back: who is not answered then never will be. */
const ANSWERED_WITHIN_MS = 120_000;
/** Kinds as often as they stand here. */
const KINDS = ["sos", "message", "message", "detention", "detention", "detention", "duty"] as const;
const SUBJECT = { id: "s1", label: "张**", sex: "M", ageBand: "18_69", flags: [] };

/**
 * Field officers that act by socket, by HTTP, and by both roads with the same id (a seventh of all).
 * @param recorder is told each sending and what came of it.
 */
export function createPhones(
  url: string,
  devices: readonly DeviceToken[],
  recorder: Recorder,
): Phones {
  const sent: SentCommand[] = [];
  const underWay = new Set<() => Promise<void>>();
  const bySocket = (one: SentCommand, socket: RawClient | undefined) =>
    sendBySocket(recorder, one, socket);
  const byHttp = (one: SentCommand) => sendByHttp(recorder, url, one);
  const lives = devices.map((by) => ({
    by,
    detention: undefined as Steps | undefined,
    socket: undefined as RawClient | undefined,
  }));
  type Life = (typeof lives)[number];
  let n = 0;

  const next = (life: Life): CommandEnvelope => {
    n += 1;
    switch (pick(KINDS)) {
      case "sos":
        return envelope("incident.sos", `sos-${n}`, { place: { lat: 30.6, lng: 114.3 } }, made());
      case "message":
        return envelope(
          "message.send",
          `msg-${n}`,
          { toCourtId: courtOf(life.by), text: `第${n}条` },
          made(),
        );
      case "duty":
        return envelope(
          "officer.setDuty",
          life.by.officerId,
          { duty: n % 2 ? "ON_DUTY" : "DEPLOYED" },
          made(),
        );
      case "detention": {
        const steps = life.detention?.length ? life.detention : stepsOf(n);
        life.detention = steps;
        return (steps.shift() as () => CommandEnvelope)();
      }
    }
  };

  const live = async (life: Life, isOver: () => boolean): Promise<void> => {
    life.socket = await RawClient.open(url, { seat: "field", device: life.by.token }).catch(
      () => undefined,
    );
    while (!isOver()) {
      const one: SentCommand = {
        command: next(life),
        by: life.by,
        accepted: [],
        joined: false,
        tries: 0,
      };
      sent.push(one);
      const road = Math.random();
      if (road < 0.45) await bySocket(one, life.socket);
      else if (road < 0.85) await byHttp(one);
      else await Promise.all([bySocket(one, life.socket), byHttp(one)]);
      await pause(PAUSE_MS.least + Math.random() * (PAUSE_MS.most - PAUSE_MS.least));
    }
    life.socket?.terminate();
  };

  return {
    start: () => {
      let over = false;
      const running = Promise.all(lives.map((life) => live(life, () => over)));
      const stop = async (): Promise<void> => {
        over = true;
        await running;
        underWay.delete(stop);
      };
      underWay.add(stop);
      return { stop };
    },
    end: async () => {
      await Promise.all([...underWay].map((stop) => stop()));
    },
    sendAgain: async () => {
      const older = Math.max(sent.length - RECHECKED.ofNewest, 0);
      const isDue = (one: SentCommand, i: number): boolean =>
        (one.accepted.length === 0 && !one.joined) ||
        Math.random() < (i < older ? RECHECKED.ofOlder / older : RECHECKED.share);
      const byPhone = Map.groupBy(sent.filter(isDue), ({ by }) => by.officerId);
      await Promise.all([...byPhone.values()].map((list) => again(list, byHttp)));
    },
    oneEach: async (withinMs) => {
      const ones = lives.map(({ by }) => {
        n += 1;
        const payload = { toCourtId: courtOf(by), text: `第${n}条` };
        const command = envelope("message.send", `msg-${n}`, payload, made());
        return { command, by, accepted: [], joined: false, tries: 0 } satisfies SentCommand;
      });
      sent.push(...ones);
      await Promise.all(ones.map((one) => again([one], byHttp, withinMs)));
    },
    sent: () => sent,
    accepted: async (more) => {
      const count = () => sent.filter(({ accepted }) => accepted.length > 0).length;
      const wanted = count() + more;
      const until = performance.now() + ACCEPTED_WITHIN_MS;
      while (count() < wanted && performance.now() < until) await pause(20);
    },
  };
}

type Steps = (() => CommandEnvelope)[];

/** A person is controlled, brought, taken in and released; the server knows nothing of it before. */
function stepsOf(n: number): Steps {
  const id = `det-${n}`;
  const about = {
    kind: "DETAIN",
    caseNo: `(2026)鄂0102执${n}号`,
    subject: { ...SUBJECT, id: `s${n}` },
  };
  return [
    () => envelope("detention.control", id, { about }, made()),
    () => envelope("detention.transit", id, {}, made()),
    () => envelope("detention.intake", id, { receiptNo: `收${n}` }, made()),
    () => envelope("detention.release", id, {}, made()),
  ];
}

const made = () => ({ deviceAt: Date.now() });

/** `鄂0102-police` sits in `鄂0102`. */
const courtOf = ({ officerId }: DeviceToken): string =>
  officerId.slice(0, officerId.lastIndexOf("-"));

async function again(
  list: readonly SentCommand[],
  send: (one: SentCommand) => Promise<unknown>,
  withinMs = ANSWERED_WITHIN_MS,
): Promise<void> {
  for (const one of list) {
    const until = performance.now() + withinMs;
    for (let answer = await send(one); !isAccepted(answer); answer = await send(one)) {
      if (performance.now() > until)
        throw new Error(
          `${one.command.kind} is not taken in ${withinMs} ms: ${JSON.stringify(answer)}`,
        );
      // The budget of this officer is used up, or the server is still starting.
      await pause(200);
    }
  }
}

async function sendBySocket(
  recorder: Recorder,
  one: SentCommand,
  socket: RawClient | undefined,
): Promise<void> {
  if (!socket?.isOpen) return;
  one.tries += 1;
  const end = recorder.invoke(one.by.officerId, "socket", one.command, one.by.officerId);
  const answer = await socket.ask("command", one.command, 5_000);
  end(answer);
  note(one, answer);
}

async function sendByHttp(recorder: Recorder, url: string, one: SentCommand): Promise<unknown> {
  one.tries += 1;
  const end = recorder.invoke(one.by.officerId, "http", one.command, one.by.officerId);
  const who = { device: one.by.token };
  const answer = await request(url, "POST", "/api/commands", who, one.command).catch(
    () => undefined, // the server was killed: nobody knows
  );
  end(answer?.json);
  note(one, answer?.json);
  return answer?.json ?? answer?.status;
}

function note(one: SentCommand, answer: unknown): void {
  if (isRefused(answer)) throw new Error(`${one.command.kind}: ${JSON.stringify(answer)}`);
  if (isJoined(answer)) one.joined = true;
  else if (isAccepted(answer)) one.accepted.push(answer);
}

/** All that these phones send is lawful: a refusal would make the trial prove less. */
const isRefused = (answer: unknown): boolean =>
  typeof answer === "object" &&
  answer !== null &&
  "outcome" in answer &&
  answer.outcome === "REFUSED";

const pick = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
