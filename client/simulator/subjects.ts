import { subjectLabel } from "../../shared/domain/authority/subject-mask.ts";
import type { SubjectRef } from "../../shared/domain/kernel/record.ts";
import type { SubjectIdentity } from "../link/api.ts";
import type { Chance } from "./chance.ts";

/** A person outside the courts: what goes to the vault, and what commands carry. */
export interface Subject {
  readonly ref: SubjectRef;
  readonly identity: SubjectIdentity & { readonly plate?: string };
}

const SURNAMES = ["王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙"] as const;
const GIVEN = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"] as const;

/** Nobody: the middle character is always 模 ("simulated"), every number is impossible. */
export function inventSubject(id: string, chance: Chance): Subject {
  const name = `${chance.pick(SURNAMES)}模${chance.pick(GIVEN)}`;
  const female = chance.happens(0.25);
  const old = chance.happens(0.04);
  const birthYear = old ? chance.whole(1944, 1954) : chance.whole(1962, 2003);
  return {
    ref: {
      id,
      label: subjectLabel(name),
      sex: female ? "F" : "M",
      ageBand: old ? "70_PLUS" : "18_69",
      flags: chance.happens(0.03) ? ["HEALTH"] : [],
    },
    identity: {
      name,
      idNumber: impossibleIdNumber(birthYear, female, chance),
      // No mobile number begins with 100.
      phone: `100${chance.whole(10_000_000, 99_999_999)}`,
      address: `模拟路${chance.whole(1, 300)}号`,
    },
  };
}

/** The letter I is on no plate. */
export const impossiblePlate = (chance: Chance): string => `鄂I${chance.whole(10_000, 99_999)}`;

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const CHECKS = "10X98765432";

/** Check digit of a citizen number (GB 11643) for its first 17 digits. */
export function checkDigit(first17: string): string {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(first17[i]), 0);
  return CHECKS[sum % 11] ?? "";
}

/** 18 places in the form of a citizen number; the check digit is wrong, so nobody has it. */
function impossibleIdNumber(birthYear: number, female: boolean, chance: Chance): string {
  const two = (n: number) => String(n).padStart(2, "0");
  const born = `${birthYear}${two(chance.whole(1, 12))}${two(chance.whole(1, 28))}`;
  const order = `${two(chance.whole(0, 99))}${chance.whole(0, 4) * 2 + (female ? 0 : 1)}`;
  const first17 = `420100${born}${order}`;
  const right = CHECKS.indexOf(checkDigit(first17));
  return first17 + CHECKS[(right + chance.whole(1, 10)) % CHECKS.length];
}
