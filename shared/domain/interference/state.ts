import type { RecordBase, TextRef } from "../kernel/record.ts";

/** Who approached: 领导干部 · 司法机关内部人员 · 当事人及其代理人 · 其他. */
export type Approacher = "OFFICIAL" | "INSIDER" | "PARTY" | "OTHER";

/** How: 当面 · 电话 · 书面 · 信息 · 会议 · 托人转达. */
export type ApproachBy = "IN_PERSON" | "PHONE" | "LETTER" | "MESSAGE" | "MEETING" | "THIRD_PERSON";

/**
 * 过问记录: somebody from outside the case approached an officer about it [Hubei 2016 §7]. Written
 * once; a correction is a record of its own.
 */
export interface InterferenceRecord extends RecordBase {
  readonly type: "interference";
  readonly caseNo: string;
  readonly recordedBy: string;
  readonly recordedAt: number;
  readonly approacher: Approacher;
  /** Name and office, as far as known. */
  readonly who: TextRef;
  readonly approachedBy: ApproachBy;
  /** As typed by the officer, ms; no clock uses it. */
  readonly approachedAt: number;
  readonly asked: TextRef;
  readonly answered?: TextRef;
}
