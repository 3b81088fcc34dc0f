/** Runs at most `seats` jobs at once, the others in order of arrival. */
export function createTurns(seats: number): <T>(job: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (job) => {
    if (running < seats) running += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await job();
    } finally {
      const next = waiting.shift(); // the seat passes on; it is freed only when nobody waits
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
