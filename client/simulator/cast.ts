import type { Duty } from "../../shared/domain/officer/state.ts";
import type { PutRecord } from "../../shared/wire/live.ts";
import type { Platform } from "../store/platform.ts";
import { createChance } from "./chance.ts";
import type { DeviceToken } from "./crews.ts";
import { createDesk } from "./desk.ts";
import type { TerminalPlan } from "./plan.ts";
import type { Moment } from "./position-feed.ts";
import { createSlots } from "./slots.ts";
import type { Tally } from "./tally.ts";
import { createTerminal, type Terminal } from "./terminal.ts";
import type { Voice } from "./voice.ts";

/** Everybody who is played: phones in the field, and desks as soon as they have something to say. */
export interface Cast {
  voiceOf(officerId: string): Voice | undefined;
  isPlayed(officerId: string): boolean;
  follow(plans: readonly TerminalPlan[]): void;
  setDuty(officerId: string, duty: Duty): void;
  tick(at: Moment): void;
  /** Phones in the field. */
  size(): number;
  stop(): void;
}

export interface CastPorts {
  readonly url: string;
  readonly tokens: readonly DeviceToken[];
  readonly seed: number;
  readonly speed: number;
  readonly platform: Platform;
  readonly tally: Tally;
  /** Records that an officer's phone was sent. */
  readonly heard: (puts: readonly PutRecord[], officerId: string) => void;
}

/** Connections being made at the same time. */
const MOST_DIALS = 50;

export function createCast(ports: CastPorts): Cast {
  const { url, tokens, seed, heard } = ports;
  const fetcher: typeof fetch = (path, init) => fetch(`${url}${String(path)}`, init);
  const dials = createSlots(MOST_DIALS);
  const tokenOf = new Map(tokens.map(({ officerId, token }) => [officerId, token]));
  const terminals = new Map<string, Terminal>();
  const desks = new Map<string, Voice>();

  const enter = (plan: TerminalPlan, token: string): Terminal => {
    const { officerId } = plan;
    return createTerminal(plan, {
      ...ports,
      token,
      dials,
      fetcher,
      chance: createChance(`${seed}/phone-${officerId}`),
      heard: (puts) => heard(puts, officerId),
    });
  };
  return {
    isPlayed: (officerId) => tokenOf.has(officerId),
    voiceOf(officerId) {
      const known = terminals.get(officerId) ?? desks.get(officerId);
      const token = tokenOf.get(officerId);
      if (known || token === undefined) return known;
      const desk = createDesk(token, fetcher);
      desks.set(officerId, desk);
      return desk;
    },
    follow(plans) {
      for (const plan of plans) {
        const known = terminals.get(plan.officerId);
        const token = tokenOf.get(plan.officerId);
        if (known) known.follow(plan);
        else if (token !== undefined) terminals.set(plan.officerId, enter(plan, token));
      }
    },
    setDuty: (officerId, duty) => terminals.get(officerId)?.setDuty(duty),
    tick(at) {
      for (const terminal of terminals.values()) terminal.tick(at);
    },
    size: () => terminals.size,
    stop() {
      for (const terminal of terminals.values()) terminal.stop();
    },
  };
}
