import type { Platform } from "../store/platform.ts";

/** Sleeps that a stop cuts short. */
export interface Sleeper {
  sleep(ms: number): Promise<void>;
  isStopped(): boolean;
  readonly stopped: Promise<void>;
  stop(): void;
}

export function createSleeper(platform: Pick<Platform, "after">): Sleeper {
  let isStopped = false;
  let resolveStopped: () => void = () => undefined;
  const cancels = new Set<() => void>();
  const stopped = new Promise<void>((resolve) => {
    resolveStopped = resolve;
  });
  return {
    stopped,
    isStopped: () => isStopped,
    sleep: (ms) =>
      new Promise<void>((resolve) => {
        if (isStopped) return resolve();
        const end = () => {
          cancel();
          cancels.delete(end);
          resolve();
        };
        const cancel = platform.after(ms, end);
        cancels.add(end);
      }),
    stop() {
      isStopped = true;
      resolveStopped();
      for (const end of [...cancels]) end();
    },
  };
}
