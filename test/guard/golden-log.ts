import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { metaOf } from "../../server/app/recorded.ts";
import { parseCommitBody } from "../../server/log/commit-body.ts";
import { foldEvent } from "../../shared/domain/fold.ts";
import type { DomainEvent, EventMeta } from "../../shared/domain/kernel/event.ts";
import { refKey } from "../../shared/domain/kernel/ref.ts";
import type { AnyRecord } from "../../shared/domain/kernel/state.ts";
import { EVENT_TYPES, isEntityType } from "../../shared/domain/modules.ts";
import { canonicalJson } from "../../shared/wire/canonical-json.ts";

/** All events of one record, in order: what a record becomes depends on nothing else. */
export interface Chain {
  /** Where the story did not begin with an event. */
  readonly before?: AnyRecord;
  readonly events: readonly { readonly event: DomainEvent; readonly meta: EventMeta }[];
}

interface Folded {
  readonly version: number;
  /** One for each chain, over the record after each of its events. */
  readonly chains: readonly string[];
}

const LOG = new URL("golden/log.jsonl", import.meta.url);
const FOLDED = new URL("golden/folded.json", import.meta.url);

export const goldenChains = (): readonly Chain[] =>
  existsSync(LOG)
    ? readFileSync(LOG, "utf8")
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line) as Chain)
    : [];

export const writeChains = (chains: readonly Chain[]): void =>
  writeFileSync(LOG, chains.map((chain) => `${JSON.stringify(chain)}\n`).join(""));

export const recordedFold = (): Folded =>
  existsSync(FOLDED)
    ? (JSON.parse(readFileSync(FOLDED, "utf8")) as Folded)
    : { version: 0, chains: [] };

export const writeFold = (folded: Folded): void =>
  writeFileSync(FOLDED, `${JSON.stringify(folded, null, 2)}\n`);

/** @param held what becomes of a record before the next event is folded into it. */
export function foldedHash(
  { before, events }: Chain,
  held: (record: AnyRecord) => AnyRecord = (record) => record,
): string {
  const hash = createHash("sha256");
  let record = before;
  for (const { event, meta } of events) {
    record = held(foldEvent(record, event, meta));
    hash.update(canonicalJson(record)).update("\n");
  }
  return hash.digest("hex").slice(0, 16);
}

const typesOf = ({ events }: Chain): readonly string[] => events.map(({ event }) => event.type);

export const missingTypes = (chains: readonly Chain[]): readonly string[] => {
  const held = new Set(chains.flatMap(typesOf));
  return [...EVENT_TYPES].filter((type) => !held.has(type)).sort();
};

/** Those of the found chains that hold an event which the known ones lack; short ones first. */
export function needed(known: readonly Chain[], found: readonly Chain[]): readonly Chain[] {
  const missing = new Set(missingTypes(known));
  return found
    .toSorted((a, b) => a.events.length - b.events.length)
    .filter((chain) => {
      const adds = typesOf(chain).some((type) => missing.has(type));
      if (adds) for (const type of typesOf(chain)) missing.delete(type);
      return adds;
    });
}

/** Of a story whose records were there before it began, or of one that began with nothing. */
export function chainsOf(events: Chain["events"], first: readonly AnyRecord[] = []): Chain[] {
  const before = new Map(first.map((record) => [refKey(record), record]));
  const byRef = new Map<string, { before?: AnyRecord; events: Chain["events"][number][] }>();
  for (const each of events) {
    const key = refKey(each.event.ref);
    const start = before.get(key);
    const chain = byRef.get(key) ?? { ...(start ? { before: start } : {}), events: [] };
    byRef.set(key, chain);
    chain.events.push(each);
  }
  return [...byRef.values()];
}

export const eventsIn = (bodies: readonly string[]): Chain["events"] =>
  bodies.flatMap((text, seq) => {
    const parsed = parseCommitBody(text);
    if (!parsed.ok) return [];
    return parsed.body.commands.flatMap((command) =>
      command.events.flatMap(({ type, ref, data }) =>
        isEntityType(ref.type)
          ? [
              {
                event: { type, ref: { type: ref.type, id: ref.id }, data },
                meta: metaOf(command, seq, command.receivedAt),
              },
            ]
          : [],
      ),
    );
  });
