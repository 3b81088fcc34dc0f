import * as z from "zod";
import type { Cancel, Platform } from "../store/platform.ts";
import type { Stores } from "../store/stores.ts";

/** The part of the sentinel's answer that a page shows. */
const status = z.object({ state: z.enum(["WELL", "LATE"]) });

const ASK_EVERY_MS = 3_000;
const ANSWER_WITHIN_MS = 2_500;
/** Unreachable for longer, nobody watches the watcher, and that is said. */
const SILENT_AFTER_MS = 15_000;

export interface SentinelWatch {
  readonly platform: Pick<Platform, "monoMs" | "every" | "after">;
  readonly stores: Pick<Stores, "session" | "connection">;
  readonly fetch: typeof fetch;
}

/**
 * Asks the sentinel itself, past the server: it speaks when the server cannot. Its address comes
 * with `hello` and is kept while the server is away.
 */
export function watchSentinel({ platform, stores, fetch }: SentinelWatch): Cancel {
  let address: string | undefined;
  let heardMs = platform.monoMs();
  let asking = false;

  const heard = (state: "WELL" | "LATE") => {
    heardMs = platform.monoMs();
    const { sentinel: before } = stores.connection.getState();
    if (state === "WELL" && before.kind !== "well")
      stores.connection.setState({ sentinel: { kind: "well" } });
    if (state === "LATE" && before.kind !== "late")
      stores.connection.setState({ sentinel: { kind: "late", sinceMs: heardMs } });
  };
  const silent = () => {
    const { sentinel: before } = stores.connection.getState();
    if (platform.monoMs() - heardMs > SILENT_AFTER_MS && before.kind !== "unreachable")
      stores.connection.setState({ sentinel: { kind: "unreachable" } });
  };
  const ask = async (url: string) => {
    const abort = new AbortController();
    const stop = platform.after(ANSWER_WITHIN_MS, () => abort.abort());
    try {
      const answer = await fetch(`${url}/status`, {
        signal: abort.signal,
        credentials: "omit",
        cache: "no-store",
      });
      heard(status.parse(await answer.json()).state);
    } catch {
      silent();
    } finally {
      stop();
    }
  };
  return platform.every(ASK_EVERY_MS, () => {
    const { hello } = stores.session.getState();
    if (hello && hello.sentinel !== address) {
      address = hello.sentinel;
      heardMs = platform.monoMs();
      stores.connection.setState({ sentinel: { kind: "unknown" } });
    }
    if (address === undefined || asking) return;
    asking = true;
    void ask(address).finally(() => {
      asking = false;
    });
  });
}
