import { endOfWorkingDays } from "../calendar.ts";
import { type ClockStart, startClock } from "../kernel/clock.ts";
import type { Urgency } from "./state.ts";

const ACK_WORKING_DAYS = 1;
const ANSWER_WORKING_DAYS = 3;

/** The acknowledge clock: 60 s to 15 min by urgency, one working day for queries (P4). */
export function ackClock(urgency: Urgency, from: number): ClockStart {
  const limitMs = urgency === "P4" ? endOfWorkingDays(from, ACK_WORKING_DAYS) - from : undefined;
  return startClock("ack", `${urgency}-ACK`, from, limitMs);
}

/** All clocks that run from the moment a request is sent; P3 arrives by plan, P4 never. */
export function responseClocks(urgency: Urgency, sentAt: number): ClockStart[] {
  const ack = ackClock(urgency, sentAt);
  switch (urgency) {
    case "P1":
    case "P2":
      return [
        ack,
        startClock("dispatch", `${urgency}-DISPATCH`, sentAt),
        startClock("arrive", `${urgency}-ARRIVE`, sentAt),
      ];
    case "P3":
      return [ack];
    case "P4": {
      const limitMs = endOfWorkingDays(sentAt, ANSWER_WORKING_DAYS) - sentAt;
      return [ack, startClock("answer", "P4-ANSWER", sentAt, limitMs)];
    }
  }
}

/** A person held by the police waits for the court from `heldAt` on. */
export const holdClock = (heldAt: number): ClockStart => startClock("hold", "TC-HOLD", heldAt);
