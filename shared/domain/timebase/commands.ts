import { actorId } from "../authority/actor.ts";
import { type CommandSpecs, command, type DecideInput } from "../kernel/command.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { Belongs } from "../kernel/new-record.ts";
import {
  accept,
  type Decision,
  type Refusal,
  type RefusalText,
  refuse,
} from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import { HELD_FROM_MS, type NodeTimeState, nodeTime, type Timebase } from "./state.ts";

interface Hold {
  readonly node: string;
  readonly offMs: number;
  readonly wallAt: number;
}

/** The step as the person saw it: another one needs another decision. */
interface Step {
  readonly node: string;
  readonly offMs: number;
}

export type TimebaseEvent =
  | DomainEvent<"ClockHeld", Hold & { readonly belongs: Belongs }>
  | DomainEvent<"ClockStepped", Step & { readonly accepted: boolean; readonly by: string }>
  | DomainEvent<"ClockAgreed", { readonly node: string }>;

const event = (id: string, type: TimebaseEvent["type"], data: TimebaseEvent["data"]) =>
  ({ type, ref: { type: "timebase", id }, data }) as DomainEvent;

/** The court at the root of the tree: its log, its time. */
function root(state: StateReader): Belongs | undefined {
  for (const { id, tierPath } of state.all("court"))
    if (tierPath.length === 1) return { courtId: id, tierPath };
  return undefined;
}

function hold({ id, entity, payload, state }: DecideInput<Timebase, Hold>): Decision<DomainEvent> {
  const belongs = root(state);
  if (!belongs) return refuse("NO_SUCH_COURT");
  const known = nodeTime(entity, payload.node);
  // A refused one may be asked about anew: after a restart nobody knows whether it is still the same.
  if (known?.state === "HELD" && Math.abs(known.offMs - payload.offMs) < HELD_FROM_MS)
    return refuse("STEP_KNOWN");
  return accept(event(id, "ClockHeld", { belongs, ...payload }));
}

function agree({ id, entity, payload }: DecideInput<Timebase, { readonly node: string }>) {
  const known = nodeTime(entity, payload.node);
  if (!known || known.state === "AGREED") return refuse("NO_STEP_HELD", { ruleId: "TIME-4" });
  return accept(event(id, "ClockAgreed", { node: payload.node }));
}

function step(accepted: boolean, from: readonly NodeTimeState[]) {
  return ({ id, actor, entity, payload }: DecideInput<Timebase, Step>): Decision<DomainEvent> => {
    const known = nodeTime(entity, payload.node);
    if (!known || !from.includes(known.state)) return refuse("NO_STEP_HELD", { ruleId: "TIME-4" });
    if (known.offMs !== payload.offMs) return refuse("STEP_CHANGED", { ruleId: "TIME-4" });
    const { node, offMs } = payload;
    return accept(event(id, "ClockStepped", { node, offMs, accepted, by: actorId(actor) }));
  };
}

const guardFor =
  (from: readonly NodeTimeState[]) =>
  ({ nodes }: Timebase): Refusal | undefined =>
    nodes.some(({ state }) => from.includes(state))
      ? undefined
      : { code: "NO_STEP_HELD", ruleId: "TIME-4" };

/** What was refused may be accepted later; what was accepted cannot be taken back. */
const ACCEPTABLE = ["HELD", "REFUSED"] as const;
const REFUSABLE = ["HELD"] as const;

export const TIMEBASE_COMMANDS: CommandSpecs<Timebase> = {
  "timebase.hold": command<Timebase, Hold>({ nature: "SYSTEM", target: "ANY", decide: hold }),
  "timebase.agree": command<Timebase, { readonly node: string }>({
    nature: "SYSTEM",
    target: "EXISTING",
    decide: agree,
  }),
  "timebase.accept": command<Timebase, Step>({
    nature: "REQUEST",
    target: "EXISTING",
    guard: guardFor(ACCEPTABLE),
    decide: step(true, ACCEPTABLE),
  }),
  "timebase.refuse": command<Timebase, Step>({
    nature: "REQUEST",
    target: "EXISTING",
    guard: guardFor(REFUSABLE),
    decide: step(false, REFUSABLE),
  }),
};

export const TIMEBASE_REFUSALS: Readonly<Record<string, RefusalText>> = {
  NO_STEP_HELD: {
    what: {
      zh: "没有待确认的时钟跳变",
      en: "No step of the machine's clock waits for a decision",
    },
    fix: { zh: "无需操作", en: "Nothing to do" },
  },
  STEP_CHANGED: {
    what: {
      zh: "机器时钟又变了，与您看到的差值不同",
      en: "The machine's clock changed again; the difference is not the one you saw",
    },
    fix: { zh: "请核对新的差值后再决定", en: "Check the new difference and decide again" },
  },
  STEP_KNOWN: {
    what: { zh: "该时钟跳变已登记", en: "This step of the clock is known already" },
    fix: { zh: "无需操作", en: "Nothing to do" },
  },
};
