import { describe, expect, test } from "vitest";
import type { AccountStore } from "../../server/accounts/account-store.ts";
import { createMemoryAccountStore } from "../../server/accounts/account-store-memory.ts";
import { hashToken } from "../../server/accounts/tokens.ts";
import { StoreUnavailable } from "../../server/app/api.ts";
import { createSessions } from "../../server/edge/sessions.ts";
import { SqliteError } from "../../server/log/sqlite-thread.ts";
import { patientAccounts } from "../../server/patient-stores.ts";
import { testKernel } from "../support/kernel/test-kernel.ts";

const SECRET = "s".repeat(43);

/** Accounts that fail or hang when told to, behind the wrapper that a server puts round them. */
async function outage() {
  const k = await testKernel();
  const memory = createMemoryAccountStore();
  let trouble: "FAILS" | "HANGS" | undefined;
  let asked = 0;
  let mended = Promise.withResolvers<void>();
  const troubled = Object.fromEntries(
    Object.entries(memory as unknown as Record<string, (...args: unknown[]) => unknown>).map(
      ([name, method]) => [
        name,
        async (...args: unknown[]) => {
          asked += 1;
          if (trouble === "FAILS")
            throw new SqliteError({ code: "UNAVAILABLE", message: "disk I/O error" });
          if (trouble === "HANGS") await mended.promise;
          return method(...args);
        },
      ],
    ),
  ) as unknown as AccountStore;
  const accounts = patientAccounts(troubled).store;
  const sessions = createSessions({
    accounts,
    world: k.kernel.replica.world,
    now: () => k.clock.now(),
    newId: () => `session-${asked}`,
    sessionHours: 12,
    secureCookies: false,
  });
  const signIn = async (officerId: string) => {
    const { setCookie, id } = await sessions.open({ kind: "person", officerId, login: officerId });
    return { cookie: setCookie.split(";")[0] ?? "", id };
  };
  return {
    k,
    memory,
    accounts,
    sessions,
    signIn,
    asked: () => asked,
    begin: (kind: "FAILS" | "HANGS") => {
      trouble = kind;
      mended = Promise.withResolvers();
    },
    mend: () => {
      trouble = undefined;
      mended.resolve();
    },
  };
}

describe.each(["FAILS", "HANGS"] as const)("a store of accounts that %s", (kind) => {
  test("STF-11 given somebody signed in, when the store goes, then they stay signed in, also on a connection of a new page", async () => {
    const o = await outage();
    const { cookie } = await o.signIn("jiangan.duty");
    o.begin(kind);
    const started = performance.now();
    expect(await o.sessions.authenticate({ cookie })).toMatchObject({ ok: true });
    expect(performance.now() - started).toBeLessThan(1_500);
    o.mend();
  });

  test("STF-11 given somebody never seen, when the store is gone, then it is said that it cannot be found out, not that they are nobody", async () => {
    const o = await outage();
    const unknown = { cookie: `ec=${"x".repeat(43)}` };
    o.begin(kind);
    await expect(o.sessions.authenticate(unknown)).rejects.toThrow(StoreUnavailable);
    await expect(o.accounts.findAccount("gaoyuan.duty")).rejects.toThrow(StoreUnavailable);
    await expect(o.signIn("jiangan.duty")).rejects.toThrow(StoreUnavailable);
    o.mend();
  });

  test("STF-11 given somebody who signed out, when the store goes afterwards, then memory does not revive them", async () => {
    const o = await outage();
    const { cookie } = await o.signIn("jiangan.duty");
    expect(await o.sessions.authenticate({ cookie })).toMatchObject({ ok: true });
    await o.sessions.close({ cookie });
    o.begin(kind);
    expect(await o.sessions.authenticate({ cookie })).toEqual({ ok: false, code: "NOT_SIGNED_IN" });
    o.mend();
  });

  test("STF-11 given a store that is gone, when somebody signs out, then they are out at once and the store is told when it is back", async () => {
    const o = await outage();
    const { cookie, id } = await o.signIn("jiangan.duty");
    o.begin(kind);
    await expect(o.sessions.close({ cookie })).rejects.toThrow(StoreUnavailable);
    expect(await o.sessions.authenticate({ cookie })).toMatchObject({ ok: false });
    o.mend();
    expect(await o.sessions.authenticate({ cookie })).toMatchObject({ ok: false });
    await o.sessions.sweep();
    const [, token = ""] = cookie.split("=");
    expect(id).not.toBe("");
    expect(await o.memory.findSession(hashToken(token))).toBeUndefined();
  });

  test("STF-11 given a session that is revoked while the store is gone, when it is used, then it is refused", async () => {
    const o = await outage();
    const { cookie, id } = await o.signIn("jiangan.duty");
    o.begin(kind);
    await o.k.accepted("jiangan.secadmin", "officer.revokeSession", "officer", "jiangan.duty", {
      sessionId: id,
    });
    expect(await o.sessions.authenticate({ cookie })).toMatchObject({
      ok: false,
      code: "SESSION_REVOKED",
    });
    o.mend();
  });

  test("STF-11 given a phone whose secret was replaced, when the store goes, then the one before is not believed", async () => {
    const o = await outage();
    await o.accounts.putDeviceSecret({ deviceId: "d1", secretHash: hashToken(SECRET) });
    await o.sessions.authenticateDevice(`d1.${SECRET}`);
    o.sessions.forgetDevice("d1");
    o.begin(kind);
    await expect(o.sessions.authenticateDevice(`d1.${SECRET}`)).rejects.toThrow(StoreUnavailable);
    o.mend();
  });
});

