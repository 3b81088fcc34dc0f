import type { Role } from "../../shared/domain/authority/roles.ts";
import type { Refusal } from "../../shared/domain/kernel/refusal.ts";
import type { NextStep } from "../../shared/domain/operation/next-steps.ts";
import type { OperationDto } from "./progress.ts";

interface Who {
  readonly officerId: string;
  readonly courtId: string;
  readonly roles: readonly Role[];
}

/** Whoever wrote the plan neither approves it nor sends it back (OPS-24). */
const NOT_BY_ITS_AUTHOR: ReadonlySet<string> = new Set(["operation.approve", "operation.reject"]);

/** Is this step this person's to take? Posts count in the own court, parts wherever he sits. */
export function isMyStep({ command, who }: NextStep, dto: OperationDto, person: Who): boolean {
  const { parts = {} } = dto;
  const isAuthor = parts.proposer?.includes(person.officerId) ?? false;
  if (isAuthor && NOT_BY_ITS_AUTHOR.has(command)) return false;
  if (who.parts.some((part) => parts[part]?.includes(person.officerId))) return true;
  return dto.courtId === person.courtId && who.roles.some((role) => person.roles.includes(role));
}

/** What still stops it at this moment: a refusal with a time turns by itself. */
export const stopsAt = ({ stops }: NextStep, now: number): readonly Refusal[] =>
  stops.filter(({ from, until }) => !((from ?? 0) > now || (until ?? now + 1) <= now));
