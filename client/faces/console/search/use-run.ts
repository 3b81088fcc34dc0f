import { useCallback } from "react";
import { useStores } from "../../../store/stores-context.tsx";
import { boardNamed } from "../boards/boards.ts";
import { useDesk } from "../desk/desk-context.tsx";
import { taskOn } from "../forms/task.ts";
import { toggleReplay } from "../replay/toggle-replay.ts";
import { useSignOut } from "../top/UserMenu.tsx";
import type { Entry } from "./search-index.ts";

/** Does what an entry says: shows the record, or runs the action. */
export function useRun(): (entry: Entry) => void {
  const desk = useDesk();
  const { ui } = useStores();
  const signOut = useSignOut();
  return useCallback(
    ({ ref, run }) => {
      const state = ui.getState();
      const ways: Readonly<Record<string, () => void>> = {
        fit: () => desk.map.current?.camera.home(),
        theme: () => state.setTheme(state.theme === "dark" ? "light" : "dark"),
        language: () => state.setLanguage(state.language === "zh" ? "en" : "zh"),
        mute: () => state.setMuted(!state.muted),
        help: () => desk.store.getState().setHelp(true),
        replay: () => toggleReplay(desk.store, ui),
        unitMonth: () => desk.store.getState().setUnitMonth(true),
        signOut,
      };
      const board = boardNamed(run?.replace(/^board:/u, "") ?? null);
      if (ref) state.select(ref);
      else if (board) desk.store.getState().openBoard(board.name);
      else if (run && ways[run]) ways[run]();
      else if (run) desk.store.getState().open(taskOn(run, undefined, desk.newId));
    },
    [desk, ui, signOut],
  );
}
