import type { CourtTier } from "../../shared/domain/court/state.ts";
import type { StoredRecord } from "../store/dto.ts";
import { createLabelRoom } from "./label-room.ts";

export interface LabelScreen {
  readonly zoom: number;
  readonly scale: number;
  /** Of a court's seat, in CSS pixels of any origin. */
  toPixel(seat: { readonly lat: number; readonly lng: number }): {
    readonly x: number;
    readonly y: number;
  };
}

/** Zoom (of a desk) from which a tier's names are wanted; marks are always there. */
const NAMED_FROM: Readonly<Record<CourtTier, number>> = { HIGH: 0, INTERMEDIATE: 7.5, BASIC: 10 };
const RANK: Readonly<Record<CourtTier, number>> = { HIGH: 0, INTERMEDIATE: 1, BASIC: 2 };
const LETTER_PX = 12;

/** Courts whose names have room, the own one first, then by tier: no name over a name. */
export function namedCourts(
  courts: Iterable<StoredRecord<"court">>,
  names: ReadonlyMap<string, string>,
  ownId: string | undefined,
  { zoom, scale, toPixel }: LabelScreen,
): ReadonlySet<string> {
  const deskZoom = zoom - Math.log2(scale);
  const tierOf = ({ dto }: StoredRecord<"court">) => dto.tier ?? "BASIC";
  const rank = (court: StoredRecord<"court">) => (court.id === ownId ? -1 : RANK[tierOf(court)]);
  const wanted = [...courts]
    .filter((court) => court.id === ownId || deskZoom >= NAMED_FROM[tierOf(court)])
    .sort((a, b) => rank(a) - rank(b));
  const room = createLabelRoom();
  const named = new Set<string>();
  for (const { id, dto } of wanted) {
    if (!dto.seat) continue;
    const { x, y } = toPixel(dto.seat);
    const w = [...(names.get(id) ?? id)].length * LETTER_PX * scale;
    const box = { x: x - w / 2, y: y + 6 * scale, w, h: LETTER_PX * 1.2 * scale };
    if (room.take(box)) named.add(id);
  }
  return named;
}
