const DAY_MS = 86_400_000;
/** The courts decide days in Asia/Shanghai: UTC+8, no summer time since 1991. */
export const SHANGHAI_OFFSET_MS = 8 * 3_600_000;
/** 1970-01-01 was a Thursday; with Monday as 0 that is 3. */
const WEEKDAY_OF_DAY_ZERO = 3;
const SATURDAY = 5;

/**
 * Statutory holidays and make-up workdays are published year by year and are not loaded yet: only
 * weekends are known. Projected with every term in working days, so that the screen says so.
 */
export const CALENDAR_LOADED = false;

/** Number of the Shanghai calendar day in which `at` lies, counted from 1970-01-01. */
export const shanghaiDay = (at: number): number => Math.floor((at + SHANGHAI_OFFSET_MS) / DAY_MS);

/** Server ms at which the Shanghai calendar day `day` begins. */
export const startOfShanghaiDay = (day: number): number => day * DAY_MS - SHANGHAI_OFFSET_MS;

export function isWorkingDay(day: number): boolean {
  const weekday = (((day + WEEKDAY_OF_DAY_ZERO) % 7) + 7) % 7;
  return weekday < SATURDAY;
}

/**
 * End of the `count`th working day after the day of `at`. The day of the start is not counted
 * (CPL art. 85), so a request of Friday afternoon with one working day ends on Monday at 24:00.
 */
export function endOfWorkingDays(at: number, count: number): number {
  let day = shanghaiDay(at);
  for (let left = count; left > 0; ) {
    day += 1;
    if (isWorkingDay(day)) left -= 1;
  }
  return startOfShanghaiDay(day + 1);
}
