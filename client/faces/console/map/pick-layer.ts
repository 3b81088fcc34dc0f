import type { MountLayer } from "../../../map/map-view.ts";
import type { DeskStore } from "../desk/desk-store.ts";

/** Degrees to about a metre; more digits say nothing. */
const DIGITS = 5;

/** While a form asks for a place, the next click is that place and selects nothing. */
export const pickLayer =
  (desk: DeskStore): MountLayer =>
  ({ map }) => {
    const host = map.getContainer();
    const clicked = (event: MouseEvent) => {
      const { pick, setPick } = desk.getState();
      if (!pick || isControl(event.target)) return;
      event.stopPropagation();
      const { lat, lng } = map.mouseEventToLatLng(event);
      pick({ lat: Number(lat.toFixed(DIGITS)), lng: Number(lng.toFixed(DIGITS)) });
      setPick(null);
    };
    const dress = () => host.classList.toggle("is-picking", desk.getState().pick !== null);
    // Before the layers see it.
    host.addEventListener("click", clicked, true);
    const stop = desk.subscribe(dress);
    return () => {
      host.removeEventListener("click", clicked, true);
      stop();
    };
  };

const isControl = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest(".leaflet-control") !== null;
