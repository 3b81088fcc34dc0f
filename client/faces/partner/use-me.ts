import { useEffect, useState } from "react";
import { useLink } from "../../link/link-context.tsx";
import { useConnection } from "../../store/use-session.ts";

export interface DeskFacts {
  readonly kind: "asking" | "known" | "failed";
  /** Telephone of the desk of the unit's own court. */
  readonly phone: string | undefined;
  readonly seat: { readonly lat: number; readonly lng: number } | undefined;
}

const ASKING: DeskFacts = { kind: "asking", phone: undefined, seat: undefined };

/** What a desk needs besides requests; asked again with every new connection. */
export function useMe(): DeskFacts {
  const { api } = useLink();
  const live = useConnection((s) => s.connection.kind === "live");
  const [facts, setFacts] = useState(ASKING);
  useEffect(() => {
    if (!live) return undefined;
    let shown = true;
    void api.me().then((got) => {
      if (!shown) return;
      // What was known stays: a telephone number is better old than missing.
      if (!got.ok)
        setFacts((before) => (before.kind === "known" ? before : { ...ASKING, kind: "failed" }));
      else
        setFacts({ kind: "known", phone: got.value.unit?.courtPhone, seat: got.value.unit?.seat });
    });
    return () => {
      shown = false;
    };
  }, [api, live]);
  return facts;
}
