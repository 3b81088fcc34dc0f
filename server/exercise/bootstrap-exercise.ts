import { rolesOf } from "../../shared/domain/officer/roles-of.ts";
import type { Player, Scenario } from "../../shared/exercise/scenario.ts";
import type { AccountStore } from "../accounts/account-store.ts";
import { createPasswords } from "../accounts/passwords.ts";
import { hashToken } from "../accounts/tokens.ts";
import type { App, SystemCommand } from "../app/api.ts";
import { type DemoHandout, demoCourts, inChunks } from "../demo/bootstrap.ts";
import { demoName } from "../demo/names.ts";
import { demoCommands, demoKioskId } from "../demo/province.ts";
import { type CastIds, castIds, exerciseDeviceId, exerciseUnitId } from "./cast.ts";

/** Shown on the sign-in page of an exercise and nowhere else. */
export const EXERCISE_PASSWORD = "yanlian-2026";
/** Names of those who are made for an exercise begin where the province's own end. */
const FIRST_NAME = 2_000;
/** The first courts of a scenario get a wall. */
const WALLS = 2;

interface Making {
  readonly app: App;
  readonly accounts: AccountStore;
  readonly derive: (what: string) => string;
  readonly now: () => number;
}

/**
 * The same province as the demonstration's, the units and people that the scenario adds, an account
 * for every seat that a person may take, and a device for everybody, for the simulator. Commands
 * and secrets have fixed ids: a start that was cut off is completed by the next.
 */
export async function bootstrapExercise(
  scenario: Scenario,
  { app, accounts, derive, now }: Making,
): Promise<DemoHandout> {
  const courts = await demoCourts();
  const ids = castIds(scenario, courts);
  const equipped = ids.players.filter(({ member }) => member.unit === undefined);
  const isWhole = equipped.every(({ seat }) => app.world.get("device", exerciseDeviceId(seat)));
  if (!isWhole) await inChunks(app, [...demoCommands(courts), ...castCommands(scenario, ids)]);
  await giveAccounts(ids, accounts, now);
  const walls = Object.entries(scenario.courts)
    .slice(0, WALLS)
    .map(([key, name]) => ({ id: ids.courtOf(key), name }));
  const deviceIds = [
    ...walls.map(({ id }) => demoKioskId(id)),
    ...equipped.map(({ seat }) => exerciseDeviceId(seat)),
  ];
  for (const deviceId of deviceIds) {
    if (!(await accounts.findDeviceSecret(deviceId)))
      await accounts.putDeviceSecret({ deviceId, secretHash: hashToken(derive(deviceId)) });
  }
  const tokenOf = (deviceId: string) => `${deviceId}.${derive(deviceId)}`;
  const offered = ids.players.filter(({ member }) => !member.extra);
  return {
    accounts: offered.flatMap(({ seat, member }) => {
      const officer = app.world.get("officer", ids.officerOf(seat));
      if (!officer) return [];
      return [
        {
          login: seat,
          password: EXERCISE_PASSWORD,
          name: officer.name,
          title: member.title,
          courtName: scenario.courts[member.court] ?? "",
          roles: rolesOf(officer),
          seat: member.face,
        },
      ];
    }),
    observers: [],
    walls: walls.map(({ id, name }) => ({ courtName: name, token: tokenOf(demoKioskId(id)) })),
    devices: equipped.map(({ seat }) => ({
      officerId: ids.officerOf(seat),
      token: tokenOf(exerciseDeviceId(seat)),
    })),
    desks: ids.players
      .filter(({ member }) => member.unit !== undefined && !member.extra)
      .map(({ seat }) => ({
        officerId: ids.officerOf(seat),
        login: seat,
        password: EXERCISE_PASSWORD,
      })),
  };
}

async function giveAccounts(
  ids: CastIds,
  accounts: AccountStore,
  now: () => number,
): Promise<void> {
  const offered = ids.players.filter(({ member }) => !member.extra);
  const found = await Promise.all(offered.map(({ seat }) => accounts.findAccount(seat)));
  const missing = offered.filter((_, i) => !found[i]);
  if (missing.length === 0) return;
  // One hash for all: this password is public.
  const passwordHash = await createPasswords().hash(EXERCISE_PASSWORD);
  for (const { seat } of missing) {
    const officerId = ids.officerOf(seat);
    await accounts.createAccount({ login: seat, officerId, passwordHash, createdAt: now() });
  }
}

const by = (
  what: string,
  kind: string,
  type: SystemCommand["ref"]["type"],
  id: string,
  payload: Record<string, unknown>,
): SystemCommand => ({ id: `sys:exercise:${what}:${id}`, kind, ref: { type, id }, payload });

/** What the scenario adds to the province. */
function castCommands(scenario: Scenario, ids: CastIds): SystemCommand[] {
  return [
    ...Object.entries(scenario.units).map(([key, { court, kind, name, seat }]) =>
      by("unit", "unit.register", "unit", exerciseUnitId(key), {
        courtId: ids.courtOf(court),
        kind,
        name,
        ...(seat ? { seat } : {}),
      }),
    ),
    ...ids.players.flatMap((player, n) => playerCommands(player, ids, n)),
  ];
}

function playerCommands({ seat, member }: Player, ids: CastIds, n: number): SystemCommand[] {
  const officerId = ids.officerOf(seat);
  const phone = by("device", "device.register", "device", exerciseDeviceId(seat), {
    kind: "PHONE",
    label: "演练终端",
    officerId,
  });
  // Nobody of a linked unit has a device of the court (UNIT-12).
  const device = member.unit === undefined ? [phone] : [];
  if (member.post !== undefined) return device;
  const officer = by("officer", "officer.register", "officer", officerId, {
    courtId: ids.courtOf(member.court),
    name: demoName(FIRST_NAME + n),
    title: member.title,
    badgeNo: `演${String(n + 1).padStart(4, "0")}`,
    gender: n % 3 === 0 ? "F" : "M",
    ...(member.unit ? { unitId: ids.unitOf(member.unit) } : {}),
  });
  const grants = (member.roles ?? []).map((role) => ({
    ...by("grant", "officer.grant", "officer", officerId, { role }),
    id: `sys:exercise:grant:${officerId}:${role}`,
  }));
  return [officer, ...grants, ...device];
}
