import { clusterBench } from "./cluster.ts";
import { coldBench } from "./cold.ts";
import { commandsBench } from "./commands.ts";
import { fanoutBench } from "./fanout.ts";
import type { Bench } from "./figures.ts";
import { hostileBench } from "./hostile.ts";
import { ingestBench } from "./ingest.ts";
import { logBench } from "./log.ts";
import { mapBench } from "./map.ts";
import { mapHeapBench } from "./map-heap.ts";
import { memoryBench } from "./memory.ts";
import { ordersBench } from "./orders.ts";
import { pastBench } from "./past.ts";
import { provinceBench } from "./province.ts";
import { recoverBench } from "./recover.ts";
import { replayBench } from "./replay.ts";
import { slowBench } from "./slow.ts";
import { sosBench } from "./sos.ts";
import { startBench } from "./start.ts";
import { stormBench } from "./storm.ts";

/** All there are, in the order in which they run and are shown. One file per bench. */
export const BENCHES: Readonly<Record<string, Bench>> = {
  fanout: fanoutBench,
  ingest: ingestBench,
  log: logBench,
  storm: stormBench,
  cluster: clusterBench,
  map: mapBench,
  mapHeap: mapHeapBench,
  memory: memoryBench,
  slow: slowBench,
  cold: coldBench,
  commands: commandsBench,
  replay: replayBench,
  past: pastBench,
  start: startBench,
  sos: sosBench,
  orders: ordersBench,
  province: provinceBench,
  hostile: hostileBench,
  recover: recoverBench,
};
