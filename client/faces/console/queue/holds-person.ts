import { PERSON_CLOCK } from "../../../../shared/domain/police/lifecycle.ts";
import type { DtoOf } from "../../../store/dto.ts";

/** The police hold somebody: his clock runs, whatever the state of the request. */
export const holdsPerson = ({ clocks = [] }: DtoOf<"police">): boolean =>
  clocks.some(({ name, endedAt }) => name === PERSON_CLOCK && endedAt === undefined);
