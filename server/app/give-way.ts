/** So many turns in a row; where patches never end, what is periodic goes on all the same. */
const MOST_TURNS = 10;

/**
 * A turn for others, and more of them while patches wait: a call for help does not share its turns
 * with heartbeats, which are no later for it than it is long.
 */
export function givingWay(
  yieldTurn: () => Promise<void>,
  patchesWaiting: () => number,
): () => Promise<void> {
  return async () => {
    for (let turns = 0; turns === 0 || (turns < MOST_TURNS && patchesWaiting() > 0); turns += 1)
      await yieldTurn();
  };
}
