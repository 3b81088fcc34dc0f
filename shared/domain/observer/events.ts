import type { ClockStart } from "../kernel/clock.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { Belongs } from "../kernel/new-record.ts";
import type { Observer } from "./state.ts";

type OfOperation = { readonly operationId: string };

export type ObserverEvent =
  | DomainEvent<
      "ObserverOpened",
      Pick<Observer, "body" | "organisation" | "visitor" | "scope" | "released" | "endsAt"> & {
        readonly belongs: Belongs;
        readonly clocks: readonly ClockStart[];
      }
    >
  | DomainEvent<"ObserverReleased", OfOperation>
  | DomainEvent<"ObserverWithheld", OfOperation>
  | DomainEvent<"ObserverEnded", Record<string, never>>;

export const OBSERVER_EVENT_TYPES = [
  "ObserverOpened",
  "ObserverReleased",
  "ObserverWithheld",
  "ObserverEnded",
] as const satisfies readonly ObserverEvent["type"][];

export const observerEvent = <T extends ObserverEvent["type"]>(
  id: string,
  type: T,
  data: Extract<ObserverEvent, { type: T }>["data"],
): DomainEvent => ({ type, ref: { type: "observer", id }, data });
