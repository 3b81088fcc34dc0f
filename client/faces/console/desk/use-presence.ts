import { useEffect, useState } from "react";
import { useStores } from "../../../store/stores-context.tsx";
import { useNow } from "../../../ui/use-now.tsx";

/** Somebody who touched nothing for this long may not be looking. CFG. */
const PRESENT_FOR_MS = 120_000;
/** A moving pointer need not be noted more often. */
const NOTE_EVERY_MS = 5_000;

/** True while the page is in front and a person used it lately: what is shown is then seen. */
export function usePresence(): boolean {
  const { clock } = useStores();
  const now = useNow(1_000);
  const [touchedAt, setTouchedAt] = useState(() => clock.serverNow());
  useEffect(() => {
    const touched = () => {
      const at = clock.serverNow();
      setTouchedAt((before) => (at - before > NOTE_EVERY_MS ? at : before));
    };
    addEventListener("pointermove", touched, { passive: true });
    addEventListener("keydown", touched);
    return () => {
      removeEventListener("pointermove", touched);
      removeEventListener("keydown", touched);
    };
  }, [clock]);
  return document.visibilityState === "visible" && now - touchedAt < PRESENT_FOR_MS;
}
