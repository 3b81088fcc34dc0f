/**
 * Where a folded state is kept between two starts. A cache: the log alone counts, and whoever
 * deletes what is here loses the time of one replay.
 */
export interface StateCache {
  /**
   * What was kept last; nothing when there is none.
   * @throws Error with a sentence when something is there that cannot be what was kept.
   */
  read(): Promise<KeptLines | undefined>;
  /** In place of what was there, all of it or nothing, whenever the power goes. */
  write(lines: AsyncIterable<string>): Promise<void>;
}

export interface KeptLines {
  readonly lines: Iterable<Buffer>;
  /** Whether these are the bytes that this deployment wrote. Until then nothing of it may be used. */
  readonly isOwn: Promise<boolean>;
}
