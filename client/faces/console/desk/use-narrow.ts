import { useSyncExternalStore } from "react";

/** A desk looked at on a phone: columns side by side could not be read. */
const NARROW = "(max-width: 700px)";

const subscribe = (listener: () => void) => {
  const query = matchMedia(NARROW);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
};
const isNarrow = () => matchMedia(NARROW).matches;

export const useNarrow = (): boolean => useSyncExternalStore(subscribe, isNarrow);
