import { StoreSilent } from "./api.ts";

/** Calls back after so many ms of real time; returns what cancels it. */
export type After = (ms: number, run: () => void) => () => void;

export const inRealTime: After = (ms, run) => {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
};

/**
 * What `work` gives, or `StoreSilent` when it takes longer. The work itself goes on; whoever
 * gives up on it must not mind that it still happens.
 */
export async function within<T>(
  ms: number,
  work: Promise<T>,
  after: After = inRealTime,
): Promise<T> {
  const late = Promise.withResolvers<never>();
  const cancel = after(ms, () => late.reject(new StoreSilent(`no answer in ${ms} ms`)));
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    cancel();
  }
}
