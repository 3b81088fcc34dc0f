import type { SystemCommand } from "../../../server/app/api.ts";
import { ROLES, type Role } from "../../../shared/domain/authority/roles.ts";
import type { Officer } from "../../../shared/domain/officer/state.ts";
import type { UnitKind } from "../../../shared/domain/unit/kinds.ts";
import { court, liaisonUser, officer, unit } from "../domain/province.ts";

/** Everybody: each role in each of the six courts, a second team, and the people of linked units. */
export const COURTS = ["high", "wuhan", "xiangyang", "jiangan", "hanyang", "fancheng"] as const;

const SECOND: readonly Role[] = ["JUDGE", "EXECUTOR", "JUDICIAL_POLICE", "DUTY_OFFICER"];

/** Who may be ordered to another court. */
const THIRD: readonly Role[] = ["EXECUTOR", "JUDICIAL_POLICE"];

const personId = (courtId: string, role: Role, nth = 1): string =>
  `${courtId}.${role.toLowerCase().replaceAll("_", "-")}${nth === 1 ? "" : nth}`;

const UNITS: readonly (readonly [id: string, courtId: string, kind: UnitKind])[] = [
  ["station1", "jiangan", "POLICE"],
  ["station2", "fancheng", "POLICE"],
  ["house1", "wuhan", "DETENTION_HOUSE"],
  ["bank1", "jiangan", "BANK"],
  ["bank2", "fancheng", "BANK"],
  ["tax1", "wuhan", "TAX"],
];

function people(): Officer[] {
  const roles = ROLES.filter((role) => role !== "LIAISON_USER");
  const officers = COURTS.flatMap((courtId) => [
    ...roles.map((role) => officer(personId(courtId, role), courtId, role)),
    ...SECOND.map((role) => officer(personId(courtId, role, 2), courtId, role)),
    ...THIRD.map((role) => officer(personId(courtId, role, 3), courtId, role)),
  ]);
  const women = officers.map((each, i) => (i % 3 === 0 ? { ...each, gender: "F" as const } : each));
  return [...women, ...UNITS.map(([id, courtId]) => liaisonUser(id, courtId))].map(
    (person, trackIndex) => ({ ...person, trackIndex }),
  );
}

export const realm = () => [
  ...COURTS.map(court),
  ...UNITS.map(([id, courtId, kind]) => unit(id, courtId, kind)),
  ...people(),
];

const bySystem = (
  kind: string,
  type: SystemCommand["ref"]["type"],
  id: string,
  payload: object,
) => ({
  id: `sys:realm:${kind}:${id}`,
  kind,
  ref: { type, id },
  payload: { ...payload },
});

/** The same people and courts as commands of a server that begins. */
export const realmCommands = (): SystemCommand[] =>
  realm().flatMap((record): SystemCommand[] => {
    const { id, courtId } = record;
    switch (record.type) {
      case "court": {
        const { name, tier, parentId, kind, seat, seatSource } = record;
        const above = parentId ? { parentId } : {};
        const content = { name, tier, ...above, kind, seat, seatSource };
        return [bySystem("court.register", "court", id, content)];
      }
      case "unit":
        return [
          bySystem("unit.register", "unit", id, { courtId, kind: record.kind, name: record.name }),
        ];
      default: {
        const { name, badgeNo, gender, grants, unitId } = record;
        const content = {
          courtId,
          name,
          title: "法官",
          badgeNo,
          gender,
          ...(unitId ? { unitId } : {}),
        };
        return [
          bySystem("officer.register", "officer", id, content),
          ...grants.map(({ role }) => bySystem("officer.grant", "officer", id, { role })),
        ];
      }
    }
  });
