/**
 * What makes this process one of several nodes on one log; nothing of it runs, or is loaded, where it
 * is the only one.
 */
import type { Logger } from "pino";
import type { Clock } from "./app/clock.ts";
import type { Kernel } from "./app/kernel.ts";
import type { Config, NodeSettings } from "./config.ts";
import type { SharedCounters } from "./edge/http/limits.ts";
import type { OwnPlaces } from "./node-places.ts";
import type { BusSelf } from "./nodes/bus-hearers.ts";
import type { BusWork } from "./nodes/bus-work.ts";
import type { NodeBus } from "./nodes/node-bus.ts";
import type { PositionService } from "./positions.ts";
import type { Stores } from "./stores.ts";
import type { Job } from "./timers.ts";

/** Opens the bus for a node that says who it is. */
export type JoinBus = (self: BusSelf) => NodeBus;

export interface NodeLink {
  /** A commit of this node stands in the log. */
  readonly committed: () => void;
  /** A session or a seat was ended here. */
  readonly ended: () => void;
  readonly exchange: BusWork["exchange"] | undefined;
  /** Of the rate limits, where several nodes count together. */
  readonly counters: SharedCounters | undefined;
  /** Whether it is this node that calls people outside about this. */
  readonly mayCall: (key: string) => Promise<boolean>;
  readonly mayScan: () => boolean;
  readonly notReady: () => readonly string[];
  readonly warnings: () => readonly string[];
  jobs(positions: PositionService): readonly Job[];
  close(): Promise<void>;
}

export interface NodeParts {
  readonly kernel: Kernel;
  readonly stores: Stores;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly joinBus: JoinBus | undefined;
}

/** Somebody gave it a name, or a Redis to meet others on. */
export const isOneOfSeveral = ({ isNamed, redisUrl }: NodeSettings): boolean =>
  isNamed || redisUrl !== undefined;

const ALONE: NodeLink = {
  committed: () => undefined,
  ended: () => undefined,
  exchange: undefined,
  counters: undefined,
  mayCall: async () => true,
  mayScan: () => true,
  notReady: () => [],
  warnings: () => [],
  jobs: () => [],
  close: async () => undefined,
};

export async function openNode(config: Config & OwnPlaces, parts: NodeParts): Promise<NodeLink> {
  if (!isOneOfSeveral(config.node) && !parts.joinBus) return ALONE;
  const { openAmongOthers } = await import("./open-among-others.ts");
  return openAmongOthers(config, parts);
}
