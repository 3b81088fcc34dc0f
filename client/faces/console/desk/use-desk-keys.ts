import { useLayoutEffect, useRef } from "react";
import { type FocusKind, type KeyCommand, keyCommand } from "./keys.ts";

const TYPING = "input:not([type=range]), textarea, select, [contenteditable=true], [role=combobox]";
const CONTROL = "button, a[href], [role=button], [role=option], [role=menuitem], summary";

function focusKind(target: EventTarget | null): FocusKind {
  if (!(target instanceof Element)) return "free";
  if (target.closest(TYPING)) return "typing";
  return target.closest(CONTROL) ? "control" : "free";
}

/** One listener for the whole console, which knows what is on it when it is seen; `run` says whether it took the key. */
export function useDeskKeys(run: (command: KeyCommand) => boolean): void {
  const latest = useRef(run);
  useLayoutEffect(() => {
    latest.current = run;
  });
  useLayoutEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const command = keyCommand(event, focusKind(event.target));
      if (command && latest.current(command)) event.preventDefault();
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, []);
}
