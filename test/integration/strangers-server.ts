import { createServer } from "node:http";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { parentPort, workerData } from "node:worker_threads";
import { Server } from "socket.io";
import { createSocketParser, SERVER_PARSER } from "../../shared/wire/socket-parser.ts";

/**
 * A bare server that lets nobody in, in a thread of its own, so that its turns are measured without
 * the strangers' work and its end would be seen. Asked anything, it answers with its figures.
 */

const PROBE_EVERY_MS = 5;

const http = createServer();
const io = new Server(http, {
  parser: createSocketParser(SERVER_PARSER),
  connectTimeout: workerData.connectTimeoutMs,
  maxHttpBufferSize: 64 * 1024,
  perMessageDeflate: false,
  serveClient: false,
});
io.use((_socket, next) => next(new Error("NOT_SIGNED_IN")));
let signedIn = 0;
io.on("connection", () => signedIn++);

/**
 * The longest turn as CPU time of this thread between two probes: a busy machine that takes the
 * processor away does not count, a parser that burns it does.
 */
let longestTurnMs = 0;
let cpuBefore = process.threadCpuUsage();
setInterval(() => {
  const { user, system } = process.threadCpuUsage(cpuBefore);
  cpuBefore = process.threadCpuUsage();
  longestTurnMs = Math.max(longestTurnMs, (user + system) / 1_000 - PROBE_EVERY_MS);
}, PROBE_EVERY_MS);
const delay = monitorEventLoopDelay({ resolution: PROBE_EVERY_MS });
// Loading the modules was a long turn too, and is not what is asked about.
setTimeout(() => {
  longestTurnMs = 0;
  delay.enable();
  listen(21_800);
}, 100);

function listen(port: number): void {
  http.once("error", () => listen(port + 1));
  http.listen(port, "127.0.0.1", () => parentPort?.postMessage({ port }));
}

parentPort?.on("message", () => {
  parentPort?.postMessage({
    longestTurnMs,
    loopDelayMaxMs: delay.max / 1e6,
    clients: io.engine.clientsCount,
    signedIn,
    heapMb: process.memoryUsage().heapUsed / 1e6,
  });
});
