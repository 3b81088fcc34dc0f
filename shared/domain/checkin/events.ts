import type { ClockStart } from "../kernel/clock.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { Belongs } from "../kernel/new-record.ts";
import type { TextRef } from "../kernel/record.ts";

/** `at`: when it happened; `clocks`: the wait that starts from there. */
type SignOfLife = { readonly at: number; readonly clocks: readonly ClockStart[] };

export type CheckInEvent =
  | DomainEvent<
      "CheckInBegun",
      SignOfLife & {
        readonly belongs: Belongs;
        readonly hostCourtId?: string;
        readonly operationId: string;
        readonly officerId: string;
        readonly beganBy: string;
      }
    >
  | DomainEvent<"CheckedIn", SignOfLife>
  | DomainEvent<"CheckInVouched", SignOfLife & { readonly note?: TextRef }>
  | DomainEvent<"CheckInStopped", { readonly reason: TextRef }>
  | DomainEvent<"CheckInContinued", { readonly clocks: readonly ClockStart[] }>
  | DomainEvent<"CheckInEnded", Record<string, never>>;

export const CHECK_IN_EVENT_TYPES = [
  "CheckInBegun",
  "CheckedIn",
  "CheckInVouched",
  "CheckInStopped",
  "CheckInContinued",
  "CheckInEnded",
] as const satisfies readonly CheckInEvent["type"][];

export const checkInEvent = <T extends CheckInEvent["type"]>(
  id: string,
  type: T,
  data: Extract<CheckInEvent, { type: T }>["data"],
): DomainEvent => ({ type, ref: { type: "checkin", id }, data });
