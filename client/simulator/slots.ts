/** At most so many at a time; the others wait in order. */
export interface Slots {
  /** Resolves with the function that gives the slot back; giving back twice does no harm. */
  take(): Promise<() => void>;
}

export function createSlots(most: number): Slots {
  let free = most;
  const waiting: (() => void)[] = [];
  const giveBack = () => {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  };
  return {
    async take() {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      let held = true;
      return () => {
        if (held) giveBack();
        held = false;
      };
    },
  };
}
