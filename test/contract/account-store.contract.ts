/** What every accounts adapter promises. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Account, AccountStore, Session } from "../../server/accounts/account-store.ts";
import { hashToken } from "../../server/accounts/tokens.ts";

/** One store that several processes may open. */
export interface AccountStoreUnderTest {
  open(): Promise<AccountStore>;
  dispose(): Promise<void>;
}

const NOW = Date.UTC(2026, 10, 22, 9, 0, 0);
const LI: Account = {
  login: "li.wei",
  officerId: "officer-7",
  passwordHash: "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNo",
  createdAt: NOW,
};

function session(id: string, subject: Session["subject"], expiresAt = NOW + 1_000): Session {
  return { id, tokenHash: hashToken(`token of ${id}`), subject, createdAt: NOW, expiresAt };
}
const person = (officerId: string) => ({ kind: "person", officerId, login: "li.wei" }) as const;

export function accountStoreContract(
  name: string,
  create: () => Promise<AccountStoreUnderTest>,
): void {
  describe(`account store: ${name}`, () => {
    let store: AccountStoreUnderTest;
    let accounts: AccountStore;
    let other: AccountStore;

    beforeEach(async () => {
      store = await create();
      accounts = await store.open();
      other = await store.open();
    });
    afterEach(async () => {
      await accounts.close();
      await other.close();
      await store.dispose();
    });

    it("ACC-1 given a new login, when an account is made, then it is found by its login", async () => {
      expect(await accounts.countAccounts()).toBe(0);
      expect(await accounts.createAccount(LI)).toBe(true);
      expect(await other.findAccount("li.wei")).toEqual(LI);
      expect(await accounts.findAccount("wang.fang")).toBeUndefined();
      expect(await accounts.countAccounts()).toBe(1);
    });

    it("ACC-1 given a taken login, when it is taken again at once, then one wins and nothing changes", async () => {
      const rivals = [accounts, other, accounts, other].map((one, index) =>
        one.createAccount({ ...LI, officerId: `officer-${index}` }),
      );
      const results = await Promise.all(rivals);
      expect(results.filter(Boolean)).toHaveLength(1);
      const stored = await accounts.findAccount("li.wei");
      expect(stored?.officerId).toBe(`officer-${results.indexOf(true)}`);
      expect(await accounts.countAccounts()).toBe(1);
    });

    it("ACC-2 given an account, when its password is set, then only the hash changes", async () => {
      await accounts.createAccount(LI);
      await accounts.setPassword("li.wei", "$argon2id$other");
      await accounts.setPassword("nobody", "$argon2id$other");
      expect(await other.findAccount("li.wei")).toEqual({ ...LI, passwordHash: "$argon2id$other" });
      expect(await accounts.findAccount("nobody")).toBeUndefined();
    });

    it("ACC-3 given sessions of every kind, when asked by token hash, then each comes back whole", async () => {
      const sessions = [
        session("s-person", person("officer-7")),
        session("s-device", { kind: "device", officerId: "officer-7", deviceId: "phone-1" }),
        session("s-kiosk", { kind: "kiosk", courtId: "court-0102", deviceId: "wall-1" }),
      ];
      for (const one of sessions) await accounts.putSession(one);
      for (const one of sessions) expect(await other.findSession(one.tokenHash)).toEqual(one);
      expect(await accounts.findSession(hashToken("a stranger's"))).toBeUndefined();
    });

    it("ACC-3 given a session, when it is put again with a later end, then that end counts", async () => {
      const first = session("s-1", person("officer-7"));
      await accounts.putSession(first);
      const renewed = { ...first, tokenHash: hashToken("rotated"), expiresAt: NOW + 9_000 };
      await accounts.putSession(renewed);
      expect(await accounts.findSession(first.tokenHash)).toBeUndefined();
      expect(await accounts.findSession(renewed.tokenHash)).toEqual(renewed);
    });

    it("ACC-4 given an officer's sessions, when they are deleted, then all of his and no other go", async () => {
      const his = [
        session("s-1", person("officer-7")),
        session("s-2", { kind: "device", officerId: "officer-7", deviceId: "phone-1" }),
      ];
      const hers = session("s-3", person("officer-8"));
      const kiosk = session("s-4", { kind: "kiosk", courtId: "officer-7", deviceId: "officer-7" });
      for (const one of [...his, hers, kiosk]) await accounts.putSession(one);
      await other.deleteSessionsOf("officer-7");
      for (const one of his) expect(await accounts.findSession(one.tokenHash)).toBeUndefined();
      expect(await accounts.findSession(hers.tokenHash)).toEqual(hers);
      expect(await accounts.findSession(kiosk.tokenHash)).toEqual(kiosk);
      await accounts.deleteSession("s-3");
      expect(await other.missingSessions(["s-1", "s-4", "s-3", "none"])).toEqual([
        "s-1",
        "s-3",
        "none",
      ]);
      expect(await other.missingSessions([])).toEqual([]);
      expect(await accounts.findSession(hers.tokenHash)).toBeUndefined();
    });

    it("ACC-5 given sessions that end, when they expire at their very ms, then they are deleted and counted", async () => {
      const [past, now, later] = [NOW - 1, NOW, NOW + 1].map((at) =>
        session(`s-${at}`, person("officer-7"), at),
      );
      for (const one of [past, now, later]) if (one !== undefined) await accounts.putSession(one);
      expect(await accounts.expireSessions(NOW)).toBe(2);
      expect(await accounts.expireSessions(NOW)).toBe(0);
      expect(await accounts.findSession(later?.tokenHash ?? "")).toEqual(later);
    });

    it("ACC-6 given a device secret, when it is replaced and deleted, then only the last one counts", async () => {
      const old = { deviceId: "phone-1", secretHash: hashToken("old") };
      const fresh = { deviceId: "phone-1", secretHash: hashToken("fresh") };
      await accounts.putDeviceSecret(old);
      await accounts.putDeviceSecret({ deviceId: "phone-2", secretHash: hashToken("two") });
      await accounts.putDeviceSecret(fresh);
      expect(await other.findDeviceSecret("phone-1")).toEqual(fresh);
      expect(await other.findDeviceBySecret(fresh.secretHash)).toEqual(fresh);
      expect(await other.findDeviceBySecret(old.secretHash)).toBeUndefined();
      await accounts.deleteDeviceSecret("phone-1");
      expect(await other.findDeviceSecret("phone-1")).toBeUndefined();
      expect((await other.findDeviceSecret("phone-2"))?.deviceId).toBe("phone-2");
    });

    it("ACC-7 given an enrolment code, when many take it at once, then exactly one gets it", async () => {
      const code = { codeHash: hashToken("code"), deviceId: "phone-1", expiresAt: NOW + 1_000 };
      await accounts.putEnrolmentCode(code);
      const takers = [accounts, other, accounts, other, accounts];
      const taken = await Promise.all(
        takers.map((one) => one.takeEnrolmentCode(code.codeHash, NOW)),
      );
      expect(taken.filter((one) => one !== undefined)).toEqual([code]);
      expect(await accounts.takeEnrolmentCode(code.codeHash, NOW)).toBeUndefined();
    });

    it("ACC-7 given an expired code, when it is taken, then nobody gets it", async () => {
      const code = { codeHash: hashToken("code"), deviceId: "phone-1", expiresAt: NOW };
      await accounts.putEnrolmentCode(code);
      expect(await accounts.takeEnrolmentCode(code.codeHash, NOW)).toBeUndefined();
      await accounts.putEnrolmentCode(code);
      expect(await accounts.expireSessions(NOW)).toBe(0);
      expect(await accounts.takeEnrolmentCode(code.codeHash, NOW - 1)).toBeUndefined();
    });

    it("ACC-10 given keys for calls for help, when more than are kept are put, then the newest stand, an old one put again among them", async () => {
      const key = (keyId: string, officerId: string, at: number) => ({
        keyId,
        officerId,
        publicKey: `point of ${keyId}`,
        enrolledAt: NOW + at,
      });
      const hers = key("k-hers", "officer-8", 0);
      const his = ["k1", "k2", "k3"].map((id, at) => key(id, "officer-7", at));
      for (const one of [hers, ...his]) await accounts.putSosKey(one, 3);
      expect(await other.findSosKey("k1")).toEqual(his[0]);
      const again = key("k1", "officer-7", 9);
      await other.putSosKey(again, 3);
      await other.putSosKey(key("k4", "officer-7", 10), 3);
      const found = await Promise.all(
        ["k1", "k2", "k3", "k4", "k-hers"].map((id) => accounts.findSosKey(id)),
      );
      expect(found.map((one) => one?.enrolledAt)).toEqual([
        NOW + 9,
        undefined,
        NOW + 2,
        NOW + 10,
        NOW,
      ]);
      expect(await accounts.findSosKey("nobody's")).toBeUndefined();
    });
  });
}
