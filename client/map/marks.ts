import { escapeHtml } from "./escape-html.ts";

/**
 * Pictures of the DOM marks (screens.md §1): colour always with a shape. Sizes in CSS are multiples
 * of `--mark`, so that a wall scales them. A place is a point: each mark stands centred on it, the
 * flag with the foot of its pole.
 */
const svg = (cls: string, body: string): string =>
  `<svg class="${cls}" viewBox="-16 -16 32 32" aria-hidden="true">${body}</svg>`;

/** `name` undefined where it would have no room. */
export function courtMark(
  tier: string,
  own: boolean,
  offline: boolean,
  name: string | undefined,
): string {
  const cls = `mark-court mark-court-${tier.toLowerCase()}${own ? " is-own" : ""}${offline ? " is-offline" : ""}`;
  return `<span class="${cls}">${svg("mark-svg", '<path d="M0-12 12 0 0 12-12 0Z"/>')}${name === undefined ? "" : `<span class="mark-name">${escapeHtml(name)}</span>`}</span>`;
}

export type FlagTone = "waiting" | "active" | "paused";

export function flagMark(letter: string, tone: FlagTone): string {
  return `<span class="mark-flag is-${tone}"><svg class="mark-svg" viewBox="0 0 32 40" aria-hidden="true"><path class="pole" d="M4 2V39"/><path class="cloth" d="M4 3H30L25 13L30 23H4Z"/></svg><span class="mark-letter">${escapeHtml(letter)}</span>${tone === "paused" ? '<span class="mark-pause">Ⅱ</span>' : ""}</span>`;
}

export function heldMark(overtime: boolean): string {
  return `<span class="mark-held${overtime ? " is-over" : ""}">${svg("mark-svg", '<circle class="halo" r="12"/><circle class="ring" r="12"/>')}</span>`;
}

/** Length of the shield's outline below, in its own units. */
const SHIELD = "M0-13 11-9V-1C11 7 6 11 0 13-6 11-11 7-11-1V-9Z";

/** `left`: share of the clock that remains, 0 … 1; nothing without a running clock. */
export function shieldMark(left: number | undefined, look: string, letter: string): string {
  const share = Math.max(0, Math.min(1, left ?? 0));
  const ring = `<path class="track" d="${SHIELD}"/><path class="left" pathLength="100" stroke-dasharray="${Math.round(share * 100)} 100" d="${SHIELD}"/>`;
  return `<span class="mark-shield is-${look}">${svg("mark-svg", ring)}<span class="mark-letter">${escapeHtml(letter)}</span></span>`;
}

const BURST =
  "M0-14 3.300-6.700 10-10 7.400-3 14 0 7.400 3 10 10 3.300 6.700 0 14-3.300 6.700-10 10-7.400 3-14 0-7.400-3-10-10-3.300-6.700Z";

/** `who`: surname and title of the person who reported it. */
export function burstMark(acknowledged: boolean, who = ""): string {
  const rings = acknowledged
    ? '<circle class="steady" r="14.500"/>'
    : '<circle class="wave" r="14"/><circle class="wave late" r="14"/>';
  return `<span class="mark-burst${acknowledged ? " is-acknowledged" : ""}">${svg("mark-svg", `${rings}<path class="burst" d="${BURST}"/>`)}<span class="mark-name">${escapeHtml(who)}</span></span>`;
}

export const selectionMark = (): string =>
  `<span class="mark-selection">${svg("mark-svg", '<circle r="14"/>')}</span>`;
