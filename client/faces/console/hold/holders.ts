import type { StoredRecord } from "../../../store/dto.ts";
import type { Names } from "../desk/names.tsx";

export interface HoldStepDto {
  readonly at: number;
  /** Under `orders:hold`. */
  readonly what: string;
  readonly courtId: string;
  readonly byCourtId?: string;
  readonly byName?: string;
}

type Matter = StoredRecord<"incident"> | StoredRecord<"police">;

/** Everybody in whose hands it was, in order: reported, told by the clocks, answered, moved by hand. */
export function holdersOf(record: Matter): readonly HoldStepDto[] {
  const { dto } = record;
  const told = (dto.holder?.told ?? []) as readonly {
    readonly courtId: string;
    readonly at?: number;
  }[];
  const log = (dto.holdLog ?? []) as readonly {
    readonly how: string;
    readonly courtId: string;
    readonly byCourtId: string;
    readonly at: number;
    readonly name?: string;
  }[];
  const steps: HoldStepDto[] = [
    ...told.flatMap(({ courtId, at }) => (at === undefined ? [] : [{ at, what: "told", courtId }])),
    ...log.map(({ how, courtId, byCourtId, at, name }) => ({
      at,
      what: `how.${how}`,
      courtId,
      byCourtId,
      ...(name ? { byName: name } : {}),
    })),
    ...startOf(record),
  ];
  return steps.sort((a, b) => a.at - b.at);
}

function startOf(record: Matter): readonly HoldStepDto[] {
  const { courtId } = record.dto;
  if (courtId === undefined) return [];
  if (record.type === "police") {
    const { sentAt } = record.dto as StoredRecord<"police">["dto"];
    return sentAt === undefined ? [] : [{ at: sentAt, what: "reported", courtId }];
  }
  const { reportedAt, acknowledged } = record.dto as StoredRecord<"incident">["dto"];
  return [
    ...(reportedAt === undefined ? [] : [{ at: reportedAt, what: "reported", courtId }]),
    ...(acknowledged
      ? [
          {
            at: acknowledged.at,
            what: "acknowledged",
            courtId: acknowledged.courtId,
            ...(acknowledged.name ? { byName: acknowledged.name } : {}),
          },
        ]
      : []),
  ];
}

/**
 * Surname and title of whoever holds it, for a view without his own record: a court that helps is
 * sent no person of the court that asked.
 */
export function holderName(record: StoredRecord, names: Names): string | undefined {
  const { holder, acknowledged } = record.dto as StoredRecord<"incident">["dto"];
  if (holder?.officerId === undefined) return undefined;
  const isHis = acknowledged?.officerId === holder.officerId;
  return names.officerOr(holder.officerId, (isHis ? acknowledged.name : undefined) ?? "");
}
