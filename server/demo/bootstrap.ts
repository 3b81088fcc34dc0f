import { readFile } from "node:fs/promises";
import type { Role } from "../../shared/domain/authority/roles.ts";
import type { AccountStore } from "../accounts/account-store.ts";
import { createPasswords } from "../accounts/passwords.ts";
import { hashToken } from "../accounts/tokens.ts";
import type { App, SystemCommand } from "../app/api.ts";
import { inItsTime } from "../in-its-time.ts";
import { type CourtLine, readCourts } from "../registry/read-courts.ts";
import { DEMO_PASSWORD, demoAccounts, demoWallCourts } from "./accounts.ts";
import { demoObserver } from "./observer.ts";
import { demoCommands, demoKioskId, demoOfficers } from "./province.ts";
import { demoShifts } from "./shifts.ts";
import { demoDesks } from "./units.ts";

/** What a demo start prints and the login page offers. */
export interface DemoHandout {
  readonly accounts: readonly {
    readonly login: string;
    readonly password: string;
    readonly name: string;
    readonly title: string;
    readonly courtName: string;
    readonly roles: readonly Role[];
    /** The face it is meant for, where that does not follow from the roles. */
    readonly seat?: "console" | "field" | "partner";
  }[];
  readonly walls: readonly { readonly courtName: string; readonly token: string }[];
  /** 观摩席 of the demonstration, while it is open. */
  readonly observers: readonly {
    readonly login: string;
    readonly password: string;
    readonly name: string;
    readonly title: string;
    readonly courtName: string;
  }[];
  /** Device tokens of the field officers, for the simulator. */
  readonly devices: readonly { readonly officerId: string; readonly token: string }[];
  /** Whom the simulator seats without a device: people of linked units, in an exercise. */
  readonly desks?: readonly {
    readonly officerId: string;
    readonly login: string;
    readonly password: string;
  }[];
}

/** Commands sent together; the executor makes batches of them. */
const CHUNK = 512;

export async function demoCourts(): Promise<readonly CourtLine[]> {
  const { courts } = readCourts(
    await readFile(new URL("./courts-hubei.csv", import.meta.url), "utf8"),
  );
  return courts;
}

/**
 * Builds the demo province when the log holds none, and makes sure that its accounts and device
 * secrets exist. Secrets are derived from `seed`, a random value kept beside the stores, so that
 * they survive a restart without being stored in clear.
 */
export async function bootstrapDemo(
  app: App,
  accounts: AccountStore,
  derive: (what: string) => string,
  now: () => number,
): Promise<DemoHandout> {
  const courts = await demoCourts();
  const officers = demoOfficers(courts);
  const walls = demoWallCourts(courts).map((court) => ({ court, deviceId: demoKioskId(court.id) }));
  const field = officers.flatMap((o) =>
    o.deviceId ? [{ officerId: o.id, deviceId: o.deviceId }] : [],
  );
  const devices = [...walls, ...field].map(({ deviceId }) => deviceId);
  if (!(await isFinished(app, accounts, courts, devices))) {
    await inChunks(app, demoCommands(courts));
    await makeAccounts(accounts, courts, now);
    for (const deviceId of await withoutSecret(accounts, devices))
      await accounts.putDeviceSecret({ deviceId, secretHash: hashToken(derive(deviceId)) });
  }
  await demoShifts(app, courts, now);
  const observers = await demoObserver(app, accounts, courts, now);
  return {
    observers,
    accounts: demoAccounts(courts).map(({ login, officer, unitName }) => ({
      login,
      password: DEMO_PASSWORD,
      name: officer.name,
      title: officer.title,
      courtName: unitName ?? officer.courtName,
      roles: officer.roles,
    })),
    walls: walls.map(({ court, deviceId }) => ({
      courtName: court.name,
      token: `${deviceId}.${derive(deviceId)}`,
    })),
    devices: field.map(({ officerId, deviceId }) => ({
      officerId,
      token: `${deviceId}.${derive(deviceId)}`,
    })),
  };
}

/** Asked together: one after the other they would be most of a start. */
async function withoutSecret(
  accounts: AccountStore,
  devices: readonly string[],
): Promise<readonly string[]> {
  const found = await Promise.all(devices.map((deviceId) => accounts.findDeviceSecret(deviceId)));
  return devices.filter((_, i) => !found[i]);
}

/**
 * A first start that was killed leaves a part; its commands have the same ids and count once. The
 * last device's secret is the last that is written: asking for each would be a tenth of a start.
 */
async function isFinished(
  { world }: App,
  accounts: AccountStore,
  courts: readonly CourtLine[],
  devices: readonly string[],
): Promise<boolean> {
  const people = [...demoOfficers(courts), ...demoDesks(courts).map(({ officer }) => officer)];
  const isWhole = people.every(({ id, deviceId }) => {
    const officer = world.get("officer", id);
    const isEquipped = deviceId === undefined || world.get("device", deviceId) !== undefined;
    return officer !== undefined && officer.grants.length > 0 && isEquipped;
  });
  const last = devices.at(-1);
  return isWhole && (last === undefined || (await accounts.findDeviceSecret(last)) !== undefined);
}

/** @throws Error when one is refused. */
export async function inChunks(app: App, commands: readonly SystemCommand[]): Promise<void> {
  for (let i = 0; i < commands.length; i += CHUNK) {
    const answers = await inItsTime(() =>
      Promise.all(commands.slice(i, i + CHUNK).map((command) => app.systemCommand(command))),
    );
    const refused = answers.find((answer) => answer.outcome === "REFUSED");
    if (refused)
      throw new Error(
        `demo province: ${refused.id}: ${refused.refusal?.message?.en ?? refused.refusal?.code}`,
      );
  }
}

async function makeAccounts(
  accounts: AccountStore,
  courts: readonly CourtLine[],
  now: () => number,
): Promise<void> {
  const wanted = demoAccounts(courts);
  const found = await Promise.all(wanted.map(({ login }) => accounts.findAccount(login)));
  const missing = wanted.filter((_, i) => !found[i]);
  if (missing.length === 0) return;
  // One hash for all: the demo password is public, and twenty hashes would cost a second at start.
  const passwordHash = await createPasswords().hash(DEMO_PASSWORD);
  for (const { login, officer } of missing) {
    await accounts.createAccount({ login, officerId: officer.id, passwordHash, createdAt: now() });
  }
}
