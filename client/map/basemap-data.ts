import { feature, mesh } from "topojson-client";

type Topology = Parameters<typeof mesh>[0];
type Lines = ReturnType<typeof mesh>;
export type Ring = readonly (readonly number[])[];

interface Prefecture {
  readonly type: "Feature";
  readonly properties: { readonly adcode: string; readonly name: string };
  readonly geometry:
    | { readonly type: "Polygon"; readonly coordinates: readonly Ring[] }
    | { readonly type: "MultiPolygon"; readonly coordinates: readonly (readonly Ring[])[] };
}

/** The bundled backdrop, ready to draw. */
export interface Basemap {
  readonly prefectures: readonly Prefecture[];
  /** Lines between prefectures, and around the province: each drawn once. */
  readonly borders: Lines;
  readonly outline: Lines;
}

const RETRY_MS = 5_000;

/** From our own server only. Tries again until it comes: a wall must recover by itself. */
export async function loadBasemap(signal: AbortSignal): Promise<Basemap | undefined> {
  while (!signal.aborted) {
    try {
      const answer = await fetch(`${import.meta.env.BASE_URL}geo/hubei-prefectures.topo.json`, {
        signal,
      });
      if (answer.ok) return toBasemap((await answer.json()) as Topology);
    } catch {
      // No network, or the layer went away: the loop's condition decides which.
    }
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
  return undefined;
}

/** The file's shape is ours (client/public/geo), so it is not parsed twice. */
function toBasemap(topology: Topology): Basemap {
  const prefectures = topology.objects.prefectures as Parameters<typeof mesh>[1];
  if (!prefectures) throw new Error("no prefectures in the bundled map");
  const collection = feature(topology, prefectures) as unknown as {
    readonly features: readonly Prefecture[];
  };
  return {
    prefectures: collection.features,
    borders: mesh(topology, prefectures, (a, b) => a !== b),
    outline: mesh(topology, prefectures, (a, b) => a === b),
  };
}
