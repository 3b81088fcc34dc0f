/**
 * The real server with its pages, to which positions come in by a road of the bench's own, as in the
 * fan-out's bench: rows on its standard input, into the one door of all positions. Of marked rows it
 * says by IPC when that was.
 */
import { fileURLToPath } from "node:url";
import { startServer } from "../../../server/compose.ts";
import { readConfig } from "../../../server/config.ts";
import { createLogger } from "../../../server/edge/logging.ts";
import { sharedNow } from "../fanout/messages.ts";
import { type Accepted, MAP_ROW_BYTES, UNTOLD } from "./messages.ts";

const config = readConfig();
const server = await startServer(config, {
  logger: createLogger(config.logLevel),
  clientDir: fileURLToPath(new URL("../../../client/dist", import.meta.url)),
});
const officerIds: string[] = [];
for (const { id, trackIndex } of server.kernel.replica.world.all("officer"))
  officerIds[trackIndex] = id;

/** The marked ones go farther at once than anybody: that far the place is said to be uncertain. */
const UNCERTAIN_M = 50_000;

let rest = Buffer.alloc(0);
process.stdin.on("data", (chunk: Buffer) => {
  const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
  const rows = Math.floor(bytes.length / MAP_ROW_BYTES);
  const now = Date.now();
  const fixes = Array.from({ length: rows }, (_, row) => fixAt(bytes, row * MAP_ROW_BYTES, now));
  const marks = Array.from({ length: rows }, (_, row) =>
    bytes.readUInt16LE(row * MAP_ROW_BYTES + 14),
  );
  rest = Buffer.from(bytes.subarray(rows * MAP_ROW_BYTES));
  const at = sharedNow();
  server.ingest.ingest(fixes);
  for (const mark of marks)
    if (mark > 0 && mark < UNTOLD) process.send?.({ mark, at } satisfies Accepted);
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
    accuracyM: bytes.readUInt16LE(at + 14) > 0 ? UNCERTAIN_M : 10,
    speedMps: 8,
    headingDeg: bytes.readUInt16LE(at + 12),
    batteryPct: 80,
    source: "SOCKET" as const,
    mock: false,
  };
}

process.on("SIGTERM", () => void server.stop().then(() => process.exit(0)));
process.stdout.write(`${server.url}/login\n`);