test("STF-11 given a store that hangs, when a thousand requests come, then few wait for it", async () => {
  const o = await outage();
  const { cookie } = await o.signIn("jiangan.duty");
  await o.sessions.authenticate({ cookie });
  o.begin("HANGS");
  const before = o.asked();
  const answers = await Promise.all(
    Array.from({ length: 1_000 }, () => o.sessions.authenticate({ cookie })),
  );
  expect(answers.every(({ ok }) => ok)).toBe(true);
  expect(o.asked() - before).toBe(1);
  o.mend();
});

describe("a device's secret", () => {
  const secretOf = async (o: Awaited<ReturnType<typeof outage>>, secret: string) =>
    o.accounts.putDeviceSecret({ deviceId: "d1", secretHash: hashToken(secret) });

  test("OSM-18 given a secret that was found right, when it comes again within a second, then the store is not asked, and a wrong one is as wrong as ever", async () => {
    const o = await outage();
    await secretOf(o, SECRET);
    expect(await o.sessions.isDeviceSecret("d1", SECRET)).toBe(true);
    const before = o.asked();
    expect(await o.sessions.isDeviceSecret("d1", SECRET)).toBe(true);
    expect(await o.sessions.isDeviceSecret("d1", "t".repeat(43))).toBe(false);
    expect(o.asked()).toBe(before);
    expect(await o.sessions.isDeviceSecret("d2", SECRET)).toBe(false);
    await o.accounts.putDeviceSecret({ deviceId: "d2", secretHash: hashToken(SECRET) });
    expect(await o.sessions.isDeviceSecret("d2", SECRET)).toBe(true);
  });

  test("OSM-18 given a secret that was exchanged, then the one before is wrong at once where it was exchanged, and after a second elsewhere", async () => {
    const o = await outage();
    await secretOf(o, SECRET);
    expect(await o.sessions.isDeviceSecret("d1", SECRET)).toBe(true);
    await secretOf(o, "n".repeat(43));
    expect(await o.sessions.isDeviceSecret("d1", SECRET)).toBe(true);
    o.k.clock.pass(1_001);
    expect(await o.sessions.isDeviceSecret("d1", SECRET)).toBe(false);
    await secretOf(o, SECRET);
    o.sessions.forgetDevice("d1");
    expect(await o.sessions.isDeviceSecret("d1", SECRET)).toBe(true);
  });
});
