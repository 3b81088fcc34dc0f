/**
 * Passwords by argon2id. A hash takes some 50 ms of a core and 19 MiB, so only a few run at once;
 * the others wait in line, and live traffic keeps its share of the machine.
 */
import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import type { Argon2Cost, PasswordHash } from "./phc.ts";
import { encodePhc, parsePhc } from "./phc.ts";
import { createTurns } from "./turns.ts";

export interface Passwords {
  /** A PHC string with a salt of its own. */
  hash(password: string): Promise<string>;
  /**
   * @param stored nothing for a login that does not exist: the same work is done and the answer is
   * no, so that the time of the answer does not tell which logins exist.
   */
  verify(password: string, stored: string | undefined): Promise<boolean>;
  /** True when the hash was made at another cost; hash anew at the next good login. */
  isOutdated(stored: string): boolean;
}

/** OWASP's minimum for argon2id; 50 ms on the reference machine. */
export const PASSWORD_COST: Argon2Cost = { memory: 19_456, passes: 2, parallelism: 1 };

const CONCURRENT_HASHES = 2;
const SALT_BYTES = 16;
const HASH_BYTES = 32;

/** @param cost lower it only in tests. */
export function createPasswords(cost: Argon2Cost = PASSWORD_COST): Passwords {
  const inTurn = createTurns(CONCURRENT_HASHES);
  const nobody: PasswordHash = {
    cost,
    salt: randomBytes(SALT_BYTES),
    hash: randomBytes(HASH_BYTES),
  };
  return {
    hash: async (password) => {
      const salt = randomBytes(SALT_BYTES);
      const hash = await inTurn(() => derive(password, { cost, salt }, HASH_BYTES));
      return encodePhc({ cost, salt, hash });
    },
    verify: async (password, stored) => {
      const known = stored === undefined ? undefined : parsePhc(stored);
      const expected = known ?? nobody;
      const actual = await inTurn(() => derive(password, expected, expected.hash.length));
      return timingSafeEqual(actual, expected.hash) && known !== undefined;
    },
    isOutdated: (stored) => {
      const known = parsePhc(stored)?.cost;
      return (
        known?.memory !== cost.memory ||
        known.passes !== cost.passes ||
        known.parallelism !== cost.parallelism
      );
    },
  };
}

/** NFKC, so that the same characters from another keyboard are the same password. */
function derive(
  password: string,
  { cost, salt }: Pick<PasswordHash, "cost" | "salt">,
  tagLength: number,
): Promise<Buffer> {
  const message = Buffer.from(password.normalize("NFKC"), "utf8");
  return new Promise((resolve, reject) => {
    argon2("argon2id", { message, nonce: salt, tagLength, ...cost }, (error, derived) => {
      if (error === null) resolve(derived);
      else reject(error);
    });
  });
}
