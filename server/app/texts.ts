import type { Dto } from "../../shared/domain/project.ts";
import type { Vault } from "../vault/vault.ts";
import { StoreUnavailable } from "./api.ts";
import { leastRecent } from "./least-recent.ts";
import { type After, inRealTime, within } from "./patience.ts";

/** Marks vault ids of free text inside DTOs. */
const TEXT_ID_PREFIX = "txt:";
const CACHE_TEXTS = 50_000;

export const textId = (commandId: string, field: string): string =>
  `${TEXT_ID_PREFIX}${commandId}:${field}`;

interface TextRefLike {
  readonly id: string;
  readonly hash: string;
}

function isTextRef(value: object): value is TextRefLike {
  const { id, hash } = value as Partial<TextRefLike>;
  return typeof id === "string" && id.startsWith(TEXT_ID_PREFIX) && typeof hash === "string";
}

/** Whether `is` holds for one of the texts in it; walks all of them where it never does. */
function someText(value: unknown, is: (id: string) => boolean): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (isTextRef(value)) return is(value.id);
  for (const key in value) if (someText(value[key as keyof typeof value], is)) return true;
  return false;
}

/** Longer than a healthy vault ever takes; what is built waits no longer for its texts. */
const PATIENCE_MS = 1_000;

/**
 * Free text of the vault, resolved into DTOs when a frame is built. Forgotten text stays a
 * reference; what the vault could not give in time is told apart from it, and read again later.
 */
export class Texts {
  private readonly cache = leastRecent<string>(CACHE_TEXTS);
  /** Asked for and not answered. */
  private readonly unread = new Set<string>();
  /** Calls that were given up and may still answer; until then nobody waits for another. */
  private overdue = 0;
  private readonly vault: Vault;
  private readonly after: After;

  constructor(vault: Vault, after: After = inRealTime) {
    this.vault = vault;
    this.after = after;
  }

  remember(id: string, text: string): void {
    this.cache.set(id, text);
  }

  /**
   * Makes sure that every text of these DTOs is at hand; touches the vault only for what is not.
   * @returns false when some could not be read now: `lacks` says of which DTOs.
   */
  async load(dtos: Iterable<Dto>): Promise<boolean> {
    const missing = new Set<string>();
    const note = (id: string): false => {
      if (!this.cache.has(id)) missing.add(id);
      return false;
    };
    for (const dto of dtos) someText(dto, note);
    if (missing.size === 0) return true;
    for (const id of missing) this.unread.add(id);
    if (this.overdue > 0) return false;
    return this.readInTime([...missing]);
  }

  /** Whether a text of this DTO is not at hand. */
  misses(dto: Dto): boolean {
    return someText(dto, (id) => !this.cache.has(id));
  }

  /** Whether a text of this DTO is missing only because the vault did not answer. */
  lacks(dto: Dto): boolean {
    if (this.unread.size === 0) return false;
    return someText(dto, (id) => this.unread.has(id) && !this.cache.has(id));
  }

  private async readInTime(ids: readonly string[]): Promise<boolean> {
    const reading = this.read(ids);
    try {
      await within(PATIENCE_MS, reading, this.after);
      return true;
    } catch (error) {
      if (error instanceof StoreUnavailable) this.waitElsewhere(reading);
      return false;
    }
  }

  /** Counted as overdue only while it is: a call that failed has already ended. */
  private waitElsewhere(reading: Promise<void>): void {
    this.overdue += 1;
    const ended = () => {
      this.overdue -= 1;
    };
    reading.then(ended, ended);
  }

  private async read(ids: readonly string[]): Promise<void> {
    const found = await this.vault.getTexts(ids);
    for (const [id, text] of found) this.cache.set(id, text);
    for (const id of ids) this.unread.delete(id);
  }

  /** The DTO with `{id, text, unread?}` in place of each reference; `load` it first. */
  resolve(dto: Dto): Dto {
    // Most have no text, and need no copy.
    return someText(dto, () => true) ? (this.resolved(dto) as Dto) : dto;
  }

  /** `unread` tells the client that there is more to come; a forgotten text is null for good. */
  private resolvedText(id: string): object {
    const text = this.cache.get(id);
    if (text !== undefined) return { id, text };
    return this.unread.has(id) ? { id, text: null, unread: true } : { id, text: null };
  }

  private resolved(value: unknown): unknown {
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map((item) => this.resolved(item));
    if (isTextRef(value)) return this.resolvedText(value.id);
    return Object.fromEntries(
      Object.entries(value).map(([key, child]) => [key, this.resolved(child)]),
    );
  }
}
