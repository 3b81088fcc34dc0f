import fc from "fast-check";
import type * as z from "zod";

/** What no schema admits anywhere, and what breaks careless code. */
const HOSTILE: readonly unknown[] = [
  null,
  true,
  -1,
  1e308,
  1.5,
  "",
  "\u0000",
  "\ud800",
  "‮⁦evil⁩",
  "<img src=x onerror=alert(1)>",
  "=cmd|' /C calc'!A0",
  { $ne: null },
  { $gt: "" },
  [],
  [[[[[[[[]]]]]]]],
  {},
  "x".repeat(20_000),
  { toString: 1, valueOf: 1 },
  "__proto__",
  "constructor",
];
const EXTRA_KEYS = [
  "admin",
  "actor",
  "court",
  "$where",
  "constructor",
  "prototype",
  "toString",
  "a.b",
  "",
  "hash",
];

/** One change to a message, by a path into it. */
type Change = (message: unknown) => unknown;

/**
 * Changes a well-formed message in one to three places: another type, a field taken away, a field
 * too many. Most results are malformed; whether one is, only its schema can say.
 */
export const changes = fc
  .array(
    fc.record({
      at: fc.nat(1_000),
      how: fc.constantFrom("replace", "remove", "add", "nest", "wrap"),
      value: fc.constantFrom(...HOSTILE),
      key: fc.constantFrom(...EXTRA_KEYS),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map(
    (list): Change =>
      (message) =>
        list.reduce<unknown>((changed, one) => change(changed, one), message),
  );

interface One {
  readonly at: number;
  readonly how: "replace" | "remove" | "add" | "nest" | "wrap";
  readonly value: unknown;
  readonly key: string;
}

function change(message: unknown, one: One): unknown {
  const copy: unknown = message === undefined ? undefined : structuredClone(message);
  const places = placesOf(copy);
  const place = places[one.at % places.length];
  if (!place) return one.value;
  const { owner, key } = place;
  switch (one.how) {
    case "replace":
      owner[key] = one.value;
      return copy;
    case "remove":
      delete owner[key];
      return copy;
    case "add":
      owner[one.key] = one.value;
      return copy;
    case "nest":
      owner[key] = nested(12);
      return copy;
    case "wrap":
      owner[key] = [owner[key]];
      return copy;
  }
}

interface Place {
  readonly owner: Record<string, unknown>;
  readonly key: string;
}

/** Every field of the message, at any depth. */
function placesOf(value: unknown): Place[] {
  if (typeof value !== "object" || value === null) return [];
  const owner = value as Record<string, unknown>;
  return Object.keys(owner).flatMap((key) => [{ owner, key }, ...placesOf(owner[key])]);
}

const nested = (depth: number): unknown => (depth === 0 ? 1 : { a: [nested(depth - 1)] });

/** A value that the schema admits; for the shapes that this wire uses. */
export function sample(schema: z.ZodType): fc.Arbitrary<unknown> {
  const inner = schema as unknown as {
    readonly def: { readonly type: string } & Record<string, unknown>;
  };
  const { def } = inner;
  switch (def.type) {
    case "object":
      return objectOf((schema as z.ZodObject).shape);
    case "optional":
      return fc.option(sample(def.innerType as z.ZodType), { nil: undefined });
    case "enum":
      return fc.constantFrom(...Object.values(def.entries as Record<string, string>));
    case "array":
      return fc.array(sample(def.element as z.ZodType), { minLength: 1, maxLength: 3 });
    case "boolean":
      return fc.boolean();
    case "literal":
      return fc.constantFrom(...(def.values as readonly unknown[]));
    case "number":
      return numberFor(schema);
    default:
      return textFor(schema);
  }
}

const objectOf = (shape: Readonly<Record<string, unknown>>): fc.Arbitrary<unknown> =>
  fc
    .record(
      Object.fromEntries(
        Object.entries(shape).map(([key, field]) => [key, sample(field as z.ZodType)]),
      ),
    )
    // An absent field is not a field with nothing in it.
    .map((made) =>
      Object.fromEntries(Object.entries(made).filter(([, value]) => value !== undefined)),
    );

/** Patterns are few here: the first candidate that the schema takes. */
function textFor(schema: z.ZodType): fc.Arbitrary<unknown> {
  const candidates = [
    "id-1",
    "(2026)鄂0102执1号",
    "张**",
    "文书第1号",
    "court:c-1",
    "027-65687000",
    "鄂A·**123",
  ];
  return fitting(schema, candidates);
}

/** Small ones, seconds, and yuan. */
const numberFor = (schema: z.ZodType): fc.Arbitrary<unknown> =>
  fitting(schema, [...Array(14).keys(), 60, 60_000]);

function fitting(schema: z.ZodType, candidates: readonly unknown[]): fc.Arbitrary<unknown> {
  const taken = candidates.filter((each) => schema.safeParse(each).success);
  if (taken.length === 0) throw new Error("no sample for this schema");
  return fc.constantFrom(...taken);
}

/** A seeded stream of values; the same seed gives the same trial. */
export const streamOf = <T>(arbitrary: fc.Arbitrary<T>, seed: number): Iterator<T> => {
  let batch: T[] = [];
  let round = 0;
  return {
    next: () => {
      if (batch.length === 0) {
        round += 1;
        batch = fc.sample(arbitrary, { seed: seed + round, numRuns: 200 });
      }
      return { done: false, value: batch.pop() as T };
    },
  };
};
