/**
 * Where sealed rows lie. The adapters know no cryptography: everything secret that passes here is
 * already encrypted. Inserts are atomic and never overwrite.
 */

/** The wrapped data key of one text scope. */
export interface KeyRow {
  readonly scope: string;
  /** Random; a scope that was forgotten and used again has a key of another id. */
  readonly keyId: string;
  readonly wrapped: Uint8Array;
}

/** One subject with its own wrapped data key, so that deleting the row deletes the key. */
export interface SubjectRow {
  readonly id: string;
  readonly courtId: string;
  readonly by: string;
  readonly wrapped: Uint8Array;
  readonly sealed: Uint8Array;
}

export interface TextRow {
  readonly id: string;
  readonly scope: string;
  readonly keyId: string;
  readonly sealed: Uint8Array;
}

export interface VaultRows {
  /** False when the scope has a key already. */
  insertKey(row: KeyRow): Promise<boolean>;
  findKeys(scopes: readonly string[]): Promise<readonly KeyRow[]>;
  /** False when the subject is there already. */
  insertSubject(row: SubjectRow): Promise<boolean>;
  findSubject(id: string): Promise<SubjectRow | undefined>;
  deleteSubject(id: string): Promise<void>;
  /** False when the text is there already. */
  insertText(row: TextRow): Promise<boolean>;
  findTexts(ids: readonly string[]): Promise<readonly TextRow[]>;
  /** Deletes the scope's key first, then its texts. */
  deleteScope(scope: string): Promise<void>;
  close(): Promise<void>;
}
