import { v7 } from "uuid";
import { playersOf, type Scenario } from "../../../shared/exercise/scenario.ts";
import type { ExerciseStatus } from "../../../shared/wire/exercise.ts";
import type { PutRecord } from "../../../shared/wire/live.ts";
import { type Api, createApi } from "../../link/api.ts";
import { createHttp } from "../../link/http.ts";
import type { Platform } from "../../store/platform.ts";
import { machineClock, type SimulatorClock } from "../machine-clock.ts";
import { createReactor } from "../reactions.ts";
import { createSlots } from "../slots.ts";
import { createTally, type SimulatorReport } from "../tally.ts";
import { createCheckIns } from "./check-ins.ts";
import { isDesk, type SeatKey, signedInFetcher } from "./desk-key.ts";
import { createHands, type Hands, type Seated } from "./hands.ts";
import { whereabouts } from "./movement.ts";
import { createSeatVoice } from "./seat-voice.ts";

export interface ExercisePlayerOptions {
  readonly url: string;
  readonly scenario: Scenario;
  /** By the ids of the exercise's devices, `exercise-device-SEAT`, or by a desk's login, SEAT. */
  readonly tokens: readonly SeatKey[];
  /** Seconds of the scenario per second, as the server was told: how often it is looked at. */
  readonly speed?: number;
  readonly clock?: SimulatorClock;
  /** What a person at the terminal should read. */
  readonly say?: (line: string) => void;
}

export interface ExercisePlayer {
  report(): SimulatorReport;
  stop(): void;
}

/** How often one looks, and moves, at speed 1; faster when time is, within what a machine bears. */
const LOOK_MS = 500;
const LEAST_LOOK_MS = 100;
const MOVE_MS = 5_000;
const LEAST_MOVE_MS = 1_000;
const MOST_DIALS = 20;
/** People of one group do not speak in chorus. */
const STAGGER_MS = 1_500;
/** After a refusal the same step is tried again: whoever is in the way may have done his part. */
const AGAIN_MS = 10_000;
const DEVICE = /^exercise-device-([a-z0-9-]+)\./;

/**
 * Plays the seats at which nobody sits. The server says whose turn it is, from the log; here it is
 * carried out, by the seat's own key and the commands that a person would give.
 */
export function playExercise(options: ExercisePlayerOptions): ExercisePlayer {
  const { scenario, speed = 1, say = () => undefined } = options;
  const clock = options.clock ?? machineClock();
  const platform: Platform = { ...clock, random: () => 0.5, newId: () => v7() };
  const tally = createTally();
  const look: Look = { status: undefined, heardMs: 0 };
  const seats = takeSeats(options, platform, tally, (puts, me) => heard(puts, me));
  const hands = createHands({ scenario, platform, tally, seats, say, status: () => look.status });
  const checkIns = createCheckIns(platform, (officerId, id) =>
    hands.free(officerId, "checkin.sign", { type: "checkin", id }, {}),
  );
  const reactor = createReactor(({ afterMs, step }) => {
    platform.after(afterMs[0], () => hands.free(step.by, step.kind, step.ref, step.payload));
  });
  const heard = (puts: readonly PutRecord[], officerId: string): void => {
    checkIns.hear(puts, officerId);
    reactor.hear(puts, officerId);
  };
  const api = createApi(createHttp(fetcherOf(options), () => tokenOf(options.tokens[0])));
  const lookMs = Math.max(LEAST_LOOK_MS, LOOK_MS / speed);
  const stopLooking = watch(api, { ...platform, lookMs }, look, (status) =>
    takeTurns(status, hands, platform),
  );
  const moveMs = Math.max(LEAST_MOVE_MS, MOVE_MS / speed);
  const stopMoving = platform.every(moveMs, () => move(scenario, look, seats, platform));
  return {
    report: () => tally.report(seats.size),
    stop() {
      stopLooking();
      stopMoving();
      checkIns.stop();
      for (const { voice } of seats.values()) voice.stop();
    },
  };
}

/** What was last heard of the exercise, and when by the own clock. */
interface Look {
  status: ExerciseStatus | undefined;
  heardMs: number;
}

const tokenOf = (key: SeatKey | undefined): string | undefined =>
  key === undefined || isDesk(key) ? undefined : key.token;

const seatOf = (key: SeatKey): string =>
  isDesk(key) ? key.login : (DEVICE.exec(key.token)?.[1] ?? "");

const fetcherOf =
  ({ url }: ExercisePlayerOptions): typeof fetch =>
  (path, init) =>
    fetch(`${url}${String(path)}`, init);

function takeSeats(
  options: ExercisePlayerOptions,
  platform: Platform,
  tally: ReturnType<typeof createTally>,
  heard: (puts: readonly PutRecord[], officerId: string) => void,
): ReadonlyMap<string, Seated> {
  const { url, tokens } = options;
  const dials = createSlots(MOST_DIALS);
  const players = new Map(playersOf(options.scenario).map((player) => [player.seat, player]));
  return new Map(
    tokens.flatMap((key) => {
      const { officerId } = key;
      const seat = seatOf(key);
      const player = players.get(seat);
      if (!player) return [];
      const bySocket = !isDesk(key);
      const token = tokenOf(key);
      const fetcher = isDesk(key) ? signedInFetcher(url, key) : fetcherOf(options);
      const voice = createSeatVoice({
        ...{ url, token, platform, dials, tally, fetcher, bySocket },
        heard: (puts) => heard(puts, officerId),
      });
      return [[seat, { voice, officerId, player }] as const];
    }),
  );
}

function watch(
  api: Api,
  platform: Platform & { readonly lookMs: number },
  look: Look,
  heard: (status: ExerciseStatus) => void,
): () => void {
  let asking = false;
  const ask = async (): Promise<void> => {
    const read = await api.exercise();
    if (!read.ok) return;
    look.status = read.value;
    look.heardMs = platform.monoMs();
    heard(read.value);
  };
  return platform.every(platform.lookMs, () => {
    if (asking) return;
    asking = true;
    // Never rejects: a failed call is a value.
    void ask().finally(() => {
      asking = false;
    });
  });
}

function takeTurns({ turns, speed }: ExerciseStatus, hands: Hands, platform: Platform): void {
  const free = turns.filter(({ step, seat }) => hands.begin(step, seat, AGAIN_MS));
  for (const [n, { step, seat }] of free.entries()) {
    const wait = free.length > 1 ? (STAGGER_MS * n) / free.length / speed : 0;
    platform.after(wait, () => hands.carryOut(step, seat));
  }
}

function move(
  scenario: Scenario,
  { status, heardMs }: Look,
  seats: ReadonlyMap<string, Seated>,
  platform: Platform,
): void {
  if (!status || status.endedAt !== undefined) return;
  const now = status.at + (platform.monoMs() - heardMs);
  const people = new Set(status.seats.flatMap(({ person, seat }) => (person ? [seat] : [])));
  for (const [name, here] of whereabouts(scenario, status, now)) {
    if (!people.has(name)) seats.get(name)?.voice.phone.measure(here, platform.wallMs());
  }
}
