/** Ids in the order in which each was last put. What was restored stands there without work. */
export class PutOrder {
  private restored: readonly string[] = [];
  private readonly later = new Set<string>();

  put(id: string): void {
    this.later.delete(id);
    this.later.add(id);
  }

  /** Into an order that is empty. */
  restore(ids: readonly string[]): void {
    this.restored = ids;
  }

  ids(): readonly string[] {
    if (this.later.size === 0) return this.restored;
    return [...this.restored.filter((id) => !this.later.has(id)), ...this.later];
  }
}
