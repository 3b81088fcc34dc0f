import { useEffect, useState } from "react";
import type { ExerciseStatus } from "../../shared/wire/exercise.ts";
import type { Api } from "../link/api.ts";
import type { HttpFailure } from "../link/http.ts";

interface ExerciseHeard {
  readonly status?: ExerciseStatus;
  /** Of the last try, if it failed; what was heard before stays. */
  readonly failure?: HttpFailure;
  /** By this device's clock. */
  readonly heardAt?: number;
  readonly again: () => void;
}

const EVERY_MS = 2_000;

/** How the exercise stands, asked again and again while it is `wanted`. */
export function useExercise(api: Api, wanted = true): ExerciseHeard {
  const [heard, setHeard] = useState<Omit<ExerciseHeard, "again">>({});
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (!wanted) return;
    let shown = true;
    const ask = async (_round: number) => {
      const got = await api.exercise();
      if (!shown) return;
      if (got.ok) setHeard({ status: got.value, heardAt: Date.now() });
      else setHeard(({ failure: _before, ...kept }) => ({ ...kept, failure: got.failure }));
    };
    // Never rejects: a failed call is a value.
    void ask(round);
    const timer = setInterval(() => void ask(round), EVERY_MS);
    return () => {
      shown = false;
      clearInterval(timer);
    };
  }, [api, round, wanted]);
  return { ...heard, again: () => setRound((n) => n + 1) };
}
