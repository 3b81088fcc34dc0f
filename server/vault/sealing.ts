/**
 * AES-256-GCM for small values. What a value is and whose it is goes into the authenticated data,
 * so a sealed value moved to another row does not open.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";

export const KEY_BYTES = 32;

/** Layout: version (1 byte), nonce (12), ciphertext, tag (16). */
const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const ALGORITHM = "aes-256-gcm";

/** A stored value that its key does not open: another key, or it was tampered with. */
export class SealBroken extends Error {
  constructor(what: readonly string[], options?: ErrorOptions) {
    super(`a sealed value does not open: ${what.join(" ")}`, options);
    this.name = "SealBroken";
  }
}

export function newKey(): Buffer {
  return randomBytes(KEY_BYTES);
}

/** @param what names the value, e.g. `["subject", id, courtId]`. */
export function seal(key: Uint8Array, what: readonly string[], clear: Uint8Array): Uint8Array {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(JSON.stringify(what)));
  const head = Buffer.concat([Buffer.of(VERSION), nonce]);
  return Buffer.concat([head, cipher.update(clear), cipher.final(), cipher.getAuthTag()]);
}

/** @throws SealBroken */
export function unseal(key: Uint8Array, what: readonly string[], sealed: Uint8Array): Buffer {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  const head = 1 + NONCE_BYTES;
  if (bytes[0] !== VERSION || bytes.length < head + TAG_BYTES) throw new SealBroken(what);
  const nonce = bytes.subarray(1, head);
  const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(JSON.stringify(what)));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(head, -TAG_BYTES)), decipher.final()]);
  } catch (error) {
    throw new SealBroken(what, { cause: error });
  }
}

/** Hex HMAC-SHA256 under a key derived from `key` for this purpose alone. */
export function keyedHash(key: Uint8Array, purpose: string, text: string): string {
  const derived = Buffer.from(hkdfSync("sha256", key, Buffer.alloc(0), purpose, KEY_BYTES));
  return createHmac("sha256", derived).update(text, "utf8").digest("hex");
}
