/**
 * A scenario (演练脚本) is data: who takes part, what each seat does after what, where units move,
 * what is told to whom, and which times are measured. It is checked here when it is loaded.
 */
import * as z from "zod";
import { ROLES } from "../domain/authority/roles.ts";
import type { EntityType } from "../domain/kernel/ref.ts";
import { UNIT_KINDS } from "../domain/unit/kinds.ts";
import { caseNo, latLng, officialText, subjectRef } from "../wire/common.ts";
import { wrongInScenario } from "./wrong-in-scenario.ts";

const key = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);
const bilingual = z.strictObject({ zh: officialText(300), en: officialText(300) });
const seconds = z.number().min(0).max(86_400);

/** Who plays: somebody of the province (`post`), or somebody made for the exercise (`roles`). */
const castMember = z.strictObject({
  seat: key,
  court: key,
  title: officialText(20),
  /** Which face the seat is played on. */
  face: z.enum(["console", "field", "partner"]),
  /** The post that this person holds in the demonstration's province, e.g. `duty`. */
  post: key.optional(),
  roles: z.array(z.enum(ROLES)).min(1).max(4).optional(),
  /** A person of that linked unit. */
  unit: key.optional(),
  /** Several of the same kind: `seat-1`, `seat-2` … */
  count: z.number().int().min(1).max(60).optional(),
  /** Nobody signs in as one of these: only the simulator plays them. */
  extra: z.literal(true).optional(),
});

const subject = z.strictObject({
  ref: subjectRef,
  identity: z.strictObject({ name: officialText(40), address: officialText(120).optional() }),
});

const step = z.strictObject({
  id: key,
  title: bilingual,
  phase: key,
  /** A seat, or `@group`: then everybody of the group does it, each for himself. */
  seat: z.string().regex(/^@?[a-z][a-z0-9-]{0,39}$/),
  kind: z.string().regex(/^[a-z]+\.[A-Za-z]+$/),
  /** Name under which the scenario knows the record; `$self` is the officer himself. */
  record: z.union([key, z.literal("$self")]),
  payload: z.record(z.string(), z.unknown()),
  /** What an event of the command must say, where the same command stands for several steps. */
  match: z.record(z.string(), z.unknown()).optional(),
  /** Put into the vault before the command. */
  subjects: z.array(key).max(5).optional(),
  after: z.array(key).max(20),
  delayS: seconds,
  /** How long the simulator waits for a person at that seat before it takes the step itself. */
  patienceS: seconds.optional(),
});

const inject = z.strictObject({
  id: key,
  after: z.array(key).min(1).max(20),
  delayS: seconds,
  to: z.array(key).min(1).max(10),
  text: bilingual,
});

/** Everybody of a group goes this way once a step is done. */
const route = z.strictObject({
  seats: z
    .array(z.string().regex(/^@?[a-z][a-z0-9-]{0,39}$/))
    .min(1)
    .max(60),
  after: key,
  takesS: seconds.min(1),
  points: z.array(latLng).min(2).max(50),
});

const target = z.strictObject({
  id: key,
  title: bilingual,
  from: key,
  to: key,
  targetS: seconds.min(1),
});

const shape = z.strictObject({
  id: key,
  title: bilingual,
  about: bilingual,
  /** From the first start to the first step: time to take a seat. */
  leadS: seconds,
  patienceS: seconds,
  caseNo,
  courts: z.record(key, officialText(60)),
  units: z.record(
    key,
    z.strictObject({
      court: key,
      kind: z.enum(UNIT_KINDS),
      name: officialText(60),
      seat: latLng.optional(),
    }),
  ),
  subjects: z.record(key, subject),
  phases: z
    .array(z.strictObject({ id: key, title: bilingual }))
    .min(1)
    .max(12),
  cast: z.array(castMember).min(2).max(80),
  groups: z.record(key, z.array(key).min(1).max(80)),
  steps: z.array(step).min(1).max(200),
  injects: z.array(inject).max(40),
  routes: z.array(route).max(20),
  targets: z.array(target).min(1).max(60),
  /** The exercise is over when the first of these is done. */
  ends: z
    .array(z.strictObject({ kind: z.string(), record: key }))
    .min(1)
    .max(5),
});

export type Scenario = z.infer<typeof shape>;
export type CastMember = z.infer<typeof castMember>;
export type ScenarioStep = z.infer<typeof step>;
export type ScenarioTarget = z.infer<typeof target>;

export class ScenarioError extends Error {
  readonly lines: readonly string[];
  constructor(lines: readonly string[]) {
    super(lines.join("\n"));
    this.name = "ScenarioError";
    this.lines = lines;
  }
}

/** @throws ScenarioError with one line per thing that is wrong. */
export function parseScenario(json: unknown): Scenario {
  const read = shape.safeParse(json);
  if (!read.success) {
    throw new ScenarioError(
      read.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`),
    );
  }
  const wrong = wrongInScenario(read.data);
  if (wrong.length > 0) throw new ScenarioError(wrong);
  return read.data;
}

/** Every single person, those who come in numbers one by one. */
export interface Player {
  readonly seat: string;
  readonly member: CastMember;
  /** 1-based number among those of one entry. */
  readonly n: number;
}

export const playersOf = ({ cast }: Pick<Scenario, "cast">): Player[] =>
  cast.flatMap((member) =>
    member.count === undefined
      ? [{ seat: member.seat, member, n: 1 }]
      : Array.from({ length: member.count }, (_, i) => ({
          seat: `${member.seat}-${i + 1}`,
          member,
          n: i + 1,
        })),
  );

/** Seats that a step, a route or a group entry names. */
export function seatsNamed(scenario: Pick<Scenario, "cast" | "groups">, name: string): string[] {
  if (!name.startsWith("@")) return [name];
  const players = playersOf(scenario);
  return (scenario.groups[name.slice(1)] ?? []).flatMap((entry) => {
    const several = players.filter(({ member }) => member.seat === entry && member.count);
    return several.length > 0 ? several.map(({ seat }) => seat) : [entry];
  });
}

export const recordTypeOf = ({ kind }: Pick<ScenarioStep, "kind">): EntityType =>
  kind.slice(0, kind.indexOf(".")) as EntityType;
