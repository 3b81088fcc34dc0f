/**
 * A refusal is a value. `code` comes from the closed lists in the entities' `refusals.ts`; the
 * sentence in Chinese and English is made by `refusal-text.ts` from code, rule and params.
 */
export interface Refusal {
  readonly code: string;
  /** The rule that stops it, e.g. `D1`; its article stands in `rules/`. */
  readonly ruleId?: string;
  readonly params?: Readonly<Record<string, string | number>>;
  /** Server ms from which / until which this refusal holds, when it turns without any commit. */
  readonly from?: number;
  readonly until?: number;
}

export type Decision<E> =
  | { readonly ok: true; readonly events: readonly E[] }
  | { readonly ok: false; readonly refusal: Refusal };

export function refusal(
  code: string,
  more: { ruleId?: string; params?: Record<string, string | number> } = {},
): Refusal {
  return { code, ...more };
}

export const refuse = (
  code: string,
  more: { ruleId?: string; params?: Record<string, string | number> } = {},
): { ok: false; refusal: Refusal } => ({ ok: false, refusal: refusal(code, more) });

export const accept = <E>(...events: E[]): { ok: true; events: readonly E[] } => ({
  ok: true,
  events,
});

/** Two languages of one sentence; `{name}` is replaced by a param. */
export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

/** One code of the closed list: what is refused, and what would satisfy it. */
export interface RefusalText {
  readonly what: Bilingual;
  readonly fix: Bilingual;
}
