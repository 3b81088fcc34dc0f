import type { CourtLine } from "../registry/read-courts.ts";
import { type DemoOfficer, demoOfficers } from "./province.ts";
import { demoDesks } from "./units.ts";

/** Shown on the login page of a DEMO deployment and nowhere else. */
export const DEMO_PASSWORD = "demo-2026";

export interface DemoAccount {
  readonly login: string;
  readonly officer: DemoOfficer;
  /** For people of a linked unit. */
  readonly unitName?: string;
}

/** Courts whose people get an account: one line through the three tiers, and a neighbour as host. */
const SHOWN: readonly {
  readonly prefix: string;
  readonly court: string;
  readonly posts: readonly string[];
}[] = [
  {
    prefix: "gaoyuan",
    court: "湖北省高级人民法院",
    posts: ["duty", "director", "president", "review", "sysadmin", "secadmin"],
  },
  {
    prefix: "wuhan",
    court: "武汉市中级人民法院",
    posts: ["duty", "director", "president", "judge", "executor", "review", "inspector"],
  },
  {
    prefix: "jiangan",
    court: "武汉市江岸区人民法院",
    posts: ["duty", "director", "president", "judge", "executor", "police", "police2", "inspector"],
  },
  { prefix: "huangpi", court: "武汉市黄陂区人民法院", posts: ["duty", "director"] },
];

export function demoAccounts(courts: readonly CourtLine[]): DemoAccount[] {
  const officers = new Map(demoOfficers(courts).map((o) => [o.id, o]));
  const atCourts = SHOWN.flatMap(({ prefix, court, posts }): DemoAccount[] => {
    const id = courts.find((c) => c.name === court)?.id;
    return posts.flatMap((post) => {
      const officer = officers.get(`${id}-${post}`);
      return officer ? [{ login: `${prefix}.${post}`, officer }] : [];
    });
  });
  return [
    ...atCourts,
    ...demoDesks(courts).map(({ post, ...desk }) => ({ login: `jiangan.${post}`, ...desk })),
  ];
}

/** Courts whose wall screens are printed at start, nearest first. */
export const demoWallCourts = (courts: readonly CourtLine[]): CourtLine[] =>
  SHOWN.slice(0, 3).flatMap(({ court }) => courts.filter((c) => c.name === court));
