import type { DomainEvent } from "../kernel/event.ts";
import { accept, type Decision, type Refusal, refusal } from "../kernel/refusal.ts";
import type { PoliceEvent } from "./events.ts";
import { holdsPerson, isEnded } from "./lifecycle.ts";
import type { PoliceRequest } from "./state.ts";

export const happened = (id: string, event: Omit<PoliceEvent, "ref">): Decision<DomainEvent> =>
  accept<DomainEvent>({ ...event, ref: { type: "police", id } });

export const notEnded = (request: PoliceRequest): Refusal | undefined =>
  isEnded(request) ? refusal("POLICE_REQUEST_ENDED", { ruleId: "POL-12" }) : undefined;

export const notHeld = (request: PoliceRequest): Refusal | undefined =>
  notEnded(request) ??
  (holdsPerson(request) ? refusal("TAKE_OVER_FIRST", { ruleId: "POL-11" }) : undefined);
