import type { Role } from "../../shared/domain/authority/roles.ts";
import type { SystemCommand } from "../app/api.ts";
import { type CourtLine, registerCourt } from "../registry/read-courts.ts";
import { demo, demoUnitId, officerCommands } from "./commands.ts";
import { demoName } from "./names.ts";
import { demoUnitCommands } from "./units.ts";

/** One person of the demo province. */
export interface DemoOfficer {
  readonly id: string;
  readonly courtId: string;
  readonly courtName: string;
  readonly tier: CourtLine["tier"];
  readonly name: string;
  readonly title: string;
  readonly roles: readonly Role[];
  /** Device that the simulator speaks through: field officers, and the desks of basic courts. */
  readonly deviceId?: string;
  /** Of a linked unit. */
  readonly unitId?: string;
}

interface Post {
  readonly key: string;
  readonly title: string;
  readonly roles: readonly Role[];
  /** Has a device of its own. */
  readonly device?: boolean;
}

const COMMAND_POSTS: readonly Post[] = [
  { key: "president", title: "院长", roles: ["PRESIDENT"] },
  { key: "director", title: "局长", roles: ["DIRECTOR"] },
  { key: "chief", title: "主任", roles: ["CENTER_CHIEF"] },
  { key: "duty", title: "值班员", roles: ["DUTY_OFFICER"] },
];
/** Of a basic court the simulator also plays those who approve, command and answer the telephone. */
const DESKS_WITH_DEVICE: ReadonlySet<string> = new Set(["president", "director", "duty"]);
const FIELD_POSTS: readonly Post[] = [
  { key: "judge", title: "法官", roles: ["JUDGE"], device: true },
  { key: "executor", title: "执行员", roles: ["EXECUTOR"], device: true },
  { key: "police", title: "法警", roles: ["JUDICIAL_POLICE"], device: true },
  { key: "police2", title: "法警", roles: ["JUDICIAL_POLICE"], device: true },
];
const HIGH_POSTS: readonly Post[] = [
  { key: "review", title: "复议法官", roles: ["REVIEW_JUDGE"] },
  { key: "sysadmin", title: "系统管理员", roles: ["SYSTEM_ADMIN"] },
  { key: "secadmin", title: "安全管理员", roles: ["SECURITY_ADMIN"] },
  { key: "auditadmin", title: "审计管理员", roles: ["AUDIT_ADMIN"] },
];
const POSTS: Readonly<Record<CourtLine["tier"], readonly Post[]>> = {
  HIGH: [...COMMAND_POSTS, ...HIGH_POSTS],
  INTERMEDIATE: [
    ...COMMAND_POSTS,
    { key: "review", title: "复议法官", roles: ["REVIEW_JUDGE"] },
    ...FIELD_POSTS.slice(0, 3),
  ],
  BASIC: [
    ...COMMAND_POSTS.map((post) => ({ ...post, device: DESKS_WITH_DEVICE.has(post.key) })),
    ...FIELD_POSTS,
  ],
};

/** Inspectors of one line of courts; after everybody else, so that nobody's name depends on them. */
const INSPECTED: ReadonlySet<string> = new Set(["武汉市中级人民法院", "武汉市江岸区人民法院"]);
const INSPECTORS: readonly Post[] = [{ key: "inspector", title: "督察员", roles: ["INSPECTOR"] }];

/** Everybody of the demo province, in a fixed order: the same file gives the same people. */
export function demoOfficers(courts: readonly CourtLine[]): DemoOfficer[] {
  const posts = [
    ...courts.flatMap((court) => POSTS[court.tier].map((post) => ({ court, post }))),
    ...courts
      .filter(({ name }) => INSPECTED.has(name))
      .flatMap((court) => INSPECTORS.map((post) => ({ court, post }))),
  ];
  return posts.map(({ court, post }, index): DemoOfficer => {
    const id = `${court.id}-${post.key}`;
    return {
      id,
      courtId: court.id,
      courtName: court.name,
      tier: court.tier,
      name: demoName(index + 1),
      title: post.title,
      roles: post.roles,
      ...(post.device ? { deviceId: `dev-${id}` } : {}),
    };
  });
}

export const demoKioskId = (courtId: string): string => `kiosk-${courtId}`;

/** All commands that build the demo province, parents before children. */
export function demoCommands(courts: readonly CourtLine[]): SystemCommand[] {
  const officers = demoOfficers(courts);
  return [
    ...courts.map(registerCourt),
    ...courts.flatMap((court) => [
      demo("kiosk", "device.register", "device", demoKioskId(court.id), {
        kind: "KIOSK",
        label: "指挥大屏",
        courtId: court.id,
      }),
      ...(court.tier === "HIGH" ? [] : policeOf(court)),
    ]),
    ...officers.flatMap(officerCommands),
    ...demoUnitCommands(courts, officers.length),
  ];
}

const shortCourt = (name: string): string => name.replace(/(中级)?人民法院$|法院$/, "");

const policeOf = (court: CourtLine): SystemCommand[] => [
  demo("unit", "unit.register", "unit", demoUnitId(court.id), {
    courtId: court.id,
    kind: "POLICE",
    name: `${shortCourt(court.name)}公安指挥中心（模拟）`,
    dutyPhone: "110",
    seat: { lat: court.lat, lng: court.lng },
  }),
];
