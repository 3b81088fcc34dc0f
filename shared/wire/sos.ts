import * as z from "zod";
import { canonicalJson } from "./canonical-json.ts";

/** The one kind of command that a key alone may send. */
export const SOS_KIND = "incident.sos";

/** Exactly `count` bytes as base64url without padding. */
const base64url = (count: number) =>
  z
    .string()
    .length(Math.ceil((count * 4) / 3))
    .regex(/^[A-Za-z0-9_-]+$/);

/** Up, `POST /api/sos/keys`: the public half of an ECDSA P-256 key pair, uncompressed point. */
export const sosKeyRequest = z.strictObject({ publicKey: base64url(65) });

/** Answer: how the phone names the key from now on. */
export const sosKeyAnswer = z.strictObject({ keyId: base64url(32) });

/**
 * Up, `POST /api/sos`. Loose on purpose: nothing but a signature that does not fit keeps a call for
 * help out. The envelope is read by what of it is readable.
 */
export const signedSos = z.looseObject({
  envelope: z.looseObject({ kind: z.literal(SOS_KIND) }),
  keyId: base64url(32),
  /** r and s, 32 bytes each, over the UTF-8 bytes of `sosText`. */
  signature: base64url(64),
});
export type SignedSos = z.infer<typeof signedSos>;

/**
 * What is signed: a purpose, so that the signature is good for nothing else, the key, and everything
 * of the envelope that was fixed when the button was held. `ageMs` changes with every attempt.
 */
export const sosText = (
  keyId: string,
  { ageMs: _age, ...fixed }: Readonly<Record<string, unknown>>,
): string => `enforcement-command sos 1\n${keyId}\n${canonicalJson(fixed)}`;
