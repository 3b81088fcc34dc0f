/** `node test/bench/log/fold-world.ts FILE`: opens a log as a server does and says what it folds to. */
import { Replica } from "../../../server/app/replica.ts";
import { openSqliteLog } from "../../../server/log/log-sqlite.ts";
import { EVENT_TYPES } from "../../../shared/domain/modules.ts";
import { worldDump } from "../world-dump.ts";

const log = await openSqliteLog({ file: process.argv[2] ?? "" });
const replica = new Replica(log, { mode: "DEMO", knownEventTypes: EVENT_TYPES });
const from = performance.now();
await replica.catchUp();
const ms = performance.now() - from;
console.log(JSON.stringify({ ms, ...worldDump(replica.world) }));
await log.close();
