import type { Audience, ViewKey } from "../../../shared/domain/authority/audience.ts";
import { followedSince } from "../../../shared/domain/authority/tracks.ts";
import { type EntityType, type Ref, refKey } from "../../../shared/domain/kernel/ref.ts";
import { type AnyRecord, getRef, type StateReader } from "../../../shared/domain/kernel/state.ts";
import { moduleOf } from "../../../shared/domain/modules.ts";
import { PAST_ENDS_MS, PAST_WINDOW_MS } from "../../../shared/wire/past-window.ts";
import type { LogStore } from "../../log/log-store.ts";
import { StoreUnavailable } from "../api.ts";
import { audienceFor, audiencesOf, isLive, withoutTexts } from "../projector.ts";
import type { Replica } from "../replica.ts";
import { scopeOfView } from "../view-registry.ts";
import type { Change } from "../world.ts";
import { readFormerHours } from "./former-hours.ts";
import { type PastMark, PastWorlds } from "./past-worlds.ts";
import { TextBytes } from "./text-bytes.ts";
import { Turns } from "./turns.ts";
import type { UndoBook } from "./undo-book.ts";

export interface PastDeskDeps {
  readonly replica: Replica;
  readonly log: Pick<LogStore, "read">;
  readonly undo: UndoBook;
  readonly clock: { now(): number; monotonic(): number };
  readonly yieldTurn: () => Promise<void>;
}

/** What a desk is shown of the past; courts and units stand as they stood, so that names are there. */
const SHOWN: readonly EntityType[] = [
  "court",
  "unit",
  "officer",
  "operation",
  "detention",
  "police",
  "incident",
];
const IS_SHOWN: ReadonlySet<EntityType> = new Set(SHOWN);

/** What an instant cannot be told for. */
export type PastRefusal = "TOO_FAR" | "TOO_NEAR";

/**
 * State at an instant of the last day (RPL-1): the log folded up to it, told to whom may see the
 * record now, as what they may see it now. One is made at a time and in slices.
 */
export class PastDesk {
  private line: Promise<unknown> = Promise.resolve();
  private readonly deps: PastDeskDeps;
  private readonly turns: Turns;
  private readonly worlds: PastWorlds;

  constructor(deps: PastDeskDeps) {
    this.deps = deps;
    const { clock, yieldTurn } = deps;
    const monotonic = () => clock.monotonic();
    this.turns = new Turns(monotonic, yieldTurn);
    this.worlds = new PastWorlds({ ...deps, turns: this.turns, monotonic });
  }

  /** Why nothing can be said of that instant; nothing when it can. */
  refuses(at: number): PastRefusal | undefined {
    if (!this.deps.undo.reaches(at)) return "TOO_FAR";
    return at > this.deps.clock.now() - PAST_ENDS_MS ? "TOO_NEAR" : undefined;
  }

  /** The window that holds the instant, as JSON of the wire's `pastWindow`. */
  window(view: ViewKey, at: number): Promise<Uint8Array> {
    const telling = this.line.then(() => this.tell(view, at));
    // One that failed must not stop those behind it.
    this.line = telling.catch(() => undefined);
    return telling;
  }

  /** Now and then. */
  forgetOld(): void {
    this.worlds.forgetOld();
  }

  private async tell(view: ViewKey, at: number): Promise<Uint8Array> {
    const { undo, clock } = this.deps;
    if (undo.lacks(at)) await readFormerHours({ ...this.deps, turns: this.turns });
    const mark = Math.floor(at / PAST_WINDOW_MS) * PAST_WINDOW_MS;
    const from = Math.max(mark, Math.ceil(undo.from));
    // It was known when it was asked for; while it waited an hour was given up.
    if (at < from) throw new StoreUnavailable("that instant is no longer known");
    const end = mark + PAST_WINDOW_MS;
    const to = Math.max(at, Math.min(end, Math.floor(clock.now()) - PAST_ENDS_MS));
    const begin = await this.worlds.at(from);
    const telling = new Telling(view, this.deps.replica.world);
    const told = new TextBytes();
    told.add(`{"from":${from},"to":${to},"put":[`);
    await this.tellBeginning(begin, telling, told);
    told.add('],"changes":[');
    const then = await this.worlds.copyOf(begin, end);
    await this.tellChanges(then, to, telling, told);
    told.add("]}");
    if (to === end) this.worlds.keep(then);
    return told.bytes();
  }

