/** What the driver and its server say to each other. */

/**
 * A fix on the feed: `trackIndex`, latitude and longitude in 1e-7 degrees, heading, number of the mark
 * (0 for everybody who is not marked).
 */
export const MAP_ROW_BYTES = 16;

/** Of somebody marked who is only put to his place: told to nobody. */
export const UNTOLD = 0xffff;

/** The fix with this mark was given to the server's one door of positions at `at`. */
export interface Accepted {
  readonly mark: number;
  /** Milliseconds that all processes of the machine share. */
  readonly at: number;
}
