import type { Clocks } from "../kernel/clock.ts";
import type { RecordBase, TextRef } from "../kernel/record.ts";
import type { ObserverBody } from "../observer/state.ts";

/** 书面意见: a document from a body that oversees the court, 检察建议 included. */
export interface Opinion extends RecordBase {
  readonly type: "opinion";
  readonly body: ObserverBody;
  readonly organisation: string;
  /** Number of the document. */
  readonly docNo: string;
  /** The visit that it came of, if it came of one. */
  readonly observerId?: string;
  readonly text: TextRef;
  readonly receivedAt: number;
  readonly registeredBy: string;
  readonly state: "REGISTERED" | "REPLIED";
  readonly reply?: {
    readonly at: number;
    readonly by: string;
    readonly replyNo: string;
    readonly text: TextRef;
  };
  readonly clocks: Clocks;
}
