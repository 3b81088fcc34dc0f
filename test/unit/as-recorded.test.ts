import fc from "fast-check";
import { expect, test } from "vitest";
import { asRecorded } from "../../server/app/as-recorded.ts";

const throughJson = (value: unknown) => JSON.parse(JSON.stringify(value));

const plain = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string(),
    fc.double(),
    fc.constantFrom(0, -0, Number.NaN, Number.POSITIVE_INFINITY, undefined, null, true, ""),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.string(), fc.constantFrom("toJSON", "__proto__", "1")), tie("value")),
  ),
})).value;

test("LOG-30 an event is recorded as it would be read back: whatever plain data it is, and in the same order of keys", () => {
  fc.assert(
    fc.property(plain, (value) => {
      const event = { data: value };
      const copy = asRecorded(event);
      expect(copy).toStrictEqual(throughJson(event));
      expect(JSON.stringify(copy)).toBe(JSON.stringify(throughJson(event)));
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  ["a date", { at: new Date(0) }],
  ["a map", { held: new Map([[1, 2]]) }],
  ["a function among fields and in a list", { act: () => 1, list: [() => 1, undefined] }],
  ["something with a form of its own", { x: { toJSON: () => "form" } }],
  ["a list with holes", { list: Object.assign(new Array(3), [1]) }],
])("LOG-30 %s is recorded as its JSON would be", (_, value) => {
  expect(asRecorded(value)).toStrictEqual(throughJson(value));
});

test("LOG-30 nothing that is recorded is shared with what was decided", () => {
  const decided = { list: [{ n: 1 }] };
  const recorded = asRecorded(decided);
  decided.list[0] = { n: 2 };
  expect(recorded).toEqual({ list: [{ n: 1 }] });
});
