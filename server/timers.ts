/** Periodic work of a running server. Each job starts again only when its last run has ended. */
export interface Job {
  readonly name: string;
  readonly everyMs: number;
  readonly run: () => Promise<unknown> | unknown;
  /** Also at once: what came due while no server ran waits no longer. */
  readonly atOnce?: boolean;
}

/** @returns what stops all jobs and resolves when the running ones have ended. */
export function startJobs(
  jobs: readonly Job[],
  onError: (name: string, error: unknown) => void,
): () => Promise<void> {
  const stops = jobs.map((job) => startJob(job, onError));
  return async () => {
    await Promise.all(stops.map((stop) => stop()));
  };
}

function startJob(job: Job, onError: (name: string, error: unknown) => void): () => Promise<void> {
  let running: Promise<void> | undefined;
  const round = () => {
    if (running !== undefined) return;
    running = runOnce(job, onError).finally(() => {
      running = undefined;
    });
  };
  const timer = setInterval(round, job.everyMs);
  if (job.atOnce) round();
  return async () => {
    clearInterval(timer);
    await running;
  };
}

async function runOnce(job: Job, onError: (name: string, error: unknown) => void): Promise<void> {
  try {
    await job.run();
  } catch (error) {
    onError(job.name, error);
  }
}
