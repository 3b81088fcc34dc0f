/** One-time codes that bind a device to what an administrator registered it for. */
import { randomInt } from "node:crypto";
import type { AccountStore } from "../../accounts/account-store.ts";
import { hashToken } from "../../accounts/tokens.ts";

/** Without the letters and digits that are taken for one another. */
const ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const CODE_LENGTH = 12;
const CODE_LIFE_MS = 24 * 3_600_000;

/** The only time the code is ever seen; give it to the device's keeper. */
export async function issueEnrolmentCode(
  accounts: Pick<AccountStore, "putEnrolmentCode">,
  deviceId: string,
  now: number,
): Promise<string> {
  const letters = Array.from({ length: CODE_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]);
  const code = letters.join("");
  await accounts.putEnrolmentCode({
    codeHash: hashCode(code),
    deviceId,
    expiresAt: now + CODE_LIFE_MS,
  });
  return code.replace(/(.{4})(?=.)/g, "$1-");
}

/** As people type it: hyphens, spaces and case do not matter. */
export const hashCode = (typed: string): string =>
  hashToken(typed.replace(/[\s-]/g, "").toUpperCase());
