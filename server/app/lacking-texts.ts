import type { ViewKey } from "../../shared/domain/authority/audience.ts";
import { type Ref, refKey } from "../../shared/domain/kernel/ref.ts";

/** Records that went out to a view without a text that it may read, because the vault was silent. */
export class LackingTexts {
  private byView = new Map<ViewKey, Map<string, Ref>>();

  note(view: ViewKey, refs: readonly Ref[]): void {
    if (refs.length === 0) return;
    const noted = this.byView.get(view) ?? new Map<string, Ref>();
    for (const ref of refs) noted.set(refKey(ref), ref);
    this.byView.set(view, noted);
  }

  get isEmpty(): boolean {
    return this.byView.size === 0;
  }

  /** Each view with what it lacks; from now on nothing is noted. */
  take(): readonly (readonly [ViewKey, readonly Ref[]])[] {
    const taken = [...this.byView].map(([view, refs]) => [view, [...refs.values()]] as const);
    this.byView = new Map();
    return taken;
  }

  all(): readonly (readonly [ViewKey, readonly Ref[]])[] {
    return [...this.byView].map(([view, refs]) => [view, [...refs.values()]] as const);
  }
}
