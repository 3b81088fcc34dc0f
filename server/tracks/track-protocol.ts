/** What the thread of the track files and its owner say to each other. */
import type { TrackFound, TrackGroup, TrackQuery } from "./track-store.ts";

export interface TrackThreadOptions {
  readonly dir: string;
  readonly keepDays: number;
  /** Server ms at the opening. */
  readonly now: number;
}

export type TrackRequest =
  | { readonly op: "append"; readonly group: TrackGroup; readonly now: number }
  | { readonly op: "find"; readonly query: TrackQuery }
  | { readonly op: "tick"; readonly now: number }
  | { readonly op: "close" };

export interface NumberedTrackRequest {
  readonly id: number;
  readonly request: TrackRequest;
}

/** Reply 0 says whether the folder could be opened. */
export type TrackReply =
  | { readonly id: number; readonly ok: true; readonly found?: TrackFound }
  | { readonly id: number; readonly ok: false; readonly busy: boolean; readonly message: string };
