/** Opaque secrets: session tokens, device secrets, enrolment codes. Only their hash is stored. */
import { hash, randomBytes } from "node:crypto";

/** 256 random bits cannot be guessed, so a fast hash is enough. */
const TOKEN_BYTES = 32;

/** 43 characters of base64url. */
export function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString("base64url");
}

/** What is stored and looked up: SHA-256 hex. */
export function hashToken(token: string): string {
  return hash("sha256", token, "hex");
}
