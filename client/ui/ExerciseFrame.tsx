import "../styles/exercise.css";
import { type ReactNode, useEffect, useState } from "react";
import type { Api, Deployment } from "../link/api.ts";
import { useHello } from "../store/use-session.ts";
import { ExerciseBanner } from "./ExerciseBanner.tsx";

/**
 * Round every face: in an exercise a hatched frame in its own colour and a banner, whether or not
 * anybody is signed in. Elsewhere nothing at all; the face stays where it is in the tree.
 */
export function ExerciseFrame({ api, children }: { api: Api; children: ReactNode }) {
  const asked = useDeployment(api)?.mode;
  const mode = useHello()?.mode ?? asked;
  const isExercise = mode === "EXERCISE";
  return (
    <div className="mode-frame" data-mode={isExercise ? mode : undefined}>
      {isExercise ? <ExerciseBanner api={api} /> : null}
      <div className="mode-face">{children}</div>
    </div>
  );
}

const AGAIN_MS = 10_000;

/** Asked until the server has said it once; a page that is open keeps its answer. */
function useDeployment(api: Api): Deployment | undefined {
  const [known, setKnown] = useState<Deployment>();
  useEffect(() => {
    if (known) return;
    let shown = true;
    const ask = () =>
      api.deployment().then(
        (got) => {
          if (shown && got.ok) setKnown(got.value);
        },
        () => undefined, // asked again
      );
    void ask();
    const timer = setInterval(() => void ask(), AGAIN_MS);
    return () => {
      shown = false;
      clearInterval(timer);
    };
  }, [api, known]);
  return known;
}
