import { join } from "node:path";
import type { Logger } from "pino";
import type { KeptStateSaid, ReplicaDeps } from "./app/open-replica.ts";
import type { Config } from "./config.ts";
import type { OwnPlaces } from "./node-places.ts";
import { STATE_FILE } from "./state-cache/place.ts";
import { openStateFile, readStateFile, type StateBytes } from "./state-cache/state-cache-file.ts";
import { readMasterKey } from "./vault/master-key.ts";

type Keeping = Pick<ReplicaDeps, "stateCache" | "onKeptState">;

type Places = Pick<Config, "store"> & Pick<OwnPlaces, "ownDir">;

/** Begun while the stores open: it takes neither their key nor anything that they hold. */
export function readStateAhead({ store, ownDir }: Places): Promise<StateBytes> {
  const reading =
    store.kind === "memory" ? Promise.resolve(undefined) : readStateFile(join(ownDir, STATE_FILE));
  reading.catch(() => undefined); // told where it is awaited
  return reading;
}

/** Of the server alone, whatever store it has: a log that ends with the process needs none. */
export async function stateKeeping(
  { store, ownDir, vaultKeyFile }: Places & Pick<Config, "vaultKeyFile">,
  ahead: Promise<StateBytes>,
  logger: Pick<Logger, "info" | "warn">,
): Promise<Keeping> {
  // The stores have made the key by now.
  const key = store.kind === "memory" ? undefined : await readMasterKey(vaultKeyFile);
  if (key === undefined) return {};
  const file = join(ownDir, STATE_FILE);
  return {
    stateCache: openStateFile(file, key, ahead),
    onKeptState: (said) => say(said, file, logger),
  };
}

function say(said: KeptStateSaid, file: string, logger: Pick<Logger, "info" | "warn">): void {
  const area = "kept state";
  switch (said.kind) {
    case "USED":
      logger.info({ area, seq: said.seq, tail: said.tail }, "started from the kept state");
      break;
    case "IGNORED":
      logger.warn(
        { area, file, err: said.why },
        "the kept state is not used, the whole log is read instead",
      );
      break;
    case "KEPT":
      logger.info({ area, seq: said.seq }, "the state is kept for the next start");
      break;
    case "NOT_KEPT":
      logger.warn(
        { area, file, err: said.why },
        "the state is not kept; the next start will read more of the log",
      );
  }
}
