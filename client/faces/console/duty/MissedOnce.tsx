import { useEffect, useRef, useState } from "react";
import { useStores } from "../../../store/stores-context.tsx";
import { useLoaded } from "../../../store/use-records.ts";
import { useHello } from "../../../store/use-session.ts";
import { useUnanswered } from "../desk/alarms.ts";
import { useDesk, useDeskState } from "../desk/desk-context.tsx";
import { missedCount } from "./missed.ts";
import { missedSession, missedStep } from "./missed-once.ts";
import { useMissed } from "./use-missed.ts";
import { useOwnDesk } from "./use-own-desk.ts";

const BOARD = "missed";

/** Opens the list of what was missed, once in a sign-in and in a shift, and gives way to an alarm. */
export function MissedOnce() {
  const { ui } = useStores();
  const { store } = useDesk();
  const missed = useMissed();
  const any = missedCount(missed) > 0 || missed.told.length > 0;
  const alarms = useUnanswered().length;
  const session = useSession();
  const settled = useSettled(useLoaded());
  const latest = useRef(any);
  useEffect(() => {
    latest.current = any;
  }, [any]);
  const [byItself, setByItself] = useState(false);
  const isOpen = useDeskState((s) => s.board) === BOARD;

  // What comes after the page stood is no longer "missed": bands, queue and boards bring it.
  useEffect(() => {
    const { selection, missedShown, setMissedShown } = ui.getState();
    const { board, task, dispatch, search, help, replay, openBoard } = store.getState();
    const busy = Boolean(board ?? task ?? dispatch ?? selection) || search || help || replay;
    const moment = { session, shown: missedShown, any: latest.current, alarms, busy };
    const step = settled ? missedStep(moment) : "NOTHING";
    if (step === "NOTHING" || session === undefined) return;
    setMissedShown(session);
    if (step === "OPEN") {
      openBoard(BOARD);
      setByItself(true);
    }
  }, [settled, session, alarms, ui, store]);

  useEffect(() => {
    if (!isOpen) setByItself(false);
    else if (byItself && (alarms > 0 || !any)) store.getState().openBoard(null);
  }, [isOpen, byItself, alarms, any, store]);
  return null;
}

function useSession(): string | undefined {
  const me = useHello()?.officerId;
  const { on } = useOwnDesk();
  return missedSession(me, on?.officerId === me ? on?.id : undefined);
}

const SETTLE_MS = 3_000;

/** The first records are all here a moment after the first snapshot. */
function useSettled(loaded: boolean): boolean {
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    if (!loaded) return;
    const timer = setTimeout(() => setSettled(true), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [loaded]);
  return settled;
}
