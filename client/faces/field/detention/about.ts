import type { DetentionType } from "../../../../shared/domain/detention/state.ts";
import type { SubjectRef } from "../../../../shared/domain/kernel/record.ts";
import { caseNo as caseNoSchema } from "../../../../shared/wire/common.ts";
import type { HeldItem } from "../../../link/outbox-item.ts";

/** What this phone knows of a record that the server may not know yet; travels with every report. */
export interface About {
  readonly kind: DetentionType;
  readonly caseNo?: string;
  readonly operationId?: string;
  readonly subject?: SubjectRef;
  readonly escortIds: readonly string[];
}

/** A number of the wrong form would make the whole report unreadable: it is left out, and said. */
export const isCaseNo = (text: string): boolean => caseNoSchema.safeParse(text.trim()).success;

interface Entered {
  readonly kind: DetentionType;
  readonly caseNo: string;
  readonly operationId: string | undefined;
  readonly subject: SubjectRef | undefined;
  readonly me: string | undefined;
}

export function aboutOf({ kind, caseNo, operationId, subject, me }: Entered): About {
  return {
    kind,
    ...(isCaseNo(caseNo) ? { caseNo: caseNo.trim() } : {}),
    ...(operationId === undefined ? {} : { operationId }),
    ...(subject ? { subject } : {}),
    escortIds: me === undefined ? [] : [me],
  };
}

/** What the report that opened the record said, for the next ones from the same dead zone. */
export function aboutSent(items: readonly HeldItem[]): About | undefined {
  for (const { envelope } of items) {
    const { about } = envelope.payload as { readonly about?: About };
    if (about) return about;
  }
  return undefined;
}
