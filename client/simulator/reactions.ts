import * as z from "zod";
import type { PutRecord } from "../../shared/wire/live.ts";
import type { Step } from "./story.ts";

/** What a played officer does about something that real people sent him, and after how long. */
export interface Reaction {
  /** The same matter is answered once. */
  readonly key: string;
  readonly afterMs: readonly [least: number, most: number];
  readonly step: Step;
}

/** He reads messages, and obeys an ordered pause of the operation that he leads. */
function reactionsTo({ type, id, dto }: PutRecord, me: string): Reaction[] {
  if (type === "message") return toMessage(id, dto, me);
  return type === "operation" ? toOperation(id, dto, me) : [];
}

const message = z.looseObject({ toOfficerId: z.string(), state: z.string() });

function toMessage(id: string, dto: unknown, me: string): Reaction[] {
  const read = message.safeParse(dto);
  if (!read.success || read.data.toOfficerId !== me) return [];
  const ref = { type: "message", id } as const;
  const step = (kind: string): Step => ({ atS: 0, by: me, kind, ref, payload: {} });
  switch (read.data.state) {
    case "SENT":
      return [{ key: `${id}:deliver`, afterMs: [200, 900], step: step("message.deliver") }];
    case "DELIVERED":
      return [{ key: `${id}:read`, afterMs: [6_000, 30_000], step: step("message.read") }];
    default:
      return [];
  }
}

const operation = z.looseObject({
  state: z.string(),
  pauseOrdered: z.boolean(),
  pauseOrder: z.looseObject({ at: z.number(), confirmed: z.unknown().optional() }).optional(),
  sceneCommanderId: z.string(),
});

/** After a pause ordered from above was lifted he goes on; a pause of his own court is its own affair. */
function toOperation(id: string, dto: unknown, me: string): Reaction[] {
  const read = operation.safeParse(dto);
  if (!read.success || read.data.sceneCommanderId !== me) return [];
  const { pauseOrder, pauseOrdered, state } = read.data;
  const ref = { type: "operation", id } as const;
  const step = (kind: string): Step => ({ atS: 0, by: me, kind, ref, payload: {} });
  if (pauseOrder && pauseOrder.confirmed === undefined) {
    const key = `${id}:confirm:${pauseOrder.at}`;
    return [{ key, afterMs: [8_000, 25_000], step: step("operation.confirmPause") }];
  }
  const mayGoOn = state === "PAUSED" && !pauseOrdered;
  return mayGoOn
    ? [{ key: `${id}:resume`, afterMs: [15_000, 40_000], step: step("operation.resume") }]
    : [];
}

export interface Reactor {
  hear(puts: readonly PutRecord[], me: string): void;
}

/** Remembers what was answered. `later` carries a reaction out after a human while. */
export function createReactor(later: (reaction: Reaction) => void): Reactor {
  const done = new Set<string>();
  /** Operations whose ordered pause was confirmed here. */
  const paused = new Set<string>();
  const isNew = ({ key, step: { kind, ref } }: Reaction): boolean => {
    if (kind === "operation.resume") return paused.delete(ref.id);
    if (done.has(key)) return false;
    done.add(key);
    if (kind === "operation.confirmPause") paused.add(ref.id);
    return true;
  };
  return {
    hear(puts, me) {
      for (const put of puts) {
        for (const reaction of reactionsTo(put, me)) if (isNew(reaction)) later(reaction);
      }
    },
  };
}
