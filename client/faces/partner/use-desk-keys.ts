import { useEffect, useRef } from "react";

interface Keys {
  /** By so many places down the list. */
  move(by: number): void;
  /** Any other key, in capitals. */
  key(key: string): void;
}

const MOVES: Readonly<Record<string, number>> = { J: 1, ARROWDOWN: 1, K: -1, ARROWUP: -1 };

/** Keys of the desk, except while somebody types. A key that is held down counts once. */
export function useDeskKeys(keys: Keys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || isTyping(event)) return;
      const key = event.key.toUpperCase();
      const by = MOVES[key];
      if (by === undefined) return latest.current.key(key);
      event.preventDefault();
      latest.current.move(by);
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
}

const isTyping = ({ target }: KeyboardEvent): boolean =>
  target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
