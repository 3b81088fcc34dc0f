import { registerHooks } from "node:module";

/**
 * Preloaded (`node --import`) into a server under test: the pages are not what is tried, and their
 * build would take longer than the trial.
 */
const STUB = "export const buildClientIfStale = async () => false;";

registerHooks({
  load: (url, context, next) =>
    url.endsWith("/server/client-build.ts")
      ? { format: "module", shortCircuit: true, source: STUB }
      : next(url, context),
});

/** A test run that is cut off ends nobody: its servers look for themselves whether it still lives. */
const LOOK_MS = 1_000;
const runner = Number(process.env.TEST_RUNNER_PID);
if (runner > 0) {
  setInterval(() => {
    try {
      process.kill(runner, 0);
    } catch {
      process.kill(process.pid, "SIGKILL");
    }
  }, LOOK_MS).unref();
}
