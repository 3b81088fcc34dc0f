/** Credentials: argon2id in PHC form, and tokens of which only the hash is kept. */
import { describe, expect, it } from "vitest";
import { createPasswords, PASSWORD_COST } from "../../server/accounts/passwords.ts";
import { encodePhc, parsePhc } from "../../server/accounts/phc.ts";
import { hashToken, newToken } from "../../server/accounts/tokens.ts";
import { createTurns } from "../../server/accounts/turns.ts";

const CHEAP = { memory: 8, passes: 1, parallelism: 1 };

describe("passwords", () => {
  it("ACC-8 given a password, when it is hashed at the real cost, then only it is verified", async () => {
    const passwords = createPasswords();
    const stored = await passwords.hash("执行指挥-2026");
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(await passwords.verify("执行指挥-2026", stored)).toBe(true);
    expect(await passwords.verify("执行指挥-2027", stored)).toBe(false);
    expect(passwords.isOutdated(stored)).toBe(false);
    expect(createPasswords(CHEAP).isOutdated(stored)).toBe(true);
  });

  it("ACC-8 given the reference vector of another implementation, when verified, then it is right", async () => {
    // argon2-cffi's documented example: PasswordHasher().hash("correct horse battery staple").
    const stored =
      "$argon2id$v=19$m=65536,t=3,p=4$MIIRqgvgQbgj220jfp0MPA$YfwJSVjtjSU0zzV/P3S9nnQ/USre2wvJMjfCIjrTQbg";
    const passwords = createPasswords();
    expect(await passwords.verify("correct horse battery staple", stored)).toBe(true);
    expect(await passwords.verify("correct horse battery stapler", stored)).toBe(false);
  });

  it("ACC-8 given one password twice, when hashed, then the hashes differ by their salt", async () => {
    const passwords = createPasswords(CHEAP);
    const [one, two] = await Promise.all([passwords.hash("a"), passwords.hash("a")]);
    expect(one).not.toBe(two);
  });

  it("ACC-8 given the same characters in another encoding, when verified, then they are the same", async () => {
    const passwords = createPasswords(CHEAP);
    const stored = await passwords.hash("caf\u00e9１２");
    expect(await passwords.verify("cafe\u030112", stored)).toBe(true);
  });

  it("ACC-8 given an unknown login, when verified, then the same work is done and the answer is no", async () => {
    const passwords = createPasswords();
    const known = await passwords.hash("secret");
    const time = async (stored: string | undefined) => {
      const start = performance.now();
      expect(await passwords.verify("wrong", stored)).toBe(false);
      return performance.now() - start;
    };
    await time(known); // warm
    const [forKnown, forNobody] = [await time(known), await time(undefined)];
    expect(forNobody).toBeGreaterThan(forKnown / 4);
    expect(await passwords.verify("wrong", "not a hash")).toBe(false);
  });

  it("ACC-8 given many logins at once, when verified, then all are answered", async () => {
    const passwords = createPasswords(CHEAP);
    const stored = await passwords.hash("right");
    const attempts = Array.from({ length: 20 }, (_, index) => (index % 3 === 0 ? "right" : "no"));
    const answers = await Promise.all(attempts.map((one) => passwords.verify(one, stored)));
    expect(answers).toEqual(attempts.map((one) => one === "right"));
  });

  it("ACC-8 given two seats, when many jobs come and some fail, then two run at once, in order", async () => {
    const inTurn = createTurns(2);
    const started: number[] = [];
    let running = 0;
    let most = 0;
    const jobs = Array.from({ length: 9 }, (_, index) =>
      inTurn(async () => {
        started.push(index);
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        if (index % 3 === 0) throw new Error("this hash failed");
      }),
    );
    const results = await Promise.allSettled(jobs);
    expect(most).toBe(2);
    expect(started).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(results.filter(({ status }) => status === "rejected")).toHaveLength(3);
  });

  it("ACC-8 given a PHC string, when it is read and written, then it is the same; others are refused", () => {
    const phc = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$aGFzaGhhc2hoYXNoaGFzaA";
    const parsed = parsePhc(phc);
    expect(parsed?.cost).toEqual(PASSWORD_COST);
    expect(parsed === undefined ? undefined : encodePhc(parsed)).toBe(phc);
    for (const bad of ["", "plain", phc.replace("argon2id", "argon2i"), `${phc}$`, "$2b$12$abc"]) {
      expect(parsePhc(bad)).toBeUndefined();
    }
  });
});

describe("tokens", () => {
  it("ACC-9 given new tokens, when looked at, then each has 256 random bits and a SHA-256 hash", () => {
    const tokens = Array.from({ length: 100 }, newToken);
    expect(new Set(tokens).size).toBe(100);
    for (const token of tokens) expect(Buffer.from(token, "base64url")).toHaveLength(32);
    const empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    expect(hashToken("")).toBe(empty);
  });
});
