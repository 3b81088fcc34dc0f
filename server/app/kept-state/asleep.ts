import type { EntityType, Ref } from "../../../shared/domain/kernel/ref.ts";
import type { AnyRecord } from "../../../shared/domain/kernel/state.ts";

/** Where the text of a record lies. */
export interface SleepsIn {
  readonly members: readonly Asleep[];
  textOf(place: number): string;
  commitsOf(place: number): readonly number[];
  line(): string;
}

/**
 * A record that is over, as it was kept: packed text until somebody asks for it. Of a province's
 * records nearly all are over and nearly none of those is ever looked at again.
 */
export class Asleep implements Ref {
  readonly type: EntityType;
  readonly id: string;
  /** Under which it is found. */
  readonly links: readonly string[];
  readonly block: SleepsIn;
  private readonly place: number;
  private record: AnyRecord | undefined;

  constructor(
    { type, id, links }: Ref & { readonly links: readonly string[] },
    block: SleepsIn,
    place: number,
  ) {
    this.type = type;
    this.id = id;
    this.links = links;
    this.block = block;
    this.place = place;
  }

  text(): string {
    return this.block.textOf(this.place);
  }

  /** That touched it, the newest of them. */
  commits(): readonly number[] {
    return this.block.commitsOf(this.place);
  }

  /** One object for all who ask. */
  woken(): AnyRecord {
    this.record ??= JSON.parse(this.text()) as AnyRecord;
    return this.record;
  }
}
