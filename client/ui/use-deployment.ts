import { useEffect, useState } from "react";
import type { Api, Deployment } from "../link/api.ts";

const AGAIN_MS = 10_000;

/** Asked until the server has said it once; a page that is open keeps its answer. */
export function useDeployment(api: Api): Deployment | undefined {
  const [known, setKnown] = useState<Deployment>();
  useEffect(() => {
    if (known) return;
    let shown = true;
    const ask = async () => {
      const got = await api.deployment();
      if (shown && got.ok) setKnown(got.value);
    };
    // Never rejects: a failed call is a value.
    void ask();
    const timer = setInterval(() => void ask(), AGAIN_MS);
    return () => {
      shown = false;
      clearInterval(timer);
    };
  }, [api, known]);
  return known;
}
