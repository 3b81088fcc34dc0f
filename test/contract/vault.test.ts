import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readOrCreateMasterKey } from "../../server/vault/master-key.ts";
import { openVault } from "../../server/vault/sealed-vault.ts";
import { createMemoryVaultRows } from "../../server/vault/vault-rows-memory.ts";
import { openSqliteVaultRows } from "../../server/vault/vault-rows-sqlite.ts";
import { vaultContract } from "./vault.contract.ts";

vaultContract("memory", async () => {
  const rows = createMemoryVaultRows();
  return { open: async () => rows, dispose: async () => {} };
});

vaultContract("sqlite", async () => {
  const folder = await mkdtemp(join(tmpdir(), "vault-contract-"));
  return {
    open: () => openSqliteVaultRows({ file: join(folder, "vault.db") }),
    dispose: () => rm(folder, { recursive: true }),
  };
});

describe("vault files", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "vault-files-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const bytesOfFolder = async () => {
    const names = await readdir(folder);
    return Buffer.concat(await Promise.all(names.map((name) => readFile(join(folder, name)))));
  };

  it("VAULT-3 given a forgotten subject and scope, when the files are searched, then no key is left", async () => {
    const rows = await openSqliteVaultRows({ file: join(folder, "vault.db") });
    const vault = await openVault(rows, Buffer.alloc(32, 7));
    await vault.putSubject("subj-1", { courtId: "court-1", by: "officer-1" }, { name: "张三" });
    await vault.putText("cmd-1.note", "case:1", "甲");
    const wrapped = [
      (await rows.findSubject("subj-1"))?.wrapped ?? new Uint8Array(),
      (await rows.findKeys(["case:1"]))[0]?.wrapped ?? new Uint8Array(),
    ].map((key) => Buffer.from(key));
    const before = await bytesOfFolder();
    expect(wrapped.map((key) => before.includes(key))).toEqual([true, true]);
    await vault.forgetSubject("subj-1");
    await vault.forgetScope("case:1");
    const after = await bytesOfFolder();
    expect(wrapped.map((key) => after.includes(key))).toEqual([false, false]);
    await vault.close();
  });

  it("VAULT-8 given a vault on disk, when its files are listed, then only the owner may read them", async () => {
    const rows = await openSqliteVaultRows({ file: join(folder, "vault.db") });
    await (await openVault(rows, Buffer.alloc(32, 7))).putText("cmd-1", "case:1", "甲");
    for (const name of await readdir(folder)) {
      expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
    }
    await rows.close();
  });

  it("VAULT-11 given no key file, when several processes ask at once, then all get one key, kept 0600", async () => {
    const file = join(folder, "secrets", "master.key");
    const keys = await Promise.all(Array.from({ length: 8 }, () => readOrCreateMasterKey(file)));
    expect(new Set(keys.map((key) => key.toString("hex"))).size).toBe(1);
    expect(keys[0]?.length).toBe(32);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readOrCreateMasterKey(file)).toEqual(keys[0]);
    expect(await readdir(join(folder, "secrets"))).toEqual(["master.key"]);
  });

  it("VAULT-11 given a key file that others may read, when it is read, then it is refused", async () => {
    const file = join(folder, "master.key");
    await readOrCreateMasterKey(file);
    await chmod(file, 0o640);
    await expect(readOrCreateMasterKey(file)).rejects.toThrow("may be read by others");
  });

  it("VAULT-11 given a file without a key in it, when it is read, then it is refused and kept", async () => {
    const file = join(folder, "master.key");
    await writeFile(file, "not a key\n", { mode: 0o600 });
    await expect(readOrCreateMasterKey(file)).rejects.toThrow("does not hold a key");
    expect(await readFile(file, "utf8")).toBe("not a key\n");
  });
});
