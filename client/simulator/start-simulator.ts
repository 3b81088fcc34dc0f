import { v7 } from "uuid";
import * as z from "zod";
import type { PutRecord } from "../../shared/wire/live.ts";
import { registryPayloads } from "../../shared/wire/payloads/registry.ts";
import type { Platform } from "../store/platform.ts";
import { createCast } from "./cast.ts";
import { createChance } from "./chance.ts";
import type { DeviceToken } from "./crews.ts";
import { createDayLoop } from "./day-loop.ts";
import { SET_DUTY } from "./duty-story.ts";
import { leftoverStory } from "./leftovers.ts";
import { machineClock, type SimulatorClock } from "./machine-clock.ts";
import { runPrefix } from "./papers.ts";
import { type CourtPlace, readPlaces } from "./places.ts";
import { planDay } from "./plan.ts";
import { createReactor, type Reaction } from "./reactions.ts";
import { createSlots } from "./slots.ts";
import type { Step, Story } from "./story.ts";
import { createTally, type SimulatorReport } from "./tally.ts";
import { createTeller } from "./teller.ts";

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
  readonly clock?: SimulatorClock;
  /** Tells this run's records from those of others; made from the time when not given. */
  readonly runId?: string;
}

export interface Simulator {
  report(): SimulatorReport;
  stop(): void;
}

const NINE_S = 9 * 3_600;
const TICK_MS = 200;
const MOST_COMMANDS = 32;

/** Plays the province until it is stopped: chance follows from the seed, time from the clock. */
export function startSimulator(options: SimulatorOptions): Simulator {
  const { tokens, officers, seed, speed, startS = NINE_S } = options;
  const clock = options.clock ?? machineClock();
  const places = options.places ?? readPlaces();
  const runId = options.runId ?? Math.floor(clock.wallMs() / 1_000).toString(36);
  const chance = createChance(`${seed}/delays`);
  const platform: Platform = { ...clock, random: () => chance.next(), newId: () => v7() };
  const tally = createTally();
  const heard = (puts: readonly PutRecord[], me: string): void => {
    for (const put of puts) tidy(leftoverStory(put, runId, cast.isPlayed));
    reactor.hear(puts, me);
  };
  const cast = createCast({ ...options, platform, tally, heard });
  const teller = createTeller({
    platform,
    tally,
    voiceOf: cast.voiceOf,
    slots: createSlots(MOST_COMMANDS),
    accepted: (step) => followDuty(step, cast.setDuty),
  });
  const tidy = once((story) => {
    story.steps.forEach((step, n) => {
      teller.add(story.id, n, step);
    });
  });
  const reactor = createReactor(({ key, afterMs, step }: Reaction) => {
    const id = `${runPrefix(runId)}re-${key}`;
    platform.after(chance.between(...afterMs), () => teller.add(id, 0, step));
  });
  const loop = createDayLoop({ monoMs: clock.monoMs(), startS, speed }, (day) => {
    const year = new Date(clock.wallMs()).getUTCFullYear();
    const plan = planDay({ places, tokens, officers, seed, speed, runId, day, year });
    cast.follow(plan.terminals);
    return plan;
  });
  const tick = (): void => {
    const monoMs = clock.monoMs();
    const { planS, due } = loop.at(monoMs);
    for (const { storyId, n, step } of due) teller.add(storyId, n, step);
    cast.tick({ planS, monoMs, wallMs: clock.wallMs() });
  };
  const stopTicking = clock.every(TICK_MS, tick);
  tick();
  return {
    report: () => tally.report(cast.size()),
    stop() {
      stopTicking();
      teller.stop();
      cast.stop();
    },
  };
}

const dutyPayload = z.looseObject({ duty: registryPayloads["officer.setDuty"].shape.duty });

/** A phone is silent until the server knows that its officer is on duty. */
function followDuty({ kind, by, payload }: Step, set: ReturnType<typeof createCast>["setDuty"]) {
  if (kind === SET_DUTY) set(by, dutyPayload.parse(payload).duty);
}

/** Each story once, by its id. */
function once(tell: (story: Story) => void): (story: Story | undefined) => void {
  const told = new Set<string>();
  return (story) => {
    if (!story || told.has(story.id)) return;
    told.add(story.id);
    tell(story);
  };
}
