import { leaflet as L, type LeafletMap, type Point, type ZoomAnimEvent } from "./leaflet.ts";

/** One draw: `ctx` is in CSS pixels of the canvas. A world point lies at `world * size - origin`. */
export interface CanvasFrame {
  readonly ctx: CanvasRenderingContext2D;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly originX: number;
  readonly originY: number;
  readonly zoom: number;
  readonly ratio: number;
}

/** Beyond the screen on each side, so that a drag shows something before the redraw. */
const PADDING = 0.15;

interface PrivateMap {
  // Not in the public API; the stock renderers use it for the same purpose.
  _getNewPixelOrigin(center: L.LatLng, zoom: number): Point;
}

/**
 * A canvas over the map. While dragging, Leaflet moves its pane; while zooming, the browser scales
 * it; it is drawn anew only at the end (MAP-6).
 */
export class CanvasPane extends L.Layer {
  private canvas: HTMLCanvasElement | undefined;
  private center: L.LatLng | undefined;
  private zoom = 0;
  private topLeft: Point = L.point(0, 0);
  private zooming = false;
  private readonly paneName: string;
  private isMisplaced = true;
  private readonly misplaced: () => void;
  private readonly sharpness: () => number;

  /**
   * `misplaced` is called when the canvas no longer lies over the screen: the next animation frame
   * has to draw it; `sharpness` is the share of the screen's own pixels that it has along each side.
   */
  constructor(paneName: string, misplaced: () => void, sharpness: () => number) {
    super();
    this.paneName = paneName;
    this.misplaced = misplaced;
    this.sharpness = sharpness;
  }

  override onAdd(map: LeafletMap): this {
    const canvas = L.DomUtil.create("canvas", "map-canvas leaflet-zoom-animated");
    canvas.setAttribute("aria-hidden", "true");
    this.canvas = canvas;
    map.getPane(this.paneName)?.append(canvas);
    this.misplace();
    return this;
  }

  override onRemove(): this {
    this.canvas?.remove();
    this.canvas = undefined;
    return this;
  }

  override getEvents() {
    return {
      // The origin of all panes is another one: the old picture goes where it belongs by then.
      viewreset: () => {
        this.transform(this._map.getCenter(), this._map.getZoom());
        this.misplace();
      },
      moveend: () => this.misplace(),
      resize: () => this.misplace(),
      move: () => {
        if (this.runsOut()) this.misplace();
      },
      zoom: () => this.transform(this._map.getCenter(), this._map.getZoom()),
      zoomanim: (event: L.LeafletEvent) => {
        this.zooming = true;
        const { center, zoom } = event as ZoomAnimEvent;
        this.transform(center, zoom);
      },
      zoomend: () => {
        this.zooming = false;
      },
    };
  }

  /** What to draw into, or nothing while the browser is scaling the old picture. */
  frame(): CanvasFrame | undefined {
    if (this.isMisplaced) this.place();
    const ctx = this.canvas?.getContext("2d");
    if (!ctx || !this.canvas || this.zooming || this.zoom !== this._map.getZoom()) return undefined;
    const ratio = this.ratio();
    const pixelOrigin = this._map.getPixelOrigin();
    return {
      ctx,
      ratio,
      widthPx: this.canvas.width / ratio,
      heightPx: this.canvas.height / ratio,
      originX: pixelOrigin.x + this.topLeft.x,
      originY: pixelOrigin.y + this.topLeft.y,
      zoom: this.zoom,
    };
  }

  /** A point of the map's container in pixels of the canvas. */
  fromContainer(point: Point): Point {
    return this._map.containerPointToLayerPoint(point).subtract(this.topLeft);
  }

  /** Place and pixels are set together with the drawing: never an old picture in a new place. */
  misplace(): void {
    this.isMisplaced = true;
    this.misplaced();
  }

  private place(): void {
    const { canvas } = this;
    if (!canvas || this.zooming) return;
    this.isMisplaced = false;
    const map = this._map;
    const size = map.getSize();
    const pad = size.multiplyBy(PADDING).round();
    this.topLeft = map.containerPointToLayerPoint(pad.multiplyBy(-1)).round();
    this.center = map.getCenter();
    this.zoom = map.getZoom();
    resize(canvas, size.add(pad.multiplyBy(2)), this.ratio());
    L.DomUtil.setTransform(canvas, this.topLeft, 1);
  }

  private ratio(): number {
    return (window.devicePixelRatio || 1) * this.sharpness();
  }

  /** Has a drag come to where nothing is drawn? */
  private runsOut(): boolean {
    const map = this._map;
    if (this.isMisplaced || this.zooming || this.zoom !== map.getZoom()) return false;
    const size = map.getSize();
    const pad = size.multiplyBy(PADDING).round();
    const gone = map.containerPointToLayerPoint([0, 0]).subtract(this.topLeft).subtract(pad);
    return Math.abs(gone.x) > pad.x || Math.abs(gone.y) > pad.y;
  }

  private transform(center: L.LatLng, zoom: number): void {
    if (!this.canvas || !this.center) return;
    const map = this._map;
    const scale = map.getZoomScale(zoom, this.zoom);
    const half = map.getSize().multiplyBy(0.5).add(map.getSize().multiplyBy(PADDING).round());
    const offset = half
      .multiplyBy(-scale)
      .add(map.project(this.center, zoom))
      .subtract((map as unknown as PrivateMap)._getNewPixelOrigin(center, zoom));
    L.DomUtil.setTransform(this.canvas, offset, scale);
  }
}

/** Setting the size clears a canvas and costs memory, so only when it differs. */
function resize(canvas: HTMLCanvasElement, size: Point, ratio: number): void {
  const width = Math.round(size.x * ratio);
  const height = Math.round(size.y * ratio);
  if (canvas.width === width && canvas.height === height) return;
  canvas.width = width;
  canvas.height = height;
  canvas.style.width = `${size.x}px`;
  canvas.style.height = `${size.y}px`;
}
