import { describe, expect, test } from "vitest";
import { type KeyPress, keyCommand, movedCursor } from "../../client/faces/console/desk/keys.ts";
import { MOST_FOUND, search } from "../../client/faces/console/search/search-index.ts";

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isComposing: false,
  repeat: false,
  ...more,
});

describe("the keyboard", () => {
  test("CON-8 one key, one command, whatever its case", () => {
    const said = ["j", "K", "Enter", "a", "D", "s", "F", "/", "?", "Escape"].map((key) =>
      keyCommand(press(key), "free"),
    );
    expect(said).toEqual([
      "next",
      "previous",
      "open",
      "acknowledge",
      "dispatch",
      "sign",
      "follow",
      "search",
      "help",
      "close",
    ]);
  });

  test("CON-8 nothing while text is typed, except leaving", () => {
    expect(keyCommand(press("a"), "typing")).toBeUndefined();
    expect(keyCommand(press("/"), "typing")).toBeUndefined();
    expect(keyCommand(press("Escape"), "typing")).toBe("close");
  });

  test("CON-8 nothing with a modifier or while an input method composes", () => {
    for (const more of [{ ctrlKey: true }, { altKey: true }, { metaKey: true }]) {
      expect(keyCommand(press("a", more), "free")).toBeUndefined();
    }
    expect(keyCommand(press("a", { isComposing: true }), "free")).toBeUndefined();
  });

  test("CON-8 Enter on a control presses it; a held key acknowledges once and moves on", () => {
    expect(keyCommand(press("Enter"), "control")).toBeUndefined();
    expect(keyCommand(press("j"), "control")).toBe("next");
    expect(keyCommand(press("a", { repeat: true }), "free")).toBeUndefined();
    expect(keyCommand(press("j", { repeat: true }), "free")).toBe("next");
  });

  test("CON-8 the cursor stays at the ends and starts at the near one", () => {
    const keys = ["a", "b", "c"];
    expect(movedCursor(keys, null, 1)).toBe("a");
    expect(movedCursor(keys, null, -1)).toBe("c");
    expect(movedCursor(keys, "a", 1)).toBe("b");
    expect(movedCursor(keys, "c", 1)).toBe("c");
    expect(movedCursor(keys, "gone", 1)).toBe("a");
    expect(movedCursor([], "a", 1)).toBeNull();
  });
});

describe("the search box", () => {
  const entry = (title: string, detail = "", words = "") =>
    ({ key: title, group: "record", title, detail, words }) as const;

  test("CON-10 every word must occur; what begins with the first word comes first", () => {
    const entries = [
      entry("腾退 2026-138", "江岸法院"),
      entry("江岸法院"),
      entry("王警官", "江岸法院", "模0001"),
    ];
    const titles = (typed: string) => search(entries, typed).entries.map(({ title }) => title);
    expect(titles("江岸")).toEqual(["江岸法院", "腾退 2026-138", "王警官"]);
    expect(titles("江岸 138")).toEqual(["腾退 2026-138"]);
    expect(titles("模0001")).toEqual(["王警官"]);
  });

  test("CON-10 nothing typed offers the actions; too many are counted", () => {
    const action = { key: "a", group: "action", title: "帮助", detail: "", words: "" } as const;
    const many = Array.from({ length: MOST_FOUND + 5 }, (_, n) => entry(`法院${n}`));
    expect(search([action, ...many], " ").entries).toEqual([action]);
    const found = search(many, "法院");
    expect([found.entries.length, found.more]).toEqual([MOST_FOUND, 5]);
  });
});
