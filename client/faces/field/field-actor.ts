import type { Actor } from "../../../shared/domain/authority/actor.ts";
import { can } from "../../../shared/domain/authority/can.ts";
import type { Role } from "../../../shared/domain/authority/roles.ts";
import type { Refusal } from "../../../shared/domain/kernel/refusal.ts";
import type { Hello } from "../../../shared/wire/live.ts";
import type { DtoExtras } from "../../store/dto.ts";

export type Person = Extract<Actor, { kind: "person" }>;

/** Whoever holds this phone, as the server named him; nobody before the first hello. */
export function personOf(hello: Hello | undefined): Person | undefined {
  if (!hello?.officerId) return undefined;
  return {
    kind: "person",
    officerId: hello.officerId,
    courtId: hello.courtId,
    roles: hello.roles as readonly Role[],
  };
}

/**
 * Authority alone. A phone holds only records of its own court's projection, hence `own`; whoever
 * commands an operation of a court below has it under him (OPS-45).
 */
export const mayDo = (
  person: Person,
  kind: string,
  dto: Pick<DtoExtras, "parts"> & { readonly courtId?: string },
): Refusal | undefined => {
  const { parts = {}, courtId = person.courtId } = dto;
  const commandsBelow = courtId !== person.courtId && parts.commandCourt?.includes(person.courtId);
  return can(person, kind, commandsBelow ? "down" : "own", parts);
};
