/**
 * Which records of one kind stand under a link, in the order in which each was last filed. Most
 * links lead to one record alone, and a hundred thousand sets of one would cost a start its time.
 */
export class LinkIndex {
  private readonly byLink = new Map<string, string | Set<string>>();

  /** Behind all that stand there; one that stands there already goes behind them too. */
  fileAll(links: readonly string[], id: string): void {
    for (const link of links) {
      const ids = this.byLink.get(link);
      if (ids === undefined) this.byLink.set(link, id);
      else if (typeof ids !== "string") {
        ids.delete(id);
        ids.add(id);
      } else if (ids !== id) this.byLink.set(link, new Set([ids, id]));
    }
  }

  remove(link: string, id: string): void {
    const ids = this.byLink.get(link);
    if (ids === id) this.byLink.delete(link);
    else if (typeof ids === "object") ids.delete(id);
  }

  ids(link: string): Iterable<string> {
    const ids = this.byLink.get(link);
    if (ids === undefined) return NONE;
    return typeof ids === "string" ? [ids] : ids;
  }
}

const NONE: readonly string[] = [];
