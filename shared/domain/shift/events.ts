import type { ClockStart } from "../kernel/clock.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { Belongs } from "../kernel/new-record.ts";
import type { TextRef } from "../kernel/record.ts";
import type { Matter, Shift } from "./state.ts";

type Clocked = { readonly clocks: readonly ClockStart[] };

export type ShiftEvent =
  | DomainEvent<
      "ShiftScheduled",
      Pick<Shift, "officerId" | "from" | "to" | "mode" | "scheduledBy"> &
        Clocked & { readonly belongs: Belongs }
    >
  | DomainEvent<"ShiftCancelled", Record<string, never>>
  | DomainEvent<"HandoverPrepared", { readonly matters: readonly Matter[] }>
  | DomainEvent<
      "HandoverMarked",
      { readonly keys: readonly string[]; readonly done: boolean; readonly note?: TextRef }
    >
  | DomainEvent<
      "HandoverOffered",
      { readonly toShiftId: string; readonly officerId: string; readonly remark?: TextRef }
    >
  | DomainEvent<"HandoverReturned", { readonly reason: TextRef }>
  | DomainEvent<"ShiftHandedOver", { readonly nextId: string; readonly added: readonly Matter[] }>
  | DomainEvent<"ShiftSigned", Clocked & { readonly previousId?: string }>
  | DomainEvent<"DeskUnsigned", Clocked & { readonly dueAt: number }>;

export const SHIFT_EVENT_TYPES = [
  "ShiftScheduled",
  "ShiftCancelled",
  "HandoverPrepared",
  "HandoverMarked",
  "HandoverOffered",
  "HandoverReturned",
  "ShiftHandedOver",
  "ShiftSigned",
  "DeskUnsigned",
] as const satisfies readonly ShiftEvent["type"][];

export const shiftEvent = <T extends ShiftEvent["type"]>(
  id: string,
  type: T,
  data: Extract<ShiftEvent, { type: T }>["data"],
): DomainEvent => ({ type, ref: { type: "shift", id }, data });
