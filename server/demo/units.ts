import type { UnitKind } from "../../shared/domain/unit/kinds.ts";
import type { SystemCommand } from "../app/api.ts";
import type { CourtLine } from "../registry/read-courts.ts";
import { demo, demoUnitId, officerCommands } from "./commands.ts";
import { demoName } from "./names.ts";
import type { DemoOfficer } from "./province.ts";

/** A desk at which somebody of a linked unit can sit in the demonstration. */
interface Desk {
  /** What the account is called, `jiangan.station`. */
  readonly post: string;
  /** Undefined: the unit that every court below the High Court has. */
  readonly unit?: { readonly key: string; readonly kind: UnitKind; readonly name: string };
  readonly title: string;
  /** Of its name; far from those of the courts' people. */
  readonly nth: number;
}

const COURT = "武汉市江岸区人民法院";

const DESKS: readonly Desk[] = [
  { post: "gongan", title: "公安指挥员", nth: 3_001 },
  {
    post: "station",
    unit: { key: "station", kind: "POLICE", name: "江岸示例派出所（模拟）" },
    title: "派出所民警",
    nth: 3_002,
  },
  {
    post: "bank",
    unit: { key: "bank", kind: "BANK", name: "示例银行江岸支行（模拟）" },
    title: "银行联络员",
    nth: 3_003,
  },
  {
    post: "registry",
    unit: {
      key: "registry",
      kind: "REAL_ESTATE_REGISTRY",
      name: "江岸示例不动产登记中心（模拟）",
    },
    title: "登记中心联络员",
    nth: 3_004,
  },
];

/** Numbers that nobody has: 027 and zeros. */
const COURT_DESK = "027-0000 0001";
const UNIT_DESK = "027-0000 0110";

/** Where the people of the demonstration's linked units sign in. */
export interface DemoDesk {
  readonly post: string;
  readonly unitName: string;
  readonly officer: DemoOfficer;
}

export function demoDesks(courts: readonly CourtLine[]): DemoDesk[] {
  const court = courts.find(({ name }) => name === COURT);
  if (!court) return [];
  return DESKS.map(({ post, unit, title, nth }) => ({
    post,
    unitName: unit?.name ?? "江岸公安指挥中心（模拟）",
    officer: {
      id: `${court.id}-${post}-liaison`,
      courtId: court.id,
      courtName: court.name,
      tier: court.tier,
      name: demoName(nth),
      title,
      roles: ["LIAISON_USER"],
      unitId: unitIdOf(court, unit?.key),
    },
  }));
}

const unitIdOf = ({ id }: CourtLine, key: string | undefined): string =>
  key === undefined ? demoUnitId(id) : `${demoUnitId(id)}-${key}`;

/** After everybody else, so that who was there before keeps number and track. */
export function demoUnitCommands(courts: readonly CourtLine[], people: number): SystemCommand[] {
  const court = courts.find(({ name }) => name === COURT);
  if (!court) return [];
  const units = DESKS.flatMap(({ unit }) =>
    unit
      ? [
          demo("unit", "unit.register", "unit", unitIdOf(court, unit.key), {
            courtId: court.id,
            kind: unit.kind,
            name: unit.name,
            dutyPhone: UNIT_DESK,
            seat: { lat: court.lat + 0.01, lng: court.lng - 0.01 },
          }),
        ]
      : [],
  );
  return [
    demo("contact", "court.setDutyContact", "court", court.id, {
      contactId: "desk",
      roles: ["DUTY_OFFICER"],
      phone: COURT_DESK,
    }),
    ...units,
    ...demoDesks(courts).flatMap(({ officer }, n) => officerCommands(officer, people + n)),
  ];
}
