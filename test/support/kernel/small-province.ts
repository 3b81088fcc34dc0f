import type { SystemCommand } from "../../../server/app/api.ts";
import type { Role } from "../../../shared/domain/authority/roles.ts";

/** Commands that build a small province in an empty log: one line through three tiers and a neighbour. */
const COURTS = [
  ["high", "HIGH", undefined, "湖北高院"],
  ["wuhan", "INTERMEDIATE", "high", "武汉中院"],
  ["xiangyang", "INTERMEDIATE", "high", "襄阳中院"],
  ["jiangan", "BASIC", "wuhan", "江岸法院"],
  ["huangpi", "BASIC", "wuhan", "黄陂法院"],
  ["fancheng", "BASIC", "xiangyang", "樊城法院"],
] as const;

const POSTS: readonly (readonly [string, Role])[] = [
  ["president", "PRESIDENT"],
  ["director", "DIRECTOR"],
  ["duty", "DUTY_OFFICER"],
  ["judge", "JUDGE"],
  ["police", "JUDICIAL_POLICE"],
  ["police2", "JUDICIAL_POLICE"],
  ["review", "REVIEW_JUDGE"],
  ["secadmin", "SECURITY_ADMIN"],
];

export const smallProvince = (): SystemCommand[] => [
  ...COURTS.map(([id, tier, parentId, name], i) => ({
    id: `sys:test:court:${id}`,
    kind: "court.register",
    ref: { type: "court" as const, id },
    payload: {
      name,
      tier,
      ...(parentId ? { parentId } : {}),
      kind: "LOCAL",
      seat: { lat: 30.5 + i / 10, lng: 114.3 + i / 10 },
      seatSource: "EST",
    },
  })),
  ...COURTS.flatMap(([court]) => POSTS.flatMap(([post, role]) => officer(court, post, role))),
];

function officer(court: string, post: string, role: Role): SystemCommand[] {
  const id = `${court}.${post}`;
  const ref = { type: "officer" as const, id };
  return [
    {
      id: `sys:test:officer:${id}`,
      kind: "officer.register",
      ref,
      payload: {
        courtId: court,
        name: `王示${post}`,
        title: "警官",
        badgeNo: `B-${id}`,
        gender: "M",
      },
    },
    { id: `sys:test:grant:${id}`, kind: "officer.grant", ref, payload: { role } },
  ];
}
