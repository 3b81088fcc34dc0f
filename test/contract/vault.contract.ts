/** What every vault promises, whatever its rows lie in. */
import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openVault } from "../../server/vault/sealed-vault.ts";
import type { SubjectIdentity, Vault } from "../../server/vault/vault.ts";
import type { VaultRows } from "../../server/vault/vault-rows.ts";

/** One set of rows that several processes may open. */
export interface VaultRowsUnderTest {
  open(): Promise<VaultRows>;
  dispose(): Promise<void>;
}

const OWNER = { courtId: "court-0102", by: "officer-7" };
const CASE = "case:(2026)鄂0102执1号";
const ZHANG: SubjectIdentity = {
  name: "张三丰",
  idNumber: "420106198001011234",
  phone: "13800000000",
  address: "武汉市洪山区珞喻路1号",
};

export function vaultContract(name: string, create: () => Promise<VaultRowsUnderTest>): void {
  describe(`vault: ${name}`, () => {
    let store: VaultRowsUnderTest;
    let rows: VaultRows;
    let vault: Vault;
    const masterKey = randomBytes(32);
    const opened: { close(): Promise<void> }[] = [];
    const openRows = async () => {
      const more = await store.open();
      opened.push(more);
      return more;
    };

    beforeEach(async () => {
      store = await create();
      rows = await openRows();
      vault = await openVault(rows, masterKey);
    });
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((one) => one.close()));
      await store.dispose();
    });

    it("VAULT-1 given a subject, when it is put and read, then identity and court come back", async () => {
      expect(await vault.putSubject("subj-1", OWNER, ZHANG)).toBe("CREATED");
      const stored = await vault.getSubject("subj-1");
      expect(stored).toEqual({ courtId: "court-0102", identity: ZHANG });
      expect(await vault.getSubject("subj-2")).toBeUndefined();
    });

    it("VAULT-2 given a stored subject, when the same comes again, then SAME", async () => {
      await vault.putSubject("subj-1", OWNER, ZHANG);
      const reordered = Object.fromEntries(Object.entries(ZHANG).toReversed());
      const again = { ...reordered, name: ZHANG.name };
      expect(await vault.putSubject("subj-1", OWNER, again)).toBe("SAME");
      expect(await vault.putSubject("subj-1", { ...OWNER, by: "officer-8" }, ZHANG)).toBe("SAME");
    });

    it("VAULT-2 given a stored subject, when other content comes, then DIFFERENT and nothing changes", async () => {
      await vault.putSubject("subj-1", OWNER, ZHANG);
      const other = { ...ZHANG, phone: "13900000000" };
      expect(await vault.putSubject("subj-1", OWNER, other)).toBe("DIFFERENT");
      expect(await vault.putSubject("subj-1", { ...OWNER, courtId: "court-1" }, ZHANG)).toBe(
        "DIFFERENT",
      );
      const stored = await vault.getSubject("subj-1");
      expect(stored).toEqual({ courtId: "court-0102", identity: ZHANG });
    });

    it("VAULT-2 given two roads, when both put one subject at once, then one CREATED and one SAME", async () => {
      const second = await openVault(await openRows(), masterKey);
      const results = await Promise.all([
        vault.putSubject("subj-1", OWNER, ZHANG),
        second.putSubject("subj-1", OWNER, ZHANG),
      ]);
      expect(results.toSorted()).toEqual(["CREATED", "SAME"]);
    });

    it("VAULT-3 given a forgotten subject, when it is read, then it is absent", async () => {
      await vault.putSubject("subj-1", OWNER, ZHANG);
      await vault.putSubject("subj-2", OWNER, ZHANG);
      await vault.forgetSubject("subj-1");
      await vault.forgetSubject("subj-1");
      expect(await vault.getSubject("subj-1")).toBeUndefined();
      expect(await rows.findSubject("subj-1")).toBeUndefined();
      expect(await vault.getSubject("subj-2")).toEqual({ courtId: "court-0102", identity: ZHANG });
    });

    it("VAULT-4 given texts, when they are put and read, then each id has its text", async () => {
      await vault.putText("cmd-1.note", CASE, "门锁已换 🔒");
      await vault.putText("cmd-2.note", CASE, "");
      const texts = await vault.getTexts(["cmd-1.note", "cmd-2.note", "cmd-3.note", "cmd-1.note"]);
      expect(texts).toEqual(
        new Map([
          ["cmd-1.note", "门锁已换 🔒"],
          ["cmd-2.note", ""],
        ]),
      );
      expect(await vault.getTexts([])).toEqual(new Map());
    });

    it("VAULT-5 given one text by two roads, when both put it, then the reference is the same", async () => {
      const second = await openVault(await openRows(), masterKey);
      const [first, again] = await Promise.all([
        vault.putText("cmd-1.note", CASE, "对方持刀"),
        second.putText("cmd-1.note", CASE, "对方持刀"),
      ]);
      expect(again).toEqual(first);
      expect(first.hash).toMatch(/^[0-9a-f]{64}$/);
      expect(await vault.getTexts(["cmd-1.note"])).toEqual(new Map([["cmd-1.note", "对方持刀"]]));
    });

    it("VAULT-5 given a known id, when another text comes, then its hash differs and the first stays", async () => {
      const first = await vault.putText("cmd-1.note", CASE, "对方持刀");
      const other = await vault.putText("cmd-1.note", CASE, "对方无刀");
      expect(other.hash).not.toBe(first.hash);
      expect(await vault.getTexts(["cmd-1.note"])).toEqual(new Map([["cmd-1.note", "对方持刀"]]));
    });

    it("VAULT-6 given one text in two scopes, when hashed, then the hashes tell nothing", async () => {
      const here = await vault.putText("cmd-1.note", CASE, "同意");
      const there = await vault.putText("cmd-2.note", "case:other", "同意");
      expect(here.hash).not.toBe(there.hash);
    });

    it("VAULT-7 given a forgotten scope, when its texts are read, then they are absent, others stay", async () => {
      const before = await vault.putText("cmd-1.note", CASE, "甲");
      await vault.putText("cmd-2.note", "case:other", "乙");
      await vault.forgetScope(CASE);
      const left = await vault.getTexts(["cmd-1.note", "cmd-2.note"]);
      expect(left).toEqual(new Map([["cmd-2.note", "乙"]]));
      const after = await vault.putText("cmd-3.note", CASE, "甲");
      expect(after.hash).not.toBe(before.hash);
    });

    it("VAULT-7 given a text row that survived its forgotten key, when read, then it is absent", async () => {
      await vault.putText("cmd-1.note", CASE, "甲");
      const [orphan] = await rows.findTexts(["cmd-1.note"]);
      await vault.forgetScope(CASE);
      if (orphan !== undefined) await rows.insertText(orphan);
      await vault.putText("cmd-2.note", CASE, "乙");
      const texts = await vault.getTexts(["cmd-1.note", "cmd-2.note"]);
      expect(texts).toEqual(new Map([["cmd-2.note", "乙"]]));
    });

    it("VAULT-8 given stored rows, when they are looked at, then nothing in them is clear", async () => {
      await vault.putSubject("subj-1", OWNER, ZHANG);
      await vault.putText("cmd-1.note", CASE, "对方持刀");
      const subject = await rows.findSubject("subj-1");
      const texts = await rows.findTexts(["cmd-1.note"]);
      const bytes = [subject?.sealed, subject?.wrapped, ...texts.map(({ sealed }) => sealed)];
      const stored = Buffer.concat(bytes.flatMap((one) => one ?? []));
      expect(stored.length).toBeGreaterThan(150);
      for (const secret of [...Object.values(ZHANG), "对方持刀"]) {
        expect(stored.includes(secret)).toBe(false);
      }
    });

    it("VAULT-9 given a sealed row under another id, when it is read, then it does not open", async () => {
      await vault.putSubject("subj-1", OWNER, ZHANG);
      const row = await rows.findSubject("subj-1");
      if (row !== undefined) await rows.insertSubject({ ...row, id: "subj-2" });
      await expect(vault.getSubject("subj-2")).rejects.toThrow("does not open");
    });

    it("VAULT-10 given another master key, when the vault is opened, then it is refused", async () => {
      await expect(openVault(rows, randomBytes(32))).rejects.toThrow("another master key");
      await expect(openVault(rows, randomBytes(16))).rejects.toThrow("32 bytes");
      await vault.putSubject("subj-1", OWNER, ZHANG);
      const again = await openVault(await openRows(), masterKey);
      expect(await again.getSubject("subj-1")).toEqual({ courtId: "court-0102", identity: ZHANG });
    });
  });
}
