import { actorId } from "../authority/actor.ts";
import type { DecideInput } from "../kernel/command.ts";
import type { DomainEvent, EventMeta } from "../kernel/event.ts";
import { evolveDetention } from "./evolve.ts";
import type { Detention } from "./state.ts";
import { breachesFound } from "./verdicts.ts";

/** As the commit will say it, except for the `seq` that only the log knows. */
export const metaOf = <P>({
  now,
  commandId,
  actor,
  occurred,
}: DecideInput<Detention, P>): EventMeta => ({
  seq: 0,
  at: now,
  commandId,
  by: actorId(actor),
  receivedAt: now,
  occurred,
});

/** The event, and the breaches of clocks that it ends too late before any alarm said so. */
export function withBreaches<P>(
  event: DomainEvent,
  input: DecideInput<Detention, P>,
): readonly DomainEvent[] {
  return [event, ...breachesFound(evolveDetention(input.entity, event, metaOf(input)))];
}
