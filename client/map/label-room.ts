export interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** Gives room to labels, first come first served: a name over a name is no name. */
export interface LabelRoom {
  /** True when nothing was there yet. */
  take(box: Box): boolean;
}

export function createLabelRoom(): LabelRoom {
  const taken: Box[] = [];
  return {
    take(box) {
      if (taken.some((other) => overlap(box, other))) return false;
      taken.push(box);
      return true;
    },
  };
}

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
