import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createMemoryAccountStore } from "../../server/accounts/account-store-memory.ts";
import { openSqliteAccountStore } from "../../server/accounts/account-store-sqlite.ts";
import { accountStoreContract } from "./account-store.contract.ts";

accountStoreContract("memory", async () => {
  const accounts = createMemoryAccountStore();
  return { open: async () => accounts, dispose: async () => {} };
});

accountStoreContract("sqlite", async () => {
  const folder = await mkdtemp(join(tmpdir(), "accounts-contract-"));
  return {
    open: () => openSqliteAccountStore({ file: join(folder, "accounts.db") }),
    dispose: () => rm(folder, { recursive: true }),
  };
});
