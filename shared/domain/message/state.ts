import type { RecordBase, TextRef } from "../kernel/record.ts";

/** 消息 to an officer or a court; `courtId` is the sender's court. */
export interface Message extends RecordBase {
  readonly type: "message";
  readonly fromOfficerId: string;
  readonly toOfficerId?: string;
  readonly toCourtId?: string;
  readonly operationId?: string;
  readonly text: TextRef;
  readonly state: "SENT" | "DELIVERED" | "READ";
  readonly sentAt: number;
  readonly deliveredAt?: number;
  readonly readAt?: number;
  readonly readBy?: string;
}
