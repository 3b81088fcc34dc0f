import { join } from "node:path";
import { type Config, logModeOf } from "./config.ts";
import type { LogStore } from "./log/log-store.ts";
import type { TrackStore } from "./tracks/track-store.ts";
import { openMemoryTracks } from "./tracks/track-store-memory.ts";
import { openTrackThread } from "./tracks/track-thread.ts";

const HASH_DIGITS = 16;

/** What other nodes took, beside this one's own. */
const OF_OTHERS = "-of-others";

/**
 * Positions of one log lie in a folder of that log's own: an exercise never meets what is real, and
 * a `trackIndex` never another officer.
 */
export async function openTracks(
  config: Pick<Config, "store" | "tracks" | "demo" | "exercise">,
  log: Pick<LogStore, "read">,
  now: number,
  whose: "OWN" | "OTHERS" = "OWN",
): Promise<TrackStore> {
  if (config.store.kind === "memory") return openMemoryTracks();
  const [genesis] = await log.read(-1, 1);
  const name = `${logModeOf(config).toLowerCase()}-${genesis?.hash.slice(0, HASH_DIGITS) ?? "new"}`;
  const { dir, keepDays } = config.tracks;
  const folder = whose === "OWN" ? name : `${name}${OF_OTHERS}`;
  return openTrackThread({ dir: join(dir, folder), keepDays }, now);
}
