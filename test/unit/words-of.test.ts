import type { TFunction } from "i18next";
import { expect, test } from "vitest";
import { wordsOf } from "../../client/ui/words-of.ts";

const keys = ((key: string) => key) as unknown as TFunction;
const ref = { id: "txt:1:text", hash: "00" };

test("VIEW-16 a face tells apart a text, one that is late, one that was forgotten and one that is not for it", () => {
  const texts = [
    { ...ref, text: "请回报" },
    { ...ref, text: null, unread: true },
    { ...ref, text: null },
    undefined,
  ];
  expect(texts.map((text) => wordsOf(text, keys))).toEqual([
    "请回报",
    "common:text.late",
    "common:text.gone",
    "common:text.hidden",
  ]);
});