  private async tellBeginning(
    { world, at }: PastMark,
    telling: Telling,
    told: TextBytes,
  ): Promise<void> {
    let comma = "";
    for (const type of SHOWN) {
      for (const record of world.all(type)) {
        const put = telling.put(record, world, at);
        if (put) {
          told.add(comma + put);
          comma = ",";
        }
        await this.turns.pause();
      }
    }
  }

  private async tellChanges(
    mark: PastMark,
    to: number,
    telling: Telling,
    told: TextBytes,
  ): Promise<void> {
    let comma = "";
    for await (const { at, changes } of this.worlds.foldTo(mark, to)) {
      const line = telling.change(changes, mark.world, at);
      if (!line) continue;
      told.add(comma + line);
      comma = ",";
    }
  }
}

/** One answer: what this view is told, and what it was told already. */
class Telling {
  private readonly audiences = new Map<string, Audience | undefined>();
  private readonly told = new Map<string, string>();
  private readonly view: ViewKey;
  private readonly present: StateReader;

  constructor(view: ViewKey, present: StateReader) {
    this.view = view;
    this.present = present;
  }

  /** The record's put as of then; nothing when this view is not shown it, or has it so already. */
  put(record: AnyRecord, then: StateReader, at: number): string | undefined {
    const json = this.json(record, then, at);
    return json !== undefined && this.isNews(record, json) ? json : undefined;
  }

  private isNews(ref: Ref, json: string): boolean {
    const key = refKey(ref);
    if (this.told.get(key) === json) return false;
    this.told.set(key, json);
    return true;
  }

  change(changes: readonly Change[], then: StateReader, at: number): string | undefined {
    const put: string[] = [];
    const del: string[] = [];
    for (const ref of touchedBy(changes, then)) {
      const record = getRef(then, ref);
      const json = record && this.json(record, then, at);
      if (json === undefined) {
        if (this.told.delete(refKey(ref))) del.push(JSON.stringify({ type: ref.type, id: ref.id }));
      } else if (this.isNews(ref, json)) put.push(json);
    }
    if (put.length + del.length === 0) return undefined;
    return `{"at":${at},"put":[${put.join(",")}],"del":[${del.join(",")}]}`;
  }

  private json(record: AnyRecord, then: StateReader, at: number): string | undefined {
    const audience = isLive(record) ? this.audienceOf(record, at) : undefined;
    if (!audience) return undefined;
    const { type, id, rev } = record;
    const dto = withoutTexts(moduleOf(type).project(record as never, then, audience));
    return JSON.stringify({ type, id, rev, dto });
  }

  /** Present rights; of an officer no more of the past than his track may be seen. */
  private audienceOf({ type, id }: Ref, at: number): Audience | undefined {
    const key = refKey({ type, id });
    const record = getRef(this.present, { type, id });
    if (record?.type === "officer") {
      const since = followedSince(record, scopeOfView(this.view), this.present);
      if (since === undefined || since > at) return undefined;
    }
    if (!this.audiences.has(key)) {
      const found = record && audienceFor(this.view, audiencesOf(record, this.present));
      this.audiences.set(key, found);
    }
    return this.audiences.get(key);
  }
}

/** What changed, and what is seen through it. */
function touchedBy(changes: readonly Change[], then: StateReader): readonly Ref[] {
  const touched = new Map<string, Ref>();
  for (const { ref, before, after } of changes) {
    const seenThrough = moduleOf(ref.type).dependents(before as never, after as never, then);
    for (const one of [ref, ...seenThrough])
      if (IS_SHOWN.has(one.type)) touched.set(refKey(one), one);
  }
  return [...touched.values()];
}
