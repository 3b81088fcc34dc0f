/**
 * Signed anchors: lines outside the store that say "at this time the log ended here". A chain of
 * hashes can be computed anew by whoever holds the store; a signature cannot, and a line on another
 * disk is not there to be cut with the log.
 *
 * One line is one JSON text with its fields in this order and nothing else; the signature covers the
 * bytes of the same text without `sig`. Each line names the hash of the one before it (`prev`), so a
 * line that was taken out shows too. Hex throughout: a hex text has one spelling.
 */
import { createPublicKey, hash, type KeyObject, sign, verify } from "node:crypto";
import { z } from "zod";

const ANCHOR_VERSION = 1;

export const ANCHOR_STREAMS = ["log", "access"] as const;
export type AnchorStream = (typeof ANCHOR_STREAMS)[number];

/** `prev` of the first line of a file. */
export const NO_LINE = "0".repeat(64);

interface Signed {
  /** Name of the deployment, as the log's genesis has it. */
  readonly deployment: string;
  /** Server time, integer ms; never below the line before. */
  readonly at: number;
  /** Hex SHA-256 of the line before. */
  readonly prev: string;
  /** Whose signature this is: the first 16 hex digits of SHA-256 over the public key (SPKI DER). */
  readonly keyId: string;
}

/** The head of a stream. */
export interface Anchor extends Signed {
  readonly stream: AnchorStream;
  readonly seq: number;
  readonly hash: string;
  /** Commits up to and including `seq`. */
  readonly count: number;
}

/**
 * The key that signs every line after this one. Signed by the key before it; the first line of a
 * file introduces its own.
 */
export interface KeyIntroduction extends Signed {
  /** Public key, hex of its SPKI DER. */
  readonly introduces: string;
}

export type AnchorEntry = Anchor | KeyIntroduction;
export type SignedEntry = AnchorEntry & { readonly sig: string };

/** What signs: the private key stays behind it. */
export interface SigningKey {
  readonly keyId: string;
  /** Hex of the SPKI DER. */
  readonly publicKey: string;
  sign(bytes: Buffer): Buffer;
}

const hex = (digits: number) => z.string().regex(new RegExp(`^[0-9a-f]{${digits}}$`));
const signed = {
  v: z.literal(ANCHOR_VERSION),
  deployment: z.string(),
  at: z.int().nonnegative(),
  prev: hex(64),
  keyId: hex(16),
  sig: hex(128),
};
const entry: z.ZodType<SignedEntry> = z.union([
  z.strictObject({
    ...signed,
    stream: z.enum(ANCHOR_STREAMS),
    seq: z.int().nonnegative(),
    hash: hex(64),
    count: z.int().positive(),
  }),
  z.strictObject({ ...signed, introduces: z.string().regex(/^(?:[0-9a-f]{2}){1,128}$/) }),
]);

/** Nothing for what is not exactly one line of this program; a signature is not looked at here. */
export function parseAnchorLine(text: string): SignedEntry | undefined {
  const parsed = entry.safeParse(jsonOf(text));
  if (!parsed.success) return undefined;
  const { sig, ...rest } = parsed.data;
  return lineOf(rest, sig) === text ? parsed.data : undefined;
}

export function signLine(given: AnchorEntry, key: SigningKey): string {
  return lineOf(given, key.sign(signedBytes(given)).toString("hex"));
}

export function hasSoundSignature({ sig, ...given }: SignedEntry, publicKey: KeyObject): boolean {
  return verify(null, signedBytes(given), publicKey, Buffer.from(sig, "hex"));
}

export const isIntroduction = <T extends AnchorEntry>(given: T): given is T & KeyIntroduction =>
  "introduces" in given;

/** What the next line names as `prev`. */
export const hashLine = (text: string): string => hash("sha256", text, "hex");

export function keyIdOf(publicKey: string): string {
  return hash("sha256", Buffer.from(publicKey, "hex"), "hex").slice(0, 16);
}

/** Hex of the SPKI DER. */
export function publicHexOf(key: KeyObject): string {
  return key.export({ type: "spki", format: "der" }).toString("hex");
}

/** Nothing when the bytes are no Ed25519 key. */
export function publicKeyFrom(publicHex: string): KeyObject | undefined {
  try {
    const spki = Buffer.from(publicHex, "hex");
    const key = createPublicKey({ key: spki, format: "der", type: "spki" });
    return key.asymmetricKeyType === "ed25519" ? key : undefined;
  } catch {
    return undefined; // reported by the caller with the line it stood in
  }
}

export function signingKey(privateKey: KeyObject): SigningKey {
  const publicKey = publicHexOf(createPublicKey(privateKey));
  return { publicKey, keyId: keyIdOf(publicKey), sign: (bytes) => sign(null, bytes, privateKey) };
}

/** The first line of a file, or the hand-over from an older key. */
export function introductionOf(
  publicKey: string,
  by: SigningKey,
  place: Pick<Signed, "deployment" | "at" | "prev">,
): string {
  return signLine({ ...place, introduces: publicKey, keyId: by.keyId }, by);
}

const lineOf = (given: AnchorEntry, sig: string): string =>
  JSON.stringify({ ...ordered(given), sig });

const signedBytes = (given: AnchorEntry): Buffer => Buffer.from(JSON.stringify(ordered(given)));

function ordered(given: AnchorEntry): Readonly<Record<string, unknown>> {
  const { deployment, at, prev, keyId } = given;
  const said = isIntroduction(given)
    ? { introduces: given.introduces }
    : { stream: given.stream, seq: given.seq, hash: given.hash, count: given.count };
  return { v: ANCHOR_VERSION, deployment, ...said, at, prev, keyId };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // an unfinished line; whoever reads the file decides what that means
  }
}
