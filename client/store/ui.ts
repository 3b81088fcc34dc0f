import { createJSONStorage, persist, type StateStorage } from "zustand/middleware";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Ref } from "../../shared/domain/kernel/ref.ts";

export type Theme = "dark" | "light";
export type Language = "zh" | "en";
export type QueueFilter = "ALL" | "MINE" | "OVERDUE";

export interface UiState {
  readonly selection: Ref | null;
  readonly filter: QueueFilter;
  /** Court subtree the queue and map are narrowed to; null = all that the view sees. */
  readonly courtFilter: string | null;
  /** Record that the map follows. */
  readonly follow: Ref | null;
  readonly theme: Theme;
  readonly language: Language;
  /** A muted seat shows it. */
  readonly muted: boolean;
  /** Sign-in and shift for which the list of what was missed has been shown. */
  readonly missedShown: string | null;
  select(ref: Ref | null): void;
  setFilter(filter: QueueFilter): void;
  setCourtFilter(courtId: string | null): void;
  setFollow(ref: Ref | null): void;
  setTheme(theme: Theme): void;
  setLanguage(language: Language): void;
  setMuted(muted: boolean): void;
  setMissedShown(session: string | null): void;
}

export type UiStore = StoreApi<UiState>;

/** Only how the seat is set up outlives a reload; what it looked at does not. */
export function createUiStore(storage: StateStorage): UiStore {
  return createStore<UiState>()(
    persist(
      (set) => ({
        selection: null,
        filter: "ALL",
        courtFilter: null,
        follow: null,
        theme: "dark",
        language: "zh",
        muted: false,
        missedShown: null,
        select: (selection) => set({ selection }),
        setFilter: (filter) => set({ filter }),
        setCourtFilter: (courtFilter) => set({ courtFilter }),
        setFollow: (follow) => set({ follow }),
        setTheme: (theme) => set({ theme }),
        setLanguage: (language) => set({ language }),
        setMuted: (muted) => set({ muted }),
        setMissedShown: (missedShown) => set({ missedShown }),
      }),
      {
        name: "ec.ui",
        storage: createJSONStorage(() => storage),
        partialize: ({ theme, language, muted, missedShown }) => ({
          theme,
          language,
          muted,
          missedShown,
        }),
      },
    ),
  );
}
