import { subjectLabel } from "../../../shared/domain/authority/subject-mask.ts";
import type { SubjectFlag, SubjectRef } from "../../../shared/domain/kernel/record.ts";
import type { SubjectIdentity } from "../../link/api.ts";

/** What an officer types about a person, once. */
export interface SubjectEntry {
  readonly name: string;
  readonly idNumber: string;
  readonly sex: SubjectRef["sex"];
  readonly ageBand: SubjectRef["ageBand"];
  readonly flags: readonly SubjectFlag[];
}

export const EMPTY_SUBJECT: SubjectEntry = {
  name: "",
  idNumber: "",
  sex: "UNKNOWN",
  ageBand: "UNKNOWN",
  flags: [],
};

/** The two halves of a person: what goes to the vault, and what commands and events may carry. */
export interface SubjectHalves {
  readonly identity: SubjectIdentity;
  readonly ref: SubjectRef;
}

/** FLD-9: neither name nor number is in the half that goes into a command. */
export function splitSubject(id: string, entry: SubjectEntry): SubjectHalves | undefined {
  const name = entry.name.trim();
  if (name === "") return undefined;
  const idNumber = entry.idNumber.trim().toUpperCase();
  return {
    identity: { name, ...(idNumber ? { idNumber } : {}) },
    ref: {
      id,
      label: subjectLabel(name),
      sex: entry.sex,
      ageBand: entry.ageBand,
      flags: [...new Set(entry.flags)],
    },
  };
}

/** The entry with a number typed: a valid one says sex and age, so nobody types them twice. */
export function withIdNumber(entry: SubjectEntry, idNumber: string, now: number): SubjectEntry {
  const read = readIdNumber(idNumber);
  if (!read) return { ...entry, idNumber };
  return { ...entry, idNumber, sex: read.sex, ageBand: ageBandAt(read.born, now) };
}

interface Birthday {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_DIGITS = "10X98765432";

/** GB 11643: birthday, sex and a check digit; undefined when the number cannot be right. */
export function readIdNumber(
  text: string,
): { readonly born: Birthday; readonly sex: "M" | "F" } | undefined {
  const number = text.trim().toUpperCase();
  if (!/^\d{17}[\dX]$/.test(number)) return undefined;
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(number[i]), 0);
  if (CHECK_DIGITS[sum % 11] !== number[17]) return undefined;
  const born = {
    year: Number(number.slice(6, 10)),
    month: Number(number.slice(10, 12)),
    day: Number(number.slice(12, 14)),
  };
  return { born, sex: Number(number[16]) % 2 === 1 ? "M" : "F" };
}

const CHINA_OFFSET_MS = 8 * 3_600_000;

/** Cut at the ages the law asks about, by the date in China. */
export function ageBandAt({ year, month, day }: Birthday, now: number): SubjectRef["ageBand"] {
  const today = new Date(now + CHINA_OFFSET_MS);
  const months = today.getUTCMonth() + 1 - month;
  const hadBirthday = months > 0 || (months === 0 && today.getUTCDate() >= day);
  const age = today.getUTCFullYear() - year - (hadBirthday ? 0 : 1);
  if (age < 0 || age > 130) return "UNKNOWN";
  if (age < 14) return "UNDER_14";
  if (age < 16) return "14_15";
  if (age < 18) return "16_17";
  return age < 70 ? "18_69" : "70_PLUS";
}
