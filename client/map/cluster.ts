/** Screen positions of one draw, in columns; `count` of each array are in use. */
export interface ScreenPoints {
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** `trackIndex` of the officer. */
  readonly index: Uint32Array;
  /** 1: never hidden in a cluster (selected, calling for help, escorting a person). */
  readonly apart: Uint8Array;
  /** 1: the fix is not live; counted in the ring of a cluster. */
  readonly old: Uint8Array;
  count: number;
}

export interface Cluster {
  readonly x: number;
  readonly y: number;
  readonly count: number;
  readonly old: number;
}

export interface Clustered {
  readonly clusters: readonly Cluster[];
  /** Rows of the points that are drawn one by one. */
  readonly singles: Uint32Array;
}

export interface Grid {
  readonly cellPx: number;
  /** Offset of the screen in the world, so that cells stay with the land while it is dragged. */
  readonly originX: number;
  readonly originY: number;
  /** From this many in one cell they are drawn as one mark with a count. */
  readonly crowd: number;
}

export function makeScreenPoints(capacity: number): ScreenPoints {
  return {
    x: new Float32Array(capacity),
    y: new Float32Array(capacity),
    index: new Uint32Array(capacity),
    apart: new Uint8Array(capacity),
    old: new Uint8Array(capacity),
    count: 0,
  };
}

/** More lines than any screen has cells, so that a cell is one number. */
const CELLS_PER_COLUMN = 0x10_0000;

interface Cell {
  readonly rows: number[];
  x: number;
  y: number;
  old: number;
}

/** By screen grid, anew at every draw: 0.75 ms for 10,000, no index to keep fresh. */
export function clusterByGrid(points: ScreenPoints, grid: Grid): Clustered {
  const cells = new Map<number, Cell>();
  const alone: number[] = [];
  for (let row = 0; row < points.count; row += 1) {
    if (points.apart[row]) alone.push(row);
    else addTo(cells, points, row, grid);
  }
  const clusters: Cluster[] = [];
  for (const cell of cells.values()) {
    const count = cell.rows.length;
    if (count < grid.crowd) alone.push(...cell.rows);
    else
      clusters.push({
        x: midway(cell.x / count, grid.originX, grid.cellPx),
        y: midway(cell.y / count, grid.originY, grid.cellPx),
        count,
        old: cell.old,
      });
  }
  return { clusters, singles: Uint32Array.from(alone) };
}

/** Half way from the mean to the middle of the cell, so that neighbours do not overlap. */
function midway(mean: number, origin: number, cellPx: number): number {
  const middle = (Math.floor((mean + origin) / cellPx) + 0.5) * cellPx - origin;
  return (mean + middle) / 2;
}

function addTo(cells: Map<number, Cell>, points: ScreenPoints, row: number, grid: Grid): void {
  const x = points.x[row]!;
  const y = points.y[row]!;
  const column = Math.floor((x + grid.originX) / grid.cellPx);
  const line = Math.floor((y + grid.originY) / grid.cellPx);
  const key = column * CELLS_PER_COLUMN + line;
  let cell = cells.get(key);
  if (!cell) {
    cell = { rows: [], x: 0, y: 0, old: 0 };
    cells.set(key, cell);
  }
  cell.rows.push(row);
  cell.x += x;
  cell.y += y;
  cell.old += points.old[row]!;
}
