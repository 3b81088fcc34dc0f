import type { Clocks } from "../kernel/clock.ts";
import type { RecordBase, TextRef } from "../kernel/record.ts";

/** 人大 · 检察 · 政协 · 受邀代表和媒体 (authority.md 5.5). */
export type ObserverBody = "CONGRESS" | "PROCURATORATE" | "CPPCC" | "INVITED";

/** What a seat looks at: figures of the court and those below it, or one operation alone. */
export type ObserverScope = "COURT" | "OPERATION";

/** 观摩席: somebody from outside the courts who may look, later and less. `courtId` invited them. */
export interface Observer extends RecordBase {
  readonly type: "observer";
  readonly body: ObserverBody;
  readonly organisation: string;
  /** Who sits there. */
  readonly visitor: TextRef;
  readonly scope: ObserverScope;
  /** Operations that were released to this seat. */
  readonly released: readonly string[];
  readonly state: "OPEN" | "ENDED";
  readonly endsAt: number;
  readonly openedBy: string;
  readonly openedAt: number;
  /** Taken back before its time, or over by time. */
  readonly ended?: { readonly at: number; readonly by: string };
  readonly clocks: Clocks;
}

export const isOpen = ({ state, endsAt }: Observer, now: number): boolean =>
  state === "OPEN" && now < endsAt;
