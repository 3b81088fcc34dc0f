/** What operators watch. One registry per running server; others increment, `/metrics` renders. */
import { monitorEventLoopDelay } from "node:perf_hooks";
import Counter from "prom-client/lib/counter.js";
import Gauge from "prom-client/lib/gauge.js";
import Histogram from "prom-client/lib/histogram.js";
import Registry from "prom-client/lib/registry.js";

export interface Metrics {
  /** `outcome`: accepted, refused, unavailable. */
  readonly commands: Counter<"outcome">;
  readonly appendSeconds: Histogram;
  readonly sockets: Gauge<"seat">;
  /** `result`: taken, late, rejected, off_duty … as the intake names it. */
  readonly positions: Counter<"result">;
  /** Patches that wait for a view. */
  readonly viewQueue: Gauge;
  readonly requests: Histogram<"method" | "route" | "status">;
  /** The last commit that a signed anchor vouches for. */
  readonly anchoredSeq: Gauge<"stream">;
  /** 1 while anchors cannot be written; the log says why. */
  readonly anchorTrouble: Gauge<"stream">;
  readonly contentType: string;
  render(): Promise<string>;
  /** Stops the watch on the event loop. */
  stop(): void;
}

const NS_PER_S = 1e9;
const LOOP_RESOLUTION_MS = 10;

export function createMetrics(): Metrics {
  const registry = new Registry();
  const loop = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS });
  loop.enable();
  const commands = new Counter({
    name: "ec_commands_total",
    help: "Commands answered, by outcome",
    labelNames: ["outcome"],
    registers: [registry],
  });
  const appendSeconds = new Histogram({
    name: "ec_append_seconds",
    help: "Time until an append was durable",
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  });
  const sockets = new Gauge({
    name: "ec_sockets",
    help: "Open sockets, by seat",
    labelNames: ["seat"],
    registers: [registry],
  });
  const positions = new Counter({
    name: "ec_positions_total",
    help: "Position fixes received, by result",
    labelNames: ["result"],
    registers: [registry],
  });
  const viewQueue = new Gauge({
    name: "ec_view_queue",
    help: "Patches waiting to be sent",
    registers: [registry],
  });
  const requests = new Histogram({
    name: "ec_http_request_seconds",
    help: "HTTP requests, by route",
    labelNames: ["method", "route", "status"],
    buckets: [0.005, 0.025, 0.1, 0.5, 1, 5],
    registers: [registry],
  });
  const anchoredSeq = new Gauge({
    name: "ec_anchored_seq",
    help: "Last commit of which a signed anchor was written",
    labelNames: ["stream"],
    registers: [registry],
  });
  const anchorTrouble = new Gauge({
    name: "ec_anchor_trouble",
    help: "1 while anchors cannot be written",
    labelNames: ["stream"],
    registers: [registry],
  });
  watchLoop(registry, loop);
  watchMemory(registry);
  return {
    commands,
    appendSeconds,
    sockets,
    positions,
    viewQueue,
    requests,
    anchoredSeq,
    anchorTrouble,
    contentType: registry.contentType,
    render: () => registry.metrics(),
    stop: () => {
      loop.disable();
      registry.clear();
    },
  };
}

/** Quantiles since the last reading. */
function watchLoop(registry: Registry, loop: ReturnType<typeof monitorEventLoopDelay>): void {
  new Gauge({
    name: "ec_event_loop_delay_seconds",
    help: "Delay of the event loop since the last reading",
    labelNames: ["quantile"],
    registers: [registry],
    collect() {
      this.set({ quantile: "0.5" }, loop.percentile(50) / NS_PER_S);
      this.set({ quantile: "0.99" }, loop.percentile(99) / NS_PER_S);
      this.set({ quantile: "1" }, loop.max / NS_PER_S);
      loop.reset();
    },
  });
}

function watchMemory(registry: Registry): void {
  new Gauge({
    name: "ec_memory_bytes",
    help: "Memory of the process",
    labelNames: ["kind"],
    registers: [registry],
    collect() {
      const { rss, heapUsed } = process.memoryUsage();
      this.set({ kind: "rss" }, rss);
      this.set({ kind: "heap" }, heapUsed);
    },
  });
}
