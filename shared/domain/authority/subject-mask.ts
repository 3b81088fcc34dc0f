/**
 * How identity data of persons outside the courts looks to those who may not see it in clear
 * (domain/authority.md 5.3, column "default on screen").
 */

/** What the vault knows of a subject, field by field. */
export type SubjectField = "name" | "idNumber" | "phone" | "address" | "plate" | "account";

const MOST_STARS = 3;

/**
 * The label that commands and events carry: first character and one star per further one, three at
 * most, e.g. 张三丰 → `张**`. Its form is fixed by `subjectRef` of the wire.
 */
export function subjectLabel(name: string): string {
  const [first = "", ...rest] = [...name.trim().normalize("NFKC")];
  const initial = first.toUpperCase();
  const shown = /^[\p{Script=Han}A-Z]$/u.test(initial) ? initial : "X";
  return shown + "*".repeat(Math.min(Math.max(rest.length, 1), MOST_STARS));
}

/** Keeps `head` and `tail` characters; a value too short to hide anything is hidden whole. */
function starred(value: string, head: number, tail: number, stars?: number): string {
  const characters = [...value];
  const hidden = characters.length - head - tail;
  if (hidden < 1) return "*".repeat(characters.length);
  const end = tail === 0 ? "" : characters.slice(-tail).join("");
  return characters.slice(0, head).join("") + "*".repeat(stars ?? hidden) + end;
}

/** Road and no number: everything from the first house number on is left out. */
function roadOnly(address: string): string {
  const numbered = /[0-9０-９]|[〇零一二三四五六七八九十百]+(?=[号栋幢单弄室楼座])/u.exec(address);
  return numbered === null ? address : address.slice(0, numbered.index).trimEnd();
}

/** Province and city letter, then the last three: 鄂A12123 → 鄂A·**123. */
function maskedPlate(value: string): string {
  const characters = [...value.replace(/[·\s]/gu, "")];
  return `${characters.slice(0, 2).join("")}·${starred(characters.slice(2).join(""), 0, 3)}`;
}

const MASKS: Readonly<Record<SubjectField, (value: string) => string>> = {
  name: subjectLabel,
  idNumber: (value) => starred(value, 3, 2),
  phone: (value) => starred(value, 3, 4, 4),
  address: roadOnly,
  plate: maskedPlate,
  account: (value) => starred(value, 0, 4, 4),
};

export const maskField = (field: SubjectField, value: string): string => MASKS[field](value);
