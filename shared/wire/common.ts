import * as z from "zod";

/** Ids that clients make: UUIDv7. Ids of the registry may be short words, so they are bounded text. */
/** Long enough for ids that are made of others: a call outside names record, clock, start, level and court. */
export const recordId = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[A-Za-z0-9_.:-]+$/);
export const commandId = z
  .string()
  .min(8)
  .max(160)
  .regex(/^[A-Za-z0-9_.:-]+$/);
export const epochMs = z.number().int().min(0).max(8_640_000_000_000_000);
export const lat = z.number().min(-90).max(90);
export const lng = z.number().min(-180).max(180);
export const latLng = z.strictObject({ lat, lng });
/** Official short text: a document number, a name of an institution. Not for persons outside the courts. */
export const officialText = (max = 80) => z.string().trim().min(1).max(max);
/** e.g. (2026)鄂0102执1234号 (法〔2015〕137号). */
export const caseNo = z
  .string()
  .regex(
    /^[（(]\d{4}[)）][\p{Script=Han}\d]{1,12}(执|执恢|执保|执异|执复|执监|执协|执他)\d{1,7}号$/u,
  );

/** e.g. 鄂A·**123: the plate in clear lies in the vault. */
export const maskedPlate = z
  .string()
  .regex(/^\p{Script=Han}[A-Z]·\*{1,4}[\p{Script=Han}A-Z0-9]{3}$/u);

/** A masked label only: one surname character and stars, so that no name can slip into the log. */
export const subjectRef = z.strictObject({
  id: recordId,
  label: z.string().regex(/^[\p{Script=Han}A-Z]\*{1,3}$/u),
  sex: z.enum(["M", "F", "UNKNOWN"]),
  ageBand: z.enum(["UNDER_14", "14_15", "16_17", "18_69", "70_PLUS", "UNKNOWN"]),
  flags: z.array(z.enum(["DEPUTY", "HEALTH", "PREGNANT_OR_NURSING"])).max(3),
});
