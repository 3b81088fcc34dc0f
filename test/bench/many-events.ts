import { rm } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { isLive } from "../../server/app/projector.ts";
import { World } from "../../server/app/world.ts";
import { sealCommit } from "../../server/log/hash-chain.ts";
import { openSqliteLog } from "../../server/log/log-sqlite.ts";
import type { Commit } from "../../server/log/log-store.ts";
import { foldEvent } from "../../shared/domain/fold.ts";
import type { AnyRecord } from "../../shared/domain/kernel/state.ts";
import { moduleOf } from "../../shared/domain/modules.ts";
import { type Chain, goldenChains } from "../guard/golden-log.ts";

/** Events of one record: text around the ids that each copy has of its own. */
type Template = readonly (readonly string[])[];

export interface ManyEvents {
  readonly events: number;
  /** Records that are still open at the end; the others are over. */
  readonly live: number;
  /** Courts whose the open records are, in turns: themselves and those above. */
  readonly courts: readonly { readonly courtId: string; readonly tierPath: readonly string[] }[];
}

const COMMANDS_PER_COMMIT = 10;
/** Histories that run side by side, as on a day. */
const AT_ONCE = 50;
const STEP_MS = 50;
const EARLIER_MS = 60 * 86_400_000;
/** A record of a province's year has so many events. */
const LEAST_EVENTS = 9;
const OWN_IDS = /"((?:x[a-z]+|play|free|person|att|hand)-\d+)/;
const BELONGS = /"belongs":\{"courtId":"[^"]+","tierPath":\[[^\]]*\]\}/;

/**
 * Puts so many events behind what a log holds, as if its server had been running for long: what it
 * holds is sealed anew at earlier times, so that all of it lies before now.
 */
export async function withManyEvents(file: string, many: ManyEvents): Promise<number> {
  const old = await openSqliteLog({ file });
  const first = await old.read(-1, 1_000_000);
  await old.close();
  for (const name of [file, `${file}-wal`, `${file}-shm`]) await rm(name, { force: true });
  await (await openSqliteLog({ file })).close();
  const db = new DatabaseSync(file);
  db.exec("PRAGMA synchronous = OFF; BEGIN");
  const rows = new Rows(db);
  for (const { at, body } of first) rows.seal(at - EARLIER_MS, body);
  for (const each of openRecords(many)) rows.take(each);
  const chains = wholeChains();
  const copies = [...endedTemplates(chains)];
  for (let copy = 0; rows.events < many.events; copy += AT_ONCE)
    for (const each of sideBySide(copies, copy)) rows.take(each);
  rows.flush();
  db.exec("COMMIT");
  db.close();
  return rows.events;
}

class Rows {
  events = 0;
  private held: string[] = [];
  private tail: Commit | undefined;
  private readonly db: DatabaseSync;

  constructor(db: DatabaseSync) {
    this.db = db;
  }

  seal(at: number, body: string): Commit {
    const commit = sealCommit(this.tail, { at, body }, "sha256");
    const { seq, prevHash, hash } = commit;
    this.db
      .prepare("INSERT INTO commits (seq, at, prev_hash, hash, body) VALUES (?, ?, ?, ?, ?)")
      .run(seq, at, prevHash, hash, body);
    this.tail = commit;
    return commit;
  }

  take(event: string): void {
    this.held.push(event);
    this.events += 1;
    if (this.held.length === COMMANDS_PER_COMMIT) this.flush();
  }

  flush(): void {
    if (this.held.length === 0) return;
    const { seq: after = -1, at: before = 0 } = this.tail ?? {};
    const at = before + STEP_MS;
    const ids = this.held.map((_, i) => `bench-${after}-${i}`);
    const commands = this.held.map(
      (event, i) =>
        `{"id":"${ids[i]}","kind":"bench","actor":"bench","court":"high","session":"s","knownSeq":0,"knownAt":0,"receivedAt":${at},"payloadHash":"${HASH}","events":[${event}]}`,
    );
    this.held = [];
    const { seq } = this.seal(at, `{"v":1,"node":"bench","commands":[${commands.join(",")}]}`);
    const insert = this.db.prepare("INSERT INTO command_ids (id, seq) VALUES (?, ?)");
    for (const id of ids) insert.run(id, seq);
  }
}

const HASH = "0".repeat(64);

const wholeChains = (): readonly Chain[] =>
  goldenChains().filter(({ before }) => before === undefined);

/** Each is one event as JSON, whose record stands open from then on. */
export function* openRecords({
  live,
  courts,
}: Pick<ManyEvents, "live" | "courts">): Iterable<string> {
  const templates = wholeChains()
    .filter((chain) => chain.events.length === 1 && isOpenWithoutClock(chain))
    .map(templateOf)
    .filter(([event]) => BELONGS.test(event?.join("") ?? ""));
  for (let n = 0; n < live; n += 1) {
    const [event] = templates[n % templates.length] ?? [];
    const court = JSON.stringify(courts[n % courts.length]);
    if (event) yield event.join(`-open${n}`).replace(BELONGS, `"belongs":${court}`);
  }
}

function* endedTemplates(chains: readonly Chain[]): Iterable<Template> {
  for (const chain of chains)
    if (chain.events.length >= LEAST_EVENTS && isOver(chain)) yield templateOf(chain);
}

/** The first events of all, then the second ones: nothing of a record lies together. */
function* sideBySide(templates: readonly Template[], from: number): Iterable<string> {
  const some = Array.from({ length: AT_ONCE }, (_, i) => templates[(from + i) % templates.length]);
  const longest = Math.max(...some.map((template) => template?.length ?? 0));
  for (let step = 0; step < longest; step += 1)
    for (const [i, template] of some.entries()) {
      const event = template?.[step];
      if (event) yield event.join(`-${from + i}`);
    }
}

const templateOf = ({ events }: Chain): Template =>
  events.map(({ event }) => partsOf(JSON.stringify(event)));

/** Cut behind each id. */
function partsOf(text: string): string[] {
  const parts: string[] = [];
  let rest = text;
  for (let found = OWN_IDS.exec(rest); found; found = OWN_IDS.exec(rest)) {
    const end = found.index + found[0].length;
    parts.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...parts, rest];
}

function folded({ events }: Chain): AnyRecord | undefined {
  let record: AnyRecord | undefined;
  for (const { event, meta } of events) record = foldEvent(record, event, meta);
  return record;
}

function hasClock(record: AnyRecord): boolean {
  const world = new World();
  world.put(record);
  return moduleOf(record.type).deadlines(record as never, world).length > 0;
}

const isOver = (chain: Chain): boolean => {
  const record = folded(chain);
  return record !== undefined && !isLive(record) && !hasClock(record);
};

const isOpenWithoutClock = (chain: Chain): boolean => {
  const record = folded(chain);
  return record !== undefined && isLive(record) && !hasClock(record);
};
