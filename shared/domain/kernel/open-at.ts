import type { EntityMap } from "../entities.ts";
import type { EntityType } from "./ref.ts";
import type { StateReader } from "./state.ts";

/**
 * Under which open records are filed for the desks of courts: what is on a desk is then found
 * without a look at all there ever was.
 */
const openAt = (courtId: string): string => `open:${courtId}`;

/** Which desk it is takes more than the record itself to say. */
export const ANY_DESK = "*";

/** Keys for the index. No court twice; none for a record that is over. */
export const openLinks = (
  isOpen: boolean,
  courtIds: readonly (string | undefined)[],
): readonly string[] => {
  const links: string[] = [];
  if (!isOpen) return links;
  for (const courtId of courtIds) {
    if (!courtId) continue;
    const link = openAt(courtId);
    if (!links.includes(link)) links.push(link);
  }
  return links;
};

/** All that may be open at this court's desk, the oldest first; whoever asks judges each. */
export function openOf<K extends EntityType>(
  state: StateReader,
  type: K,
  courtId: string,
): readonly EntityMap[K][] {
  const here = state.linked(type, openAt(courtId));
  const anywhere = state.linked(type, openAt(ANY_DESK));
  // One may stand under both.
  return [...new Set([...here, ...anywhere])].sort(
    (a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1),
  );
}
