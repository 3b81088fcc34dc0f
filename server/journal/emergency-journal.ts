/**
 * Where calls for help go when the main store does not take them in time. Knows nothing of what it
 * keeps: each entry is one line of text.
 */
export interface EmergencyJournal {
  /** Entries of an earlier life that were not set aside, oldest first; torn ones are left out. */
  readonly found: readonly string[];
  /**
   * Resolves when the entry is durable. Entries stand in the order of the calls.
   * @throws when it cannot be made durable; whether it survives a crash is then unknown.
   */
  append(entry: string): Promise<void>;
  /** Everything in it stands in the log now: sets the entries aside, where a person can read them. */
  setAside(): Promise<void>;
  /** Whether the last append failed. */
  readonly failing: boolean;
  close(): Promise<void>;
}
