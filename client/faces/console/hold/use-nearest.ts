import { useCallback, useEffect, useState } from "react";
import type { HttpFailure } from "../../../link/http.ts";
import type { NearestCourt } from "../desk/console-api.ts";
import { useDesk } from "../desk/desk-context.tsx";

/** People move: asked again this often while it is looked at. */
const AGAIN_MS = 10_000;

export type Nearest =
  | { readonly kind: "loading" }
  | { readonly kind: "shown"; readonly courts: readonly NearestCourt[] }
  | { readonly kind: "failed"; readonly failure: HttpFailure };

/** Who could come first, nearest first. */
export function useNearest(incidentId: string): Nearest & { retry(): void } {
  const { api } = useDesk();
  const [state, setState] = useState<Nearest>({ kind: "loading" });
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `tries` says when to ask again
  useEffect(() => {
    let wanted = true;
    const ask = () =>
      void api.nearest(incidentId).then((got) => {
        if (!wanted) return;
        setState((before) => {
          if (got.ok) return { kind: "shown", courts: got.value.courts };
          return before.kind === "shown" ? before : { kind: "failed", failure: got.failure };
        });
      });
    ask();
    const timer = setInterval(ask, AGAIN_MS);
    return () => {
      wanted = false;
      clearInterval(timer);
    };
  }, [api, incidentId, tries]);
  const retry = useCallback(() => setTries((n) => n + 1), []);
  return { ...state, retry };
}
