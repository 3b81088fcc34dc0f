import type { UiStore } from "../../../store/ui.ts";
import type { DeskStore } from "../desk/desk-store.ts";

/** In, with nothing live selected: a key must not reach a record that is out of sight. Or back. */
export function toggleReplay(desk: DeskStore, ui: UiStore): void {
  const { replay, setReplay } = desk.getState();
  if (!replay) ui.getState().select(null);
  setReplay(!replay);
}
