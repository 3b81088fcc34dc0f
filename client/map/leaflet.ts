import "leaflet/dist/leaflet.css";
import * as L from "leaflet";

/**
 * The only door to Leaflet (1.9.4): 2.0 drops the factories and the global, and a second specifier
 * would load a second copy.
 */
export const leaflet = L;

export type LeafletMap = L.Map;
export type Point = L.Point;
export type Marker = L.Marker;
export type ZoomAnimEvent = L.ZoomAnimEvent;
