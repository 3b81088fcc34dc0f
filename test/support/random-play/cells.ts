import { World } from "../../../server/app/world.ts";
import type { Relation } from "../../../shared/domain/authority/relation.ts";
import { ROLES, type Role } from "../../../shared/domain/authority/roles.ts";
import { decide } from "../../../shared/domain/decide.ts";
import type { AnyRecord } from "../../../shared/domain/kernel/state.ts";
import { commandEntry, commandKinds, moduleOf } from "../../../shared/domain/modules.ts";
import { readOracle, words } from "../../oracle/read-oracle.ts";
import { isAskedIn, partsIn } from "./machines.ts";
import type { Outcome, PlayStory } from "./play-story.ts";
import { COURTS } from "./realm.ts";
import type { Payload, Person } from "./wish.ts";

/** A record as the play left it in one of its states, with the province around it. */
interface Sample {
  readonly machine: string;
  readonly state: string;
  readonly record: AnyRecord;
  readonly world: World;
  readonly now: number;
}

/** How one cell came out: what the two tables say, and what `decide` said. */
export interface Cell {
  readonly what: string;
  readonly allowed: boolean;
  /** A refusal's code, or nothing where it was accepted. */
  readonly refused: string | undefined;
}

const AUTHORITY_ROWS = new Map(
  readOracle("./authority.csv").map((row) => [`${row.action}|${row.relation}`, row]),
);
/** What can be asked for about a record that is there. */
const ASKED = commandKinds().filter((kind) => {
  const spec = commandEntry(kind)?.spec;
  return spec?.nature !== "SYSTEM" && spec?.target !== "NEW" && kind !== "incident.sos";
});
/** A refusal for who asked, and not for what or when. */
const FOR_WHO: ReadonlySet<string> = new Set([
  "WRONG_COURT",
  "ROLE_REQUIRED",
  "DIFFERENT_PERSON_REQUIRED",
  "NOT_FOR_UNIT",
  "NO_SUCH_ACTION",
]);

function copyOf(story: PlayStory): World {
  const world = new World();
  for (const record of story.everything()) world.put(record);
  return world;
}

/** One sample of each state of each machine, and one payload of each action that was accepted. */
export class Samples {
  readonly #samples = new Map<string, Sample>();
  readonly #payloads = new Map<string, Payload>();

  readonly take = ({ given, decision, changes }: Outcome, story: PlayStory): void => {
    if (!decision.ok) return;
    if (!this.#payloads.has(given.kind)) this.#payloads.set(given.kind, given.payload);
    for (const { after } of changes) this.#keep(after, story);
  };

  get all(): readonly Sample[] {
    return [...this.#samples.values()];
  }

  payloadOf(kind: string): Payload {
    return this.#payloads.get(kind) ?? {};
  }

  /** Of a record with several parts only where all of them stand in one state. */
  #keep(record: AnyRecord, story: PlayStory): void {
    const parts = partsIn(record);
    const [first] = parts;
    if (!first || parts.some(({ state }) => state !== first.state)) return;
    const key = `${first.machine} ${first.state}`;
    if (this.#samples.has(key)) return;
    const { machine, state } = first;
    this.#samples.set(key, { machine, state, record, world: copyOf(story), now: story.now });
  }
}

const pathOf = (courtId: string, world: World): readonly string[] =>
  world.get("court", courtId)?.tierPath ?? [];

/** As authority.md 5.1 has it, written anew: own, down, host, up, sibling. */
function standing(courtId: string, record: AnyRecord, world: World): Relation {
  if (courtId === record.courtId) return "own";
  if (record.tierPath.includes(courtId)) return "down";
  const { hostCourtId, held, assist } = record as Partial<{
    readonly hostCourtId: string;
    readonly held: { readonly courtId: string };
    readonly assist: { readonly courtId: string; readonly state: string };
  }>;
  const helps = assist?.courtId === courtId && !["TAKEN_OVER", "DECLINED"].includes(assist.state);
  if (hostCourtId === courtId || held?.courtId === courtId || helps) return "host";
  return pathOf(courtId, world).includes(record.courtId) ? "up" : "sibling";
}

/** What the hand-written row says of somebody who is nobody in the record. */
function mayByOracle(
  kind: string,
  relation: Relation,
  role: Role,
  sample: Sample,
  courtId: string,
) {
  const row = AUTHORITY_ROWS.get(`${kind}|${relation}`);
  if (!row) return false;
  const parts = moduleOf(sample.record.type).parts(sample.record as never, sample.world);
  const named = parts[row.inCourt as keyof typeof parts] ?? [];
  if (row.inCourt && !named.includes(courtId)) return false;
  const roles = words(row.roles);
  return roles.includes("*") || roles.includes(role);
}

const unitOf = (record: AnyRecord): string | undefined =>
  (record as { readonly unitId?: string }).unitId;

/** Everybody who could ask: each role in each court, and the desk of the unit that was asked. */
function* askers(record: AnyRecord): Generator<Person & { readonly role: Role }> {
  const nobody = { kind: "person", officerId: "nobody" } as const;
  for (const role of ROLES) {
    if (role === "LIAISON_USER") continue;
    for (const courtId of COURTS) yield { ...nobody, courtId, roles: [role], role };
  }
  const role = "LIAISON_USER";
  for (const unitId of [unitOf(record) ?? "bank9", "bank9"]) {
    yield { ...nobody, courtId: record.courtId, unitId, roles: [role], role };
  }
}

function relationOf(asker: Person, { record, world }: Sample): Relation {
  if (asker.unitId === undefined) return standing(asker.courtId, record, world);
  return asker.unitId === unitOf(record) ? "unit" : "none";
}

/** Role × court relation × action × state, for every state that the play has met. */
export function* cellsOf(samples: Samples): Generator<Cell> {
  for (const sample of samples.all) {
    for (const kind of ASKED) {
      if (commandEntry(kind)?.type !== sample.record.type) continue;
      for (const asker of askers(sample.record)) yield cellOf(sample, kind, asker, samples);
    }
  }
}

function cellOf(
  sample: Sample,
  kind: string,
  asker: Person & { readonly role: Role },
  samples: Samples,
): Cell {
  const { record, machine, state, world, now } = sample;
  const { role, ...actor } = asker;
  const relation = relationOf(actor, sample);
  const may = mayByOracle(kind, relation, role, sample, actor.courtId);
  const ref = { type: record.type, id: record.id };
  const decision = decide(
    world,
    { id: "cell", kind, ref, payload: samples.payloadOf(kind), knownSeq: 0 },
    { actor, now, occurred: { earliest: now, latest: now } },
  );
  return {
    what: `${role} of ${actor.courtId} (${relation}) ${kind} in ${machine} ${state}`,
    allowed: may && isAskedIn(machine, state, kind),
    refused: decision.ok ? undefined : decision.refusal.code,
  };
}

/** Not allowed by the tables and accepted all the same, or allowed and refused for who asked. */
export const isWrong = ({ allowed, refused }: Cell): boolean =>
  allowed ? refused !== undefined && FOR_WHO.has(refused) : refused === undefined;
