import { LRUCache } from "lru-cache";
import type { Dto } from "../../shared/domain/project.ts";
import type { Vault } from "../vault/vault.ts";

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

function* textRefs(value: unknown): Generator<TextRefLike> {
  if (typeof value !== "object" || value === null) return;
  if (isTextRef(value)) yield value;
  else for (const child of Object.values(value)) yield* textRefs(child);
}

/** Free text of the vault, resolved into DTOs when a frame is built. Forgotten text stays a reference. */
export class Texts {
  private readonly cache = new LRUCache<string, string>({ max: CACHE_TEXTS });
  private readonly vault: Vault;

  constructor(vault: Vault) {
    this.vault = vault;
  }

  remember(id: string, text: string): void {
    this.cache.set(id, text);
  }

  /** Makes sure that every text of these DTOs is at hand; touches the vault only for what is not. */
  async load(dtos: Iterable<Dto>): Promise<void> {
    const missing = new Set<string>();
    for (const dto of dtos)
      for (const { id } of textRefs(dto)) if (!this.cache.has(id)) missing.add(id);
    if (missing.size === 0) return;
    for (const [id, text] of await this.vault.getTexts([...missing])) this.cache.set(id, text);
  }

  /** The DTO with `{id, text}` in place of each reference; `load` it first. */
  resolve(dto: Dto): Dto {
    return this.resolved(dto) as Dto;
  }

  private resolved(value: unknown): unknown {
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map((item) => this.resolved(item));
    if (isTextRef(value)) return { id: value.id, text: this.cache.get(value.id) ?? null };
    return Object.fromEntries(
      Object.entries(value).map(([key, child]) => [key, this.resolved(child)]),
    );
  }
}
