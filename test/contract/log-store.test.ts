import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createMemoryLogMedium, openMemoryLog } from "../../server/log/log-memory.ts";
import { openSqliteLog } from "../../server/log/log-sqlite.ts";
import { logStoreContract } from "./log-store.contract.ts";

logStoreContract("memory", async () => {
  const medium = createMemoryLogMedium();
  return { open: async () => openMemoryLog(medium), dispose: async () => {} };
});

logStoreContract("sqlite", async () => {
  const folder = await mkdtemp(join(tmpdir(), "log-contract-"));
  return {
    open: () => openSqliteLog({ file: join(folder, "log.db") }),
    dispose: () => rm(folder, { recursive: true }),
  };
});
