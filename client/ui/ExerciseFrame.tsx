import "../styles/exercise.css";
import type { ReactNode } from "react";
import type { Api } from "../link/api.ts";
import { useHello } from "../store/use-session.ts";
import { ExerciseBanner } from "./ExerciseBanner.tsx";
import { useDeployment } from "./use-deployment.ts";

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
