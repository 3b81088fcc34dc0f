import type { Theme } from "../store/ui.ts";

/** Canvas cannot read CSS variables cheaply; the values repeat `styles/tokens.css`. */
export interface Palette {
  readonly ground: string;
  readonly land: string;
  readonly border: string;
  readonly outline: string;
  readonly text: string;
  readonly second: string;
  readonly raised: string;
  /** Officers of the own court, and of the courts below. */
  readonly own: string;
  readonly other: string;
  readonly stale: string;
  /** Around every mark, so that it stands off the land. */
  readonly halo: string;
}

const PALETTES: Readonly<Record<Theme, Palette>> = {
  dark: {
    ground: "#0b1220",
    land: "#15203a",
    border: "#2b3c60",
    outline: "#4a649c",
    text: "#e6edf7",
    second: "#93a4bf",
    raised: "#1a2439",
    own: "#4c8dff",
    other: "#c4d6f5",
    stale: "#8391a8",
    halo: "#0b1220",
  },
  light: {
    ground: "#dfe6f0",
    land: "#f7f9fc",
    border: "#c2cee0",
    outline: "#7f92b2",
    text: "#101828",
    second: "#445066",
    raised: "#ffffff",
    own: "#1a5fd8",
    other: "#3b4d6b",
    stale: "#5d6a80",
    halo: "#ffffff",
  },
};

export const paletteOf = (theme: Theme): Palette => PALETTES[theme];
