import { ageWords } from "../ui/format-time.ts";
import type { Blitter } from "./blit-officers.ts";
import type { Brush } from "./brush.ts";
import type { CanvasFrame } from "./canvas-pane.ts";
import type { Cluster, Clustered, ScreenPoints } from "./cluster.ts";
import { createLabelRoom, type LabelRoom } from "./label-room.ts";
import type { MapView } from "./map-view.ts";
import type { OfficerLook } from "./officer-look.ts";
import { DOT_PX, type Sprites } from "./officer-sprites.ts";
import type { Palette } from "./palette.ts";

export interface Drawing {
  readonly frame: CanvasFrame;
  readonly points: ScreenPoints;
  readonly clustered: Clustered;
  readonly view: MapView;
  readonly palette: Palette;
  readonly sprites: Sprites;
  readonly blitter: Blitter;
  readonly brush: Brush;
  readonly now: number;
  /** Officers whose name another mark bears. */
  readonly namedElsewhere: ReadonlySet<number>;
  lookOf(index: number): OfficerLook;
}

const AGES_UP_TO = 200;
const RING_PX = 24;
const FONT = '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif';

export function drawOfficers(drawing: Drawing): void {
  const { frame, clustered, brush } = drawing;
  const { ctx, ratio } = frame;
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.clearRect(0, 0, ctx.canvas.width, ctx.canvas.height);
  if (brush === "BLIT") blitSingles(drawing);
  else {
    drawing.blitter.rest();
    drawSingles(drawing);
  }
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  drawLabels(drawing);
  for (const cluster of clustered.clusters) drawCluster(drawing, cluster);
}

function blitSingles({ frame, points, clustered, sprites, blitter, lookOf }: Drawing): void {
  blitter.begin(frame);
  for (const row of clustered.singles) {
    blitter.put(sprites.of(lookOf(points.index[row]!)), points.x[row]!, points.y[row]!);
  }
  blitter.end(frame);
}

function drawSingles({ frame, points, clustered, sprites, lookOf }: Drawing): void {
  const { ctx, ratio } = frame;
  for (const row of clustered.singles) {
    const { canvas, side } = sprites.of(lookOf(points.index[row]!));
    ctx.drawImage(canvas, points.x[row]! * ratio - side / 2, points.y[row]! * ratio - side / 2);
  }
}

/** Names when there are few, and always of those who matter now; ages of lost fixes besides. */
function drawLabels(drawing: Drawing): void {
  const { frame, points, clustered, view } = drawing;
  const count = clustered.singles.length;
  const { ctx } = frame;
  const sizePx = 12 * view.scale();
  ctx.font = `500 ${sizePx}px ${FONT}`;
  ctx.textBaseline = "middle";
  ctx.textAlign = "left";
  ctx.lineJoin = "round";
  const room = createLabelRoom();
  for (const row of clustered.singles) {
    const apart = points.apart[row] === 1;
    if (count > AGES_UP_TO && !apart) continue;
    drawLabel(drawing, row, room, { sizePx, apart, named: apart || count <= view.pace.ease.names });
  }
}

interface LabelStyle {
  readonly sizePx: number;
  readonly apart: boolean;
  readonly named: boolean;
}

function drawLabel(
  drawing: Drawing,
  row: number,
  room: LabelRoom,
  { sizePx, apart, named }: LabelStyle,
): void {
  const { frame, points, view, palette, lookOf } = drawing;
  const { ctx } = frame;
  const index = points.index[row]!;
  const lost = lookOf(index).freshness === "LOST";
  const words = labelOf(drawing, index, named, lost);
  if (!words) return;
  // Beside the ring or the burst that stands around those who matter now.
  const x = points.x[row]! + (apart ? RING_PX : DOT_PX * 2) * view.scale();
  const y = points.y[row]!;
  const box = { x, y: y - sizePx / 2, w: ctx.measureText(words).width, h: sizePx };
  if (!room.take(box)) return;
  ctx.lineWidth = sizePx / 4;
  ctx.strokeStyle = palette.halo;
  ctx.strokeText(words, x, y);
  ctx.fillStyle = lost ? palette.stale : palette.text;
  ctx.fillText(words, x, y);
}

function labelOf(drawing: Drawing, index: number, named: boolean, lost: boolean): string {
  const { view, now, namedElsewhere } = drawing;
  const name =
    named && !namedElsewhere.has(index) ? (view.fleet.officerAt(index)?.dto.short ?? "") : "";
  if (!lost) return name;
  const { unit, n } = ageWords(now - view.fleet.positions.at[index]!);
  return `${name} ${view.t(`common:age.${unit}`, { n })}`.trim();
}

/** A ring of live and old shares around the count. */
function drawCluster({ frame, view, palette }: Drawing, cluster: Cluster): void {
  const { ctx } = frame;
  const scale = view.scale();
  const radius = (11 + Math.min(9, Math.sqrt(cluster.count))) * scale;
  const oldShare = cluster.old / cluster.count;
  const top = -Math.PI / 2;
  ctx.beginPath();
  ctx.arc(cluster.x, cluster.y, radius, 0, 2 * Math.PI);
  ctx.fillStyle = palette.raised;
  ctx.globalAlpha = 0.94;
  ctx.fill();
  ctx.globalAlpha = 1;
  ctx.lineWidth = 2.6 * scale;
  arc(ctx, cluster, radius, top, top + 2 * Math.PI * (1 - oldShare), palette.own);
  arc(ctx, cluster, radius, top + 2 * Math.PI * (1 - oldShare), top + 2 * Math.PI, palette.stale);
  ctx.fillStyle = palette.text;
  ctx.font = `600 ${12.5 * scale}px ${FONT}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText(String(cluster.count), cluster.x, cluster.y + 0.5 * scale);
}

function arc(
  ctx: CanvasRenderingContext2D,
  { x, y }: Cluster,
  radius: number,
  from: number,
  to: number,
  color: string,
): void {
  if (to - from < 0.01) return;
  ctx.beginPath();
  ctx.arc(x, y, radius, from, to);
  ctx.strokeStyle = color;
  ctx.stroke();
}
