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
