/** ECDSA P-256 as browsers make and sign with it: the key as a raw point, the signature as r and s. */
import { createHash, createPublicKey, type KeyObject, verify } from "node:crypto";
import { type SignedSos, sosText } from "../../../shared/wire/sos.ts";

/** What a raw point begins with when it is not compressed. */
const UNCOMPRESSED = 4;
const COORDINATE_BYTES = 32;

/** SOSR-2: of the officer too, so that nobody can enrol another's public key over it. */
export const sosKeyId = (officerId: string, publicKey: string): string =>
  createHash("sha256").update(`${officerId}\n${publicKey}`).digest("base64url");

/** Nothing when it is no point of the curve. */
export function readPublicKey(publicKey: string): KeyObject | undefined {
  const point = Buffer.from(publicKey, "base64url");
  if (point[0] !== UNCOMPRESSED || point.length !== 1 + 2 * COORDINATE_BYTES) return undefined;
  const x = point.subarray(1, 1 + COORDINATE_BYTES).toString("base64url");
  const y = point.subarray(1 + COORDINATE_BYTES).toString("base64url");
  try {
    return createPublicKey({ key: { kty: "EC", crv: "P-256", x, y }, format: "jwk" });
  } catch {
    return undefined; // not on the curve
  }
}

export function isSignedBy(publicKey: string, { keyId, envelope, signature }: SignedSos): boolean {
  const key = readPublicKey(publicKey);
  if (!key) return false;
  const text = Buffer.from(sosText(keyId, envelope), "utf8");
  const bytes = Buffer.from(signature, "base64url");
  return verify("sha256", text, { key, dsaEncoding: "ieee-p1363" }, bytes);
}
