/**
 * The real server, to which positions come in by a road of the bench's own: rows on its standard
 * input, `FEED_ROW_BYTES` each, into the one door of all positions. So the fan-out can be given the
 * positions of ten thousand phones without their ten thousand messages, whose cost is another goal's.
 * Everything else is `server/main.ts` without pages and simulator.
 */

import { TickLoop } from "../../../server/app/positions/tick.ts";
import { startServer } from "../../../server/compose.ts";
import { readConfig } from "../../../server/config.ts";
import { createLogger } from "../../../server/edge/logging.ts";
import { COLLECT, FEED_ROW_BYTES, SENDS_NO_POSITIONS } from "./messages.ts";

// All that is left out is the building and the sending of frames: the difference is their cost.
if (process.env[SENDS_NO_POSITIONS]) TickLoop.prototype.fire = () => undefined;

const config = readConfig();
const server = await startServer(config, {
  logger: createLogger(config.logLevel),
  clientDir: "no-client",
});
const officerIds: string[] = [];
for (const { id, trackIndex } of server.kernel.replica.world.all("officer"))
  officerIds[trackIndex] = id;

let rest = Buffer.alloc(0);
process.stdin.on("data", (chunk: Buffer) => {
  const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
  const rows = Math.floor(bytes.length / FEED_ROW_BYTES);
  const now = Date.now();
  const fixes = Array.from({ length: rows }, (_, row) => fixAt(bytes, row * FEED_ROW_BYTES, now));
  rest = Buffer.from(bytes.subarray(rows * FEED_ROW_BYTES));
  server.ingest.ingest(fixes);
});
process.stdin.on("end", () => process.exit());

function fixAt(bytes: Buffer, at: number, now: number) {
  const trackIndex = bytes.readUInt32LE(at);
  const officerId = officerIds[trackIndex] ?? "";
  return {
    officerId,
    deviceId: officerId,
    trackIndex,
    deviceAt: now,
    receivedAt: now,
    lat: bytes.readInt32LE(at + 4) / 1e7,
    lng: bytes.readInt32LE(at + 8) / 1e7,
    accuracyM: 60,
    speedMps: 2,
    headingDeg: 90,
    batteryPct: 80,
    source: "SOCKET" as const,
    mock: false,
  };
}

process.on(COLLECT, () => globalThis.gc?.());
process.on("SIGTERM", () => void server.stop().then(() => process.exit(0)));
process.stdout.write(`${server.url}/login\n`);
