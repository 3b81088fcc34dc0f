import type { ClockStart } from "../kernel/clock.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { Belongs } from "../kernel/new-record.ts";
import type { LinkQuality, RollCall, RollTarget } from "./state.ts";

/** `target` is the key of its ref. */
type AboutTarget = { readonly target: string };

export type RollCallEvent =
  | DomainEvent<
      "RollCalled",
      Pick<RollCall, "callId" | "calledBy" | "toCourtId"> & {
        readonly belongs: Belongs;
        readonly targets: readonly Pick<RollTarget, "ref" | "officerId">[];
        readonly clocks: readonly ClockStart[];
      }
    >
  | DomainEvent<"RollAnswered", AboutTarget>
  | DomainEvent<"RollFaultNoted", AboutTarget>
  | DomainEvent<
      "RollQualityNoted",
      AboutTarget & { readonly picture: LinkQuality; readonly voice: LinkQuality }
    >;

export const ROLL_CALL_EVENT_TYPES = [
  "RollCalled",
  "RollAnswered",
  "RollFaultNoted",
  "RollQualityNoted",
] as const satisfies readonly RollCallEvent["type"][];

export const rollEvent = <T extends RollCallEvent["type"]>(
  id: string,
  type: T,
  data: Extract<RollCallEvent, { type: T }>["data"],
): DomainEvent => ({ type, ref: { type: "rollcall", id }, data });
