/**
 * Where calls for help go when the main store does not take them in time. Knows nothing of what it
 * keeps: each entry is one line of text.
 */
export interface EmergencyJournal {
  /** Entries of an earlier life that were not set aside, oldest first; torn ones are left out. */
  readonly found: readonly string[];
  /**
   * Whole lines of an earlier life that are not as they were written: each was perhaps a call for
   * help that was acknowledged. A last line that a crash cut off is none. As it was at the opening.
   */
  readonly unreadable: number;
  /**
   * Resolves when the entry is durable. Entries stand in the order of the calls.
   * @throws when it cannot be made durable; whether it survives a crash is then unknown.
   */
  append(entry: string): Promise<void>;
  /**
   * Everything in it stands in the log now: sets the entries aside, where a person can read them,
   * apart from what holds lines that cannot be read.
   */
  setAside(): Promise<void>;
  /** Whether the last append failed. */
  readonly failing: boolean;
  close(): Promise<void>;
}
