import type { Audience, ViewKey } from "../../shared/domain/authority/audience.ts";
import { type Ref, refKey } from "../../shared/domain/kernel/ref.ts";
import { type AnyRecord, getRef, type StateReader } from "../../shared/domain/kernel/state.ts";
import type { PutRecord } from "../../shared/wire/live.ts";
import { audienceFor, audiencesOf, Projector } from "./projector.ts";
import type { Texts } from "./texts.ts";

interface Told {
  /** Place of its record in the list. */
  readonly order: number;
  readonly put: PutRecord;
}

/**
 * What every view has to be told of these records at one moment. Each record is asked once for its
 * audiences and projected once for each, however many views look on: asked per view, a thousand
 * calls for help and four hundred phones keep the server busy for longer than the pause between two
 * tellings, and it never comes to its senses.
 */
export class EmergencyPuts {
  private readonly byView = new Map<ViewKey, Told[]>();
  /** Records that whole seats see: found per view. */
  private readonly wide: { readonly order: number; readonly record: AnyRecord }[] = [];
  private readonly projector: Projector;
  private readonly state: StateReader;
  private readonly journalled: ReadonlySet<string>;

  /** @param journalled those of the records that stand in the journal and not yet in the log. */
  constructor(
    state: StateReader,
    texts: Texts,
    refs: readonly Ref[],
    journalled: ReadonlySet<string>,
  ) {
    this.state = state;
    this.journalled = journalled;
    this.projector = new Projector(state, texts);
    for (const [order, ref] of refs.entries()) {
      const record = getRef(state, ref);
      if (record) this.file(record, order);
    }
  }

  /** In the order of the records. */
  of(view: ViewKey): PutRecord[] {
    const exact = this.byView.get(view) ?? [];
    if (this.wide.length === 0) return exact.map(({ put }) => put);
    const wide = this.wide.flatMap(({ order, record }): Told[] => {
      const audience = audienceFor(view, audiencesOf(record, this.state));
      return audience ? [{ order, put: this.put(record, audience) }] : [];
    });
    return [...exact, ...wide].toSorted((a, b) => a.order - b.order).map(({ put }) => put);
  }

  private file(record: AnyRecord, order: number): void {
    const entries = audiencesOf(record, this.state);
    if (entries.some(({ view }) => view.endsWith(":*"))) {
      this.wide.push({ order, record });
      return;
    }
    const puts = new Map<Audience, PutRecord>();
    for (const { view, audience } of entries) {
      const told = this.byView.get(view);
      // The strongest standing comes first and counts.
      if (told?.at(-1)?.order === order) continue;
      const put = puts.get(audience) ?? this.put(record, audience);
      puts.set(audience, put);
      if (told) told.push({ order, put });
      else this.byView.set(view, [{ order, put }]);
    }
  }

  private put(record: AnyRecord, audience: Audience): PutRecord {
    const put = this.projector.put(record, audience, this.projector.project(record, audience));
    const mark = this.journalled.has(refKey(record)) ? { journalled: true } : {};
    return { ...put, dto: { ...put.dto, ...mark } };
  }
}
