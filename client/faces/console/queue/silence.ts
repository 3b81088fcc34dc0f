import { LIFE_CLOCK } from "../../../../shared/domain/checkin/evolve.ts";
import type { ClockDto } from "../../../../shared/domain/kernel/clock.ts";
import type { DtoOf } from "../../../store/dto.ts";

type CheckIn = DtoOf<"checkin">;

/** Two minutes: from here on the own centre must act (CHK-2). */
const CENTRE_LEVEL = 2;

/** The clock that waits for the next sign of life, while it runs. */
export const lifeClock = ({ clocks = [] }: CheckIn): ClockDto | undefined =>
  clocks.find(({ name, endedAt }) => name === LIFE_CLOCK && endedAt === undefined);

/** Silent over his time: his centre, or the court above it, has been told. */
export function isSilent(dto: CheckIn): boolean {
  const clock = lifeClock(dto);
  return dto.state === "RUNNING" && clock !== undefined && clock.level >= CENTRE_LEVEL;
}
