/** Reads what a store gives back: `unknown` until it was looked at. */
import { z } from "zod";
import type {
  Account,
  DeviceSecret,
  EnrolmentCode,
  Session,
  SessionSubject,
  SosKey,
} from "./account-store.ts";

const ms = z.int();
const text = z.string();

const subjectSchema: z.ZodType<SessionSubject> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("person"), officerId: text, login: text }),
  z.object({ kind: z.literal("device"), officerId: text, deviceId: text }),
  z.object({ kind: z.literal("kiosk"), courtId: text, deviceId: text }),
  z.object({ kind: z.literal("observer"), observerId: text, login: text }),
]);

export const storedAccount: z.ZodType<Account> = z.object({
  login: text,
  officerId: text,
  passwordHash: text,
  createdAt: ms,
});

export const storedSession: z.ZodType<Session> = z.object({
  id: text,
  tokenHash: text,
  subject: subjectSchema,
  createdAt: ms,
  expiresAt: ms,
});

export const storedDeviceSecret: z.ZodType<DeviceSecret> = z.object({
  deviceId: text,
  secretHash: text,
});

export const storedEnrolmentCode: z.ZodType<EnrolmentCode> = z.object({
  codeHash: text,
  deviceId: text,
  expiresAt: ms,
});

export const storedSosKey: z.ZodType<SosKey> = z.object({
  keyId: text,
  officerId: text,
  publicKey: text,
  enrolledAt: ms,
});

/** Whose session it is; nothing for a kiosk, which has no person. */
export function officerOf(subject: SessionSubject): string | undefined {
  if (subject.kind === "observer") return subject.observerId;
  return subject.kind === "kiosk" ? undefined : subject.officerId;
}
