import type { Logger } from "pino";
import type { Clock } from "./app/clock.ts";
import type { Kernel } from "./app/kernel.ts";
import type { Config } from "./config.ts";
import type { Metrics } from "./edge/metrics.ts";
import { openTracks } from "./open-tracks.ts";
import { createPositionService, type PositionExchange, type PositionService } from "./positions.ts";
import type { Stores } from "./stores.ts";

export interface TrackParts {
  readonly kernel: Kernel;
  readonly stores: Pick<Stores, "log">;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly logger: Logger;
  /** Absent where this is the only node. */
  readonly exchange: Omit<PositionExchange, "store"> | undefined;
}

/** Positions with their tracks; the dots of before come back while the server already answers. */
export async function trackedPositions(
  config: Config,
  parts: TrackParts,
): Promise<PositionService> {
  const { kernel, stores, clock, metrics, logger, exchange } = parts;
  const area = "tracks";
  const now = Math.floor(clock.now());
  const store = await openTracks(config, stores.log, now);
  const others = exchange && {
    ...exchange,
    store: await openTracks(config, stores.log, now, "OTHERS"),
  };
  const onTurn = (failing: boolean, err: unknown) => {
    if (failing) logger.warn({ area, err }, "positions are not kept, phones hold theirs back");
    else logger.warn({ area }, "positions are kept again");
  };
  const onError = (err: unknown) =>
    logger.error({ area: "frames", err }, "a frame was not written");
  const tracks = { store, onTurn, onError, ...(others ? { exchange: others } : {}) };
  const positions = createPositionService(kernel, clock, metrics, tracks);
  kernel.troubles.add("TRACKS", () => positions.areTracksFailing());
  positions.restore().then(
    (count) => logger.info({ area, count }, "last positions are back"),
    (err: unknown) => logger.warn({ area, err }, "last positions cannot be read"),
  );
  return positions;
}
