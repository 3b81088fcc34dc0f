import type { LatLng } from "../../shared/domain/kernel/record.ts";
import { leaflet as L, type Marker } from "./leaflet.ts";
import type { Dispose, MapView } from "./map-view.ts";

/** One mark in the DOM. Equal `html` leaves the element alone. */
export interface Mark {
  readonly at: LatLng;
  /** Markup of ours only: text goes through `escape-html.ts`. */
  readonly html: string;
  /** What it is, in words: for readers and on hover. */
  readonly title: string;
  readonly zIndex?: number;
}

interface Drawn {
  readonly marker: Marker;
  html: string;
  title: string;
}

/** DOM marks by id, for what is counted in tens: reachable by keyboard, clickable. */
export interface MarkerSet {
  sync(marks: ReadonlyMap<string, Mark>): void;
  clear(): void;
}

interface MarkerSetOptions {
  readonly pane: string;
  /** Nothing to click without it. */
  readonly onClick?: (id: string) => void;
  /** Marks that are counted in hundreds stay out of the tab order. */
  readonly keyboard: boolean;
}

export function createMarkerSet(view: MapView, options: MarkerSetOptions): MarkerSet {
  const drawn = new Map<string, Drawn>();
  const remove = (id: string) => {
    drawn.get(id)?.marker.remove();
    drawn.delete(id);
  };
  const put = (id: string, mark: Mark) => {
    const known = drawn.get(id);
    if (!known) {
      drawn.set(id, { ...mark, marker: addMarker(view, options, id, mark) });
      return;
    }
    // Moving a mark writes its style, even to where it stands.
    if (!known.marker.getLatLng().equals(mark.at, 0)) known.marker.setLatLng(mark.at);
    if (known.html === mark.html && known.title === mark.title) return;
    known.html = mark.html;
    known.title = mark.title;
    write(known.marker, mark);
  };
  return {
    sync(marks) {
      for (const id of [...drawn.keys()]) if (!marks.has(id)) remove(id);
      for (const [id, mark] of marks) put(id, mark);
    },
    clear() {
      for (const id of [...drawn.keys()]) remove(id);
    },
  };
}

function addMarker(view: MapView, options: MarkerSetOptions, id: string, mark: Mark): Marker {
  const marker = L.marker(mark.at, {
    pane: options.pane,
    icon: L.divIcon({ className: "map-mark", html: mark.html, iconSize: [0, 0] }),
    interactive: view.interactive,
    keyboard: view.interactive && options.keyboard,
    title: view.interactive ? mark.title : "",
    alt: mark.title,
    zIndexOffset: mark.zIndex ?? 0,
  });
  const { onClick } = options;
  if (onClick) {
    marker.on("click", () => onClick(id));
    marker.on("keydown", (event) => {
      if (event.originalEvent.key === "Enter") onClick(id);
    });
  }
  marker.addTo(view.map);
  write(marker, mark);
  return marker;
}

/** In place, not by `setIcon`: a new element would lose focus and restart its animation. */
function write(marker: Marker, mark: Mark): void {
  const element = marker.getElement();
  if (!element) return;
  if (element.innerHTML !== mark.html) element.innerHTML = mark.html;
  element.setAttribute("aria-label", mark.title);
  if (element.title) element.title = mark.title;
}

export const disposeOf =
  (marks: MarkerSet, ...stops: readonly Dispose[]): Dispose =>
  () => {
    for (const stop of stops) stop();
    marks.clear();
  };
