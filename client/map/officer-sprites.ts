import { HEADING_BINS, lookKey, type OfficerLook } from "./officer-look.ts";
import type { Palette } from "./palette.ts";

/** A mark as a picture; `pixels`, a word each, for the copy by CPU. */
export interface Sprite {
  readonly canvas: HTMLCanvasElement;
  readonly pixels: Uint32Array;
  /** Side in device pixels; the mark is in the middle. */
  readonly side: number;
}

export interface Sprites {
  of(look: OfficerLook): Sprite;
}

/** Radius of a dot in CSS pixels at scale 1. */
export const DOT_PX = 5;

/** Pictures of all looks at one size and theme, each drawn when first asked for. */
export function createSprites(palette: Palette, unitPx: number): Sprites {
  const made = new Map<number, Sprite>();
  return {
    of(look) {
      const key = lookKey(look);
      let sprite = made.get(key);
      if (!sprite) {
        sprite = drawSprite(look, palette, unitPx);
        made.set(key, sprite);
      }
      return sprite;
    },
  };
}

function drawSprite(look: OfficerLook, palette: Palette, unitPx: number): Sprite {
  const radius = DOT_PX * unitPx;
  const side = Math.ceil(radius * 4);
  const canvas = document.createElement("canvas");
  canvas.width = side;
  canvas.height = side;
  const ctx = canvas.getContext("2d", { willReadFrequently: true })!;
  ctx.translate(side / 2, side / 2);
  if (look.shape === "arrow") ctx.rotate((look.bin / HEADING_BINS) * 2 * Math.PI);
  outline(ctx, look, radius);
  const live = look.freshness === "FRESH";
  const color = look.own ? palette.own : palette.other;
  ctx.lineJoin = "round";
  ctx.lineWidth = radius * 0.9;
  ctx.strokeStyle = palette.halo;
  ctx.stroke();
  ctx.fillStyle = live ? color : palette.halo;
  ctx.fill();
  ctx.lineWidth = radius * 0.4;
  ctx.strokeStyle = live ? color : palette.stale;
  ctx.stroke();
  if (look.freshness === "LOST") cross(ctx, radius, palette.stale);
  const { data } = ctx.getImageData(0, 0, side, side);
  return { canvas, pixels: new Uint32Array(data.buffer), side };
}

function outline(ctx: CanvasRenderingContext2D, { shape }: OfficerLook, radius: number): void {
  ctx.beginPath();
  if (shape === "dot") ctx.arc(0, 0, radius * 0.9, 0, 2 * Math.PI);
  else if (shape === "square") ctx.rect(-radius * 0.9, -radius * 0.9, radius * 1.8, radius * 1.8);
  else {
    ctx.moveTo(0, -radius * 1.5);
    ctx.lineTo(radius * 1.05, radius * 1.15);
    ctx.lineTo(0, radius * 0.6);
    ctx.lineTo(-radius * 1.05, radius * 1.15);
    ctx.closePath();
  }
}

function cross(ctx: CanvasRenderingContext2D, radius: number, color: string): void {
  const arm = radius * 1.25;
  ctx.beginPath();
  ctx.moveTo(-arm, -arm);
  ctx.lineTo(arm, arm);
  ctx.moveTo(arm, -arm);
  ctx.lineTo(-arm, arm);
  ctx.lineWidth = radius * 0.34;
  ctx.strokeStyle = color;
  ctx.stroke();
}
