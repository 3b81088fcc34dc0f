import { v7 } from "uuid";
import type { Duty } from "../../shared/domain/officer/state.ts";
import type { PutRecord } from "../../shared/wire/live.ts";
import type { Platform } from "../store/platform.ts";
import { createChance } from "./chance.ts";
import type { DeviceToken } from "./crews.ts";
import { createDesk } from "./desk.ts";
import { SET_DUTY } from "./duty-story.ts";
import { DAY_BEGINS_S, DAY_ENDS_S, FIRST_SOS_AFTER_MS } from "./figures.ts";
import { leftoverStory } from "./leftovers.ts";
import { type CourtPlace, readPlaces } from "./places.ts";
import { type DayPlan, planDay } from "./plan.ts";
import { createReactor, type Reaction } from "./reactions.ts";
import { createSlots } from "./slots.ts";
import { createTally, type SimulatorReport } from "./tally.ts";
import { createTeller } from "./teller.ts";
import { createTerminal, type Terminal } from "./terminal.ts";
import { createTimetable, type Timetable } from "./timetable.ts";
import type { Voice } from "./voice.ts";

export interface SimulatorOptions {
  readonly url: string;
  readonly tokens: readonly DeviceToken[];
  /** Terminals in the field. */
  readonly officers: number;
  readonly seed: number;
  /** Seconds of the plan per second. */
  readonly speed: number;
  /** Second of the day at which the plan begins; 09:00 when not given. */
  readonly startS?: number;
  readonly places?: readonly CourtPlace[];
  /** Time and timers; the machine's when not given. */
  readonly clock?: Pick<Platform, "wallMs" | "monoMs" | "after" | "every">;
  /** Tells this run's records from those of others; made from the time when not given. */
  readonly runId?: string;
}

export interface Simulator {
  report(): SimulatorReport;
  stop(): void;
}

const NINE_S = 9 * 3_600;
const TICK_MS = 200;
const MOST_DIALS = 50;
const MOST_COMMANDS = 32;

/** Plays the province until it is stopped. What is chance follows from the seed, what is time from the clock. */
export function startSimulator(options: SimulatorOptions): Simulator {
  const { url, tokens, officers, seed, speed, startS = NINE_S } = options;
  const clock = options.clock ?? machineClock();
  const places = options.places ?? readPlaces();
  const runId = options.runId ?? Math.floor(clock.wallMs() / 1_000).toString(36);
  const fetcher: typeof fetch = (path, init) => fetch(`${url}${String(path)}`, init);
  const chance = createChance(`${seed}/delays`);
  const platform: Platform = { ...clock, random: () => chance.next(), newId: () => v7() };
  const tally = createTally();
  const dials = createSlots(MOST_DIALS);
  const tokenOf = new Map(tokens.map(({ officerId, token }) => [officerId, token]));
  const terminals = new Map<string, Terminal>();
  const desks = new Map<string, Voice>();

  const voiceOf = (officerId: string): Voice | undefined => {
    const known = terminals.get(officerId) ?? desks.get(officerId);
    const token = tokenOf.get(officerId);
    if (known || token === undefined) return known;
    const desk = createDesk(token, fetcher);
    desks.set(officerId, desk);
    return desk;
  };
  const teller = createTeller({
    platform,
    voiceOf,
    slots: createSlots(MOST_COMMANDS),
    tally,
    accepted: ({ kind, by, payload }) => {
      if (kind === SET_DUTY) terminals.get(by)?.setDuty(payload["duty"] as Duty);
    },
  });

  const tidied = new Set<string>();
  const tidy = (put: PutRecord) => {
    const story = leftoverStory(put, runId, (id) => tokenOf.has(id));
    if (!story || tidied.has(story.id)) return;
    tidied.add(story.id);
    story.steps.forEach((step, n) => {
      teller.add(story.id, n, step);
    });
  };
  const later = ({ key, afterMs, step }: Reaction) => {
    const id = `sim-${runId}-re-${key}`;
    platform.after(chance.between(...afterMs), () => teller.add(id, 0, step));
  };
  const reactor = createReactor(later);
  const heard = (me: string) => (puts: readonly PutRecord[]) => {
    for (const put of puts) tidy(put);
    reactor.hear(puts, me);
  };

  const openDay = (day: number): DayPlan => {
    const year = new Date(clock.wallMs()).getUTCFullYear();
    const plan = planDay({ places, tokens, officers, seed, speed, runId, day, year });
    for (const own of plan.terminals) {
      const { officerId } = own;
      const known = terminals.get(officerId);
      const token = tokenOf.get(officerId);
      if (known) known.follow(own);
      else if (token !== undefined) {
        const forked = createChance(`${seed}/phone-${officerId}`);
        const ports = { url, token, platform, dials, tally, fetcher, speed, chance: forked };
        terminals.set(officerId, createTerminal(own, { ...ports, heard: heard(officerId) }));
      }
    }
    return plan;
  };

  let day = 0;
  let beganMs = clock.monoMs();
  let beganS = startS;
  const alarmsFromS = startS + (FIRST_SOS_AFTER_MS / 1_000) * speed;
  let timetable: Timetable = createTimetable(openDay(day).stories, startS, alarmsFromS);

  const tick = () => {
    const monoMs = clock.monoMs();
    const planS = beganS + ((monoMs - beganMs) / 1_000) * speed;
    for (const { storyId, n, step } of timetable.due(planS)) teller.add(storyId, n, step);
    for (const terminal of terminals.values()) {
      terminal.tick({ planS, monoMs, wallMs: clock.wallMs() });
    }
    if (planS < DAY_ENDS_S) return;
    day += 1;
    beganMs = monoMs;
    beganS = DAY_BEGINS_S;
    timetable = createTimetable(openDay(day).stories, DAY_BEGINS_S, DAY_BEGINS_S);
  };
  const stopTicking = clock.every(TICK_MS, tick);
  tick();

  return {
    report: () => tally.report(terminals.size),
    stop() {
      stopTicking();
      teller.stop();
      for (const terminal of terminals.values()) terminal.stop();
    },
  };
}

const machineClock = (): Pick<Platform, "wallMs" | "monoMs" | "after" | "every"> => ({
  wallMs: () => Date.now(),
  monoMs: () => performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  every: (ms, run) => {
    const timer = setInterval(run, ms);
    return () => clearInterval(timer);
  },
});
