/**
 * The vault port: everything that may one day have to be forgotten. Stored events carry only
 * references into it (`SubjectRef`, `TextRef`). Each subject, and each case's free text, is
 * encrypted under a key of its own; forgetting deletes key and rows.
 */

/** Identity of a subject or third party, in clear; leaves the vault only through a reveal. */
export interface SubjectIdentity {
  readonly name: string;
  readonly idNumber?: string;
  readonly phone?: string;
  readonly address?: string;
  readonly plate?: string;
  readonly account?: string;
}

/** What a command carries instead of free text. `hash` is an HMAC under the scope's key. */
export interface StoredTextRef {
  readonly id: string;
  readonly hash: string;
}

export interface Vault {
  /**
   * Idempotent: the same content again is `SAME`; other content under a known id is `DIFFERENT`
   * and changes nothing.
   */
  putSubject(
    id: string,
    owner: { readonly courtId: string; readonly by: string },
    identity: SubjectIdentity,
  ): Promise<"CREATED" | "SAME" | "DIFFERENT">;
  getSubject(id: string): Promise<{ courtId: string; identity: SubjectIdentity } | undefined>;
  forgetSubject(id: string): Promise<void>;
  /**
   * Stores one free text. Idempotent by `id`; the hash depends on the text and the scope's key
   * only, so the same command by two roads gives the same reference.
   * @param scope e.g. `case:(2026)鄂0102执1号`; its key is made at first use.
   */
  putText(id: string, scope: string, text: string): Promise<StoredTextRef>;
  /** Clear texts by id; forgotten ones are absent. */
  getTexts(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Forgets every text of the scope by deleting its key. */
  forgetScope(scope: string): Promise<void>;
  close(): Promise<void>;
}
