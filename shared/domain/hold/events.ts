import type { ClockStart } from "../kernel/clock.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { TextRef } from "../kernel/record.ts";

/** Who acts for which court. */
export interface HoldHand {
  readonly officerId: string;
  readonly courtId: string;
}

type HandedOn = HoldHand & {
  readonly toCourtId: string;
  readonly backToCourtId: string;
  readonly reason: TextRef;
  readonly clocks: readonly ClockStart[];
};

/** The same for every kind of record that has a holder. */
export type HoldEvent =
  | DomainEvent<"HoldTaken", HoldHand>
  | DomainEvent<"HoldDesignated", HandedOn>
  | DomainEvent<"HoldHandedBack", HandedOn>
  | DomainEvent<"HoldSigned", HoldHand>
  | DomainEvent<
      "HoldDeadlineSet",
      HoldHand & { readonly dueAt: number; readonly clocks: readonly ClockStart[] }
    >;

export const HOLD_EVENT_TYPES = [
  "HoldTaken",
  "HoldDesignated",
  "HoldHandedBack",
  "HoldSigned",
  "HoldDeadlineSet",
] as const satisfies readonly HoldEvent["type"][];

export const isHoldEvent = (event: DomainEvent): event is HoldEvent =>
  (HOLD_EVENT_TYPES as readonly string[]).includes(event.type);
