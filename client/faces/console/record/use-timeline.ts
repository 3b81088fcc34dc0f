import { useCallback, useEffect, useState } from "react";
import type { HttpFailure } from "../../../link/http.ts";
import type { StoredRecord } from "../../../store/dto.ts";
import type { TimelineEntry } from "../desk/console-api.ts";
import { useDesk } from "../desk/desk-context.tsx";

export type TimelineState =
  | { readonly kind: "loading" }
  | { readonly kind: "shown"; readonly entries: readonly TimelineEntry[] }
  /** What was shown before stays while it is asked again. */
  | {
      readonly kind: "failed";
      readonly failure: HttpFailure;
      readonly entries: readonly TimelineEntry[];
    };

/** A record's timeline, asked anew whenever its revision changes. */
export function useTimeline({ type, id, rev }: StoredRecord): TimelineState & { retry(): void } {
  const { api } = useDesk();
  const [state, setState] = useState<TimelineState>({ kind: "loading" });
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `rev` and `tries` say when to ask again
  useEffect(() => {
    let wanted = true;
    api.timeline({ type, id }).then((got) => {
      if (!wanted) return;
      setState((before) =>
        got.ok
          ? { kind: "shown", entries: got.value }
          : { kind: "failed", failure: got.failure, entries: entriesOf(before) },
      );
    }, ignore);
    return () => {
      wanted = false;
    };
  }, [api, type, id, rev, tries]);
  const retry = useCallback(() => setTries((n) => n + 1), []);
  return { ...state, retry };
}

const entriesOf = (state: TimelineState): readonly TimelineEntry[] =>
  state.kind === "loading" ? [] : state.entries;

const ignore = () => {
  // The call never rejects: failures are values.
};
