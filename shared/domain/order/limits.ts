import { isWorkingDay, shanghaiDay, startOfShanghaiDay } from "../calendar.ts";

/** 执行规定 72: a recipient may ask for reconsideration within five days. */
const RECONSIDER_DAYS = 5;
/** 执行规定 77: a deferral lasts three months at the most. */
const DEFERRAL_MONTHS = 3;

const DAYS_PER_ERA = 146_097;
const YEARS_PER_ERA = 400;
/** Days from 0000-03-01 to 1970-01-01. */
const EPOCH_SHIFT = 719_468;

interface CivilDate {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
}

/**
 * End of the fifth day after the day of the signature, which is not counted; a term that would end
 * on a day off ends with the next working day (CPL art. 85).
 */
export function reconsiderUntil(signedAt: number): number {
  let last = shanghaiDay(signedAt) + RECONSIDER_DAYS;
  while (!isWorkingDay(last)) last += 1;
  return startOfShanghaiDay(last + 1);
}

/** The last ms of a deferral that is ordered at `at`, exclusive: the same date three months on. */
export function deferralEnd(at: number): number {
  const { year, month, day } = civilOf(shanghaiDay(at));
  const months = year * 12 + (month - 1) + DEFERRAL_MONTHS;
  const then = { year: Math.floor(months / 12), month: (months % 12) + 1 };
  const date = Math.min(day, daysIn(then.year, then.month));
  return startOfShanghaiDay(dayOf({ ...then, day: date }) + 1);
}

const daysIn = (year: number, month: number): number => {
  const next = month === 12 ? { year: year + 1, month: 1 } : { year, month: month + 1 };
  return dayOf({ ...next, day: 1 }) - dayOf({ year, month, day: 1 });
};

/** Years begin in March here, so that the leap day is the last one. */
function dayOf({ year, month, day }: CivilDate): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / YEARS_PER_ERA);
  const yearOfEra = y - era * YEARS_PER_ERA;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * DAYS_PER_ERA + dayOfEra - EPOCH_SHIFT;
}

function civilOf(days: number): CivilDate {
  const shifted = days + EPOCH_SHIFT;
  const era = Math.floor(shifted / DAYS_PER_ERA);
  const dayOfEra = shifted - era * DAYS_PER_ERA;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return {
    year: yearOfEra + era * YEARS_PER_ERA + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
  };
}
