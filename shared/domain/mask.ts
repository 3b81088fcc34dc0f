/**
 * Masking of names on pushed frames (authority.md 5.2, 5.3). Officers' names are official data and
 * may be shortened; names of subjects never reach the domain at all (`SubjectRef.label`).
 */

/** 复姓 in use; every other Han surname is one character. */
const COMPOUND_SURNAMES: ReadonlySet<string> = new Set([
  "欧阳",
  "上官",
  "司马",
  "诸葛",
  "司徒",
  "夏侯",
  "尉迟",
  "皇甫",
  "令狐",
  "慕容",
  "长孙",
  "宇文",
  "公孙",
  "东方",
  "南宫",
  "端木",
]);

const IS_HAN = /^\p{Script=Han}/u;

/** The surname of an official's name: one or two characters, or the first word of a Latin name. */
function surnameOf(name: string): string {
  if (!IS_HAN.test(name)) return name.split(/\s+/u)[0] ?? name;
  const characters = [...name];
  const two = characters.slice(0, 2).join("");
  return characters.length > 2 && COMPOUND_SURNAMES.has(two) ? two : (characters[0] ?? name);
}

/** Surname and title, e.g. 王警官: what the High Court and every wall see of an officer. */
export function officerShort(name: string, title: string): string {
  const surname = surnameOf(name);
  return IS_HAN.test(name) ? `${surname}${title}` : `${surname} ${title}`.trim();
}

/** A telephone as a screen shows it (authority.md 5.3): `138****1234`, of a short one the end. */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/\D/gu, "");
  return digits.length >= 10
    ? `${digits.slice(0, 3)}****${digits.slice(-4)}`
    : `****${digits.slice(-2)}`;
}
