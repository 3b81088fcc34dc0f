import type { Cluster, Clustered, ScreenPoints } from "./cluster.ts";

export type Hit =
  | { readonly kind: "officer"; readonly index: number }
  | { readonly kind: "cluster"; readonly cluster: Cluster };

/** The nearest mark within `reachPx` of the pointer: brute force, under 1 ms for 10,000. */
export function hitTest(
  points: ScreenPoints,
  drawn: Clustered,
  at: { readonly x: number; readonly y: number },
  reachPx: number,
): Hit | undefined {
  let best: Hit | undefined;
  let bestSquare = reachPx * reachPx;
  for (const row of drawn.singles) {
    const square = (points.x[row]! - at.x) ** 2 + (points.y[row]! - at.y) ** 2;
    if (square > bestSquare) continue;
    bestSquare = square;
    best = { kind: "officer", index: points.index[row]! };
  }
  if (best) return best;
  for (const cluster of drawn.clusters) {
    const square = (cluster.x - at.x) ** 2 + (cluster.y - at.y) ** 2;
    // A cluster is a larger mark than a dot.
    if (square > bestSquare * 2.5) continue;
    bestSquare = square / 2.5;
    best = { kind: "cluster", cluster };
  }
  return best;
}
