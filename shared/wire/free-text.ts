import * as z from "zod";

/**
 * Free text may hold personal data, so it never enters the log: the edge lifts it into the vault
 * and the command goes on with a `TextRef` in its place. Only top-level fields of a payload may be
 * free text.
 */
const LIFTED = new WeakSet<z.ZodType>();

export function freeText(maxLength = 2_000) {
  const schema = z.string().trim().min(1).max(maxLength);
  LIFTED.add(schema);
  return schema;
}

/** Optional free text. */
export function optionalText(maxLength = 2_000) {
  const schema = freeText(maxLength).optional();
  LIFTED.add(schema);
  return schema;
}

/** Names of the payload's fields that must be lifted. */
export function liftedFields(schema: z.ZodObject): string[] {
  return Object.entries(schema.shape)
    .filter(([, field]) => LIFTED.has(field as z.ZodType))
    .map(([name]) => name);
}
