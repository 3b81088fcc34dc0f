import type { EntityType } from "../../../shared/domain/kernel/ref.ts";
import { packed, unpacked } from "../../state-cache/packing.ts";
import { Asleep } from "./asleep.ts";

/** A record that is over, for a block. */
export interface ToSleep {
  readonly id: string;
  /** Under which it is found. */
  readonly links: readonly string[];
  /** Commits that touched it, the newest of them. */
  readonly commits: readonly number[];
  /** As JSON. */
  readonly text: string;
}

/** Larger blocks pack better, and cost more where one of their records is woken: a third of a millisecond. */
export const BLOCK_RECORDS = 128;
/** Before the line of a block. */
export const SLEEPS = "~";
const TAB = "\t";

/** Before the tab of a line; behind it the packed texts. */
type Head = readonly [EntityType, readonly string[], readonly (readonly string[])[]];

/**
 * Records of one kind that are over, packed together: a tenth of the bytes and less, to be kept, to
 * be read at the next start and to lie in memory. Only ids and links are there unpacked.
 */
export class SleepingBlock {
  readonly members: readonly Asleep[];
  private readonly packed: Uint8Array;
  /** Of whoever asks for one, most ask for the next as well. */
  private static opened: { readonly block: SleepingBlock; readonly texts: readonly string[] };

  private constructor([type, ids, links]: Head, packed: Uint8Array) {
    this.packed = packed;
    this.members = ids.map(
      (id, place) => new Asleep({ type, id, links: links[place] ?? [] }, this, place),
    );
  }

  static pack(type: EntityType, some: readonly ToSleep[]): SleepingBlock {
    const texts = some.map(({ commits, text }) => `${JSON.stringify(commits)}${TAB}${text}`);
    const head: Head = [type, some.map(({ id }) => id), some.map(({ links }) => links)];
    return new SleepingBlock(head, packed(texts.join("\n")));
  }

  /** @throws Error when it is no line of a block. */
  static read(line: Buffer): SleepingBlock {
    const tab = line.indexOf(TAB);
    const head = JSON.parse(line.toString("utf8", SLEEPS.length, tab)) as Head;
    return new SleepingBlock(head, Buffer.from(line.toString("latin1", tab + 1), "base64"));
  }

  line(): string {
    const [first] = this.members;
    const ids = this.members.map(({ id }) => id);
    const links = this.members.map((member) => member.links);
    const head = JSON.stringify([first?.type ?? "court", ids, links] satisfies Head);
    return `${SLEEPS}${head}${TAB}${Buffer.from(this.packed).toString("base64")}`;
  }

  textOf(place: number): string {
    const text = this.texts()[place] ?? "";
    return text.slice(text.indexOf(TAB) + 1);
  }

  commitsOf(place: number): readonly number[] {
    const text = this.texts()[place] ?? "";
    return JSON.parse(text.slice(0, text.indexOf(TAB))) as number[];
  }

  private texts(): readonly string[] {
    if (SleepingBlock.opened?.block !== this) {
      const texts = unpacked(this.packed).split("\n");
      SleepingBlock.opened = { block: this, texts };
    }
    return SleepingBlock.opened.texts;
  }
}
