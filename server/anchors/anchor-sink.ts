/** The port: where anchors go. It can take a line at its end and nothing else. */
export interface AnchorSink {
  /** The last lines that are whole, oldest first; some dozens at least, or all there are. */
  recent(): Promise<readonly string[]>;
  /** Every line, newest first, read as far as it is asked for; cut-off ones may be among them. */
  backwards(): AsyncIterable<string>;
  /** Resolves when the line is durable. @throws when it is not, or may not be. */
  append(line: string): Promise<void>;
}

/** A line as it stands in a file. */
export interface AnchorText {
  /** From 1. */
  readonly number: number;
  readonly text: string;
  /** A line break follows; missing after the last line of a writer that was cut off. */
  readonly ended: boolean;
}
