import { rolesOf } from "../../shared/domain/officer/roles-of.ts";
import type { AccountStore } from "../accounts/account-store.ts";
import type { Passwords } from "../accounts/passwords.ts";
import type { App, SystemCommand } from "../app/api.ts";
import { type CourtFile, registerCourt } from "./read-courts.ts";

export interface FirstAdmin {
  readonly login: string;
  readonly password: string;
  readonly name: string;
  readonly title: string;
  readonly badgeNo: string;
  readonly gender: "M" | "F";
}

export type FirstAdminResult =
  | { readonly ok: true; readonly courts: number; readonly officerId: string }
  | { readonly ok: false; readonly why: string };

/** Administrators who may register people and grant roles; nobody else can begin a deployment. */
const ROLES = ["SYSTEM_ADMIN", "SECURITY_ADMIN"] as const;

/**
 * Writes the court tree and a first administrator at its root. The grants are marked BOOTSTRAP:
 * given by nobody, to be looked at by the second administrator, whom the first one registers.
 */
export async function createFirstAdmin(
  app: App,
  accounts: AccountStore,
  passwords: Passwords,
  input: { readonly courts: CourtFile; readonly admin: FirstAdmin; readonly now: number },
): Promise<FirstAdminResult> {
  const { courts, admin, now } = input;
  for (const officer of app.world.all("officer")) {
    if (rolesOf(officer).includes("SECURITY_ADMIN")) {
      return {
        ok: false,
        why: `there is an administrator already (${officer.name}); let them grant the role`,
      };
    }
  }
  const root = courts.courts.find((court) => court.tier === "HIGH");
  if (!root) return { ok: false, why: "the file of courts has no court of tier HIGH" };
  if (await accounts.findAccount(admin.login))
    return { ok: false, why: `the login ${admin.login} is taken` };
  const officerId = `admin-${admin.login}`;
  for (const command of [
    ...courts.courts.map(registerCourt),
    ...adminCommands(officerId, root.id, admin),
  ]) {
    const answer = await app.systemCommand(command);
    if (answer.outcome === "REFUSED") {
      return {
        ok: false,
        why: `${command.ref.id}: ${answer.refusal?.message?.en ?? answer.refusal?.code ?? "refused"}`,
      };
    }
  }
  const passwordHash = await passwords.hash(admin.password);
  await accounts.createAccount({ login: admin.login, officerId, passwordHash, createdAt: now });
  return { ok: true, courts: courts.courts.length, officerId };
}

const adminCommands = (officerId: string, courtId: string, admin: FirstAdmin): SystemCommand[] => [
  {
    id: `sys:bootstrap:officer:${officerId}`,
    kind: "officer.register",
    ref: { type: "officer", id: officerId },
    payload: {
      courtId,
      name: admin.name,
      title: admin.title,
      badgeNo: admin.badgeNo,
      gender: admin.gender,
    },
  },
  ...ROLES.map((role) => ({
    id: `sys:bootstrap:grant:${officerId}:${role}`,
    kind: "officer.grant",
    ref: { type: "officer" as const, id: officerId },
    payload: { role, bootstrap: true },
  })),
];
