import type { RecordBase } from "../kernel/record.ts";

/** 执行团队. */
export interface Team extends RecordBase {
  readonly type: "team";
  readonly name: string;
  readonly leadOfficerId?: string;
  readonly memberIds: readonly string[];
}
