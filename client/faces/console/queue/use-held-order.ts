import { useCallback, useEffect, useRef, useState } from "react";
import { useStores } from "../../../store/stores-context.tsx";
import { useNow } from "../../../ui/use-now.tsx";
import type { QueueItem } from "./queue-item.ts";
import { displaced, heldOrder } from "./queue-order.ts";

/** Focus alone holds the order this long after the last key; a resting pointer holds it. */
const FOCUS_HOLDS_MS = 10_000;

export interface HeldOrder {
  readonly items: readonly QueueItem[];
  /** Rows that would stand elsewhere. */
  readonly waiting: number;
  readonly hold: {
    readonly onPointerEnter: () => void;
    readonly onPointerLeave: () => void;
    readonly onFocus: () => void;
    readonly onBlur: () => void;
    readonly onKeyDown: () => void;
  };
}

/** The queue's order stands still while somebody points at it or moves in it (CON-2). */
export function useHeldOrder(sorted: readonly QueueItem[]): HeldOrder {
  const [pointed, setPointed] = useState(false);
  const [focused, touch, blur] = useFocusHold();
  const holding = pointed || focused;
  const held = useRef<readonly string[]>([]);
  const items = holding ? heldOrder(held.current, sorted) : sorted;
  useEffect(() => {
    held.current = items.map((item) => item.key);
  }, [items]);
  return {
    items,
    waiting: holding ? displaced(items, sorted) : 0,
    hold: {
      onPointerEnter: () => setPointed(true),
      onPointerLeave: () => setPointed(false),
      onFocus: touch,
      onBlur: blur,
      onKeyDown: touch,
    },
  };
}

function useFocusHold(): [boolean, () => void, () => void] {
  const { clock } = useStores();
  const now = useNow(1_000);
  const [touchedAt, setTouchedAt] = useState(Number.NEGATIVE_INFINITY);
  const touch = useCallback(() => setTouchedAt(clock.serverNow()), [clock]);
  const blur = useCallback(() => setTouchedAt(Number.NEGATIVE_INFINITY), []);
  return [now - touchedAt < FOCUS_HOLDS_MS, touch, blur];
}
