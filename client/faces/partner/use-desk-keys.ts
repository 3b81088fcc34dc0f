import { useLayoutEffect, useRef } from "react";

interface Keys {
  /** By so many places down the list. */
  move(by: number): void;
  /** Any other key, in capitals; true when it did something. */
  key(key: string): boolean;
}

const MOVES: Readonly<Record<string, number>> = { J: 1, ARROWDOWN: 1, K: -1, ARROWUP: -1 };

/**
 * Keys of the desk, except while somebody types. A key that is held down counts once. By the time that
 * a card is seen its keys work: an effect after the paint would lose one pressed at that moment.
 */
export function useDeskKeys(keys: Keys): void {
  const latest = useRef(keys);
  useLayoutEffect(() => {
    latest.current = keys;
  });
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || isTyping(event)) return;
      const key = event.key.toUpperCase();
      const by = MOVES[key];
      if (by !== undefined) latest.current.move(by);
      else if (!latest.current.key(key)) return;
      // A key that opens a form must not write itself into it.
      event.preventDefault();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
}

const isTyping = ({ target }: KeyboardEvent): boolean =>
  target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
