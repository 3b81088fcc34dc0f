import type { Audience, AudienceEntry, ViewKey } from "../../shared/domain/authority/audience.ts";
import { mayReadText } from "../../shared/domain/authority/read-text.ts";
import type { AnyRecord, StateReader } from "../../shared/domain/kernel/state.ts";
import { moduleOf } from "../../shared/domain/modules.ts";
import { type Dto, projectDto } from "../../shared/domain/project.ts";
import type { PutRecord } from "../../shared/wire/live.ts";
import type { Texts } from "./texts.ts";

/** Audiences of a record, strongest first. */
export const audiencesOf = (record: AnyRecord, state: StateReader): readonly AudienceEntry[] =>
  moduleOf(record.type).audiences(record as never, state);

export const isLive = (record: AnyRecord): boolean => moduleOf(record.type).live(record as never);

/** As what this view may see the record, or undefined. Wildcards match every view of their seat. */
export function audienceFor(
  view: ViewKey,
  entries: readonly AudienceEntry[],
): Audience | undefined {
  const wildcard = `${view.slice(0, view.indexOf(":"))}:*`;
  return entries.find((entry) => entry.view === view || entry.view === wildcard)?.audience;
}

/** Projects records once per audience and resolves their free text where the audience may read it. */
export class Projector {
  private readonly texts: Texts;
  private readonly state: StateReader;

  constructor(state: StateReader, texts: Texts) {
    this.state = state;
    this.texts = texts;
  }

  project(record: AnyRecord, audience: Audience): Dto {
    return projectDto(record, this.state, audience);
  }

  /** Loads the texts that these projections need; false when some cannot be read now. */
  load(items: readonly { dto: Dto; audience: Audience }[]): Promise<boolean> {
    return this.texts.load(items.filter((i) => mayReadText(i.audience)).map((i) => i.dto));
  }

  /** Whether texts have to be loaded before this can be put. */
  misses({ dto, audience }: { readonly dto: Dto; readonly audience: Audience }): boolean {
    return mayReadText(audience) && this.texts.misses(dto);
  }

  /** Whether the put would lack a text that the audience may read, because the vault is silent. */
  lacks({ dto, audience }: { readonly dto: Dto; readonly audience: Audience }): boolean {
    return mayReadText(audience) && this.texts.lacks(dto);
  }

  /**
   * The put that goes on the wire; texts must have been loaded. A record that is no longer live says
   * `closed`: the client shows how it ended and takes it out of its live records.
   */
  put(record: AnyRecord, audience: Audience, dto: Dto): PutRecord {
    const visible = mayReadText(audience) ? this.texts.resolve(dto) : withoutTexts(dto);
    const dtoOnWire = isLive(record) ? visible : { ...visible, closed: true };
    return { type: record.type, id: record.id, rev: record.rev, dto: dtoOnWire };
  }
}

/** A wall or a host must not even learn the ids of texts it may not read. */
export const withoutTexts = (dto: Dto): Dto => cleaned(dto) as Dto;

function cleaned(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.filter((item) => !looksLikeTextRef(item)).map(cleaned);
  const kept = Object.entries(value).filter(([, child]) => !looksLikeTextRef(child));
  return Object.fromEntries(kept.map(([key, child]) => [key, cleaned(child)]));
}

const looksLikeTextRef = (value: unknown): boolean =>
  typeof value === "object" && value !== null && "hash" in value && "id" in value;
