import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk, useDeskState } from "../desk/desk-context.tsx";
import { KeyHint } from "../desk/KeyHint.tsx";
import { type Entry, type Found, search } from "./search-index.ts";
import { useEntries } from "./use-entries.ts";
import { useRun } from "./use-run.ts";

/** `/`: find any record, officer or court, or run an action (CON-10). */
export function CommandBox() {
  const { t } = useTranslation("console");
  const box = useBox();
  return (
    <div className="command-box">
      <input
        ref={box.input}
        type="search"
        role="combobox"
        aria-expanded={box.open}
        aria-controls="command-list"
        aria-autocomplete="list"
        aria-activedescendant={box.open ? `command-${box.at}` : undefined}
        aria-label={t("search.label")}
        placeholder={t("search.placeholder")}
        value={box.typed}
        onChange={(event) => box.type(event.target.value)}
        onFocus={box.show}
        onBlur={box.hide}
        onKeyDown={box.pressed}
      />
      <KeyHint k="/" />
      {box.open ? <Answers found={box.found} at={box.at} choose={box.choose} /> : null}
    </div>
  );
}

function useBox() {
  const { store } = useDesk();
  const open = useDeskState((s) => s.search);
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const found = search(useEntries(open), typed);
  const run = useRun();
  useEffect(() => {
    if (open) input.current?.focus();
    else input.current?.blur();
  }, [open]);
  const hide = () => {
    store.getState().setSearch(false);
    setTyped("");
    setAt(0);
  };
  const choose = (entry: Entry) => {
    hide();
    run(entry);
  };
  const move = (step: number) =>
    setAt((now) => Math.min(found.entries.length - 1, Math.max(0, now + step)));
  const pick = () => {
    const entry = found.entries[at];
    if (entry) choose(entry);
  };
  const keys: ReadonlyMap<string, () => void> = new Map([
    ["ArrowDown", () => move(1)],
    ["ArrowUp", () => move(-1)],
    ["Escape", hide],
    ["Enter", pick],
  ]);
  return {
    open,
    typed,
    at,
    input,
    found,
    choose,
    hide,
    show: () => store.getState().setSearch(true),
    type: (text: string) => {
      setTyped(text);
      setAt(0);
    },
    pressed: (event: KeyboardEvent) => {
      const way = keys.get(event.key);
      if (!way || event.nativeEvent.isComposing) return;
      event.preventDefault();
      way();
    },
  };
}

function Answers({
  found,
  at,
  choose,
}: {
  found: Found;
  at: number;
  choose: (entry: Entry) => void;
}) {
  const { t } = useTranslation("console");
  return (
    <div
      className="command-answers"
      id="command-list"
      role="listbox"
      aria-label={t("search.label")}
    >
      {found.entries.map((entry, index) => (
        <div
          key={entry.key}
          id={`command-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === at}
          className="command-answer"
          // Before the box loses its focus and closes.
          onPointerDown={(event) => {
            event.preventDefault();
            choose(entry);
          }}
        >
          <span className="command-group">{t(`search.group.${entry.group}`)}</span>
          <span className="command-title">{entry.title}</span>
          <span className="second">{entry.detail}</span>
        </div>
      ))}
      {found.entries.length === 0 ? <p className="empty">{t("search.empty")}</p> : null}
      {found.more > 0 ? <p className="second">{t("common:list.more", { n: found.more })}</p> : null}
    </div>
  );
}
