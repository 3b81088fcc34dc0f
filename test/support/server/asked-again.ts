import { setTimeout } from "node:timers/promises";

/** A disk that pauses makes the answer "the journal has it" or "try again"; the log has it soon after. */
const IN_LOG_WITHIN_MS = 30_000;
const AGAIN_MS = 500;

/** Sends the same until the answer is one to stay with, as every client of ours does. @returns the last answer. */
export async function askedAgain<T>(
  ask: () => Promise<T>,
  isEnough: (answer: T) => boolean,
): Promise<T> {
  const until = performance.now() + IN_LOG_WITHIN_MS;
  for (;;) {
    const answer = await ask();
    if (isEnough(answer) || performance.now() > until) return answer;
    await setTimeout(AGAIN_MS);
  }
}
