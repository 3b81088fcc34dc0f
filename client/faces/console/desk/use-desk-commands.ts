import { can } from "../../../../shared/domain/authority/can.ts";
import { refusal } from "../../../../shared/domain/kernel/refusal.ts";
import { useLink } from "../../../link/link-context.tsx";
import { actOf, actorOf } from "../../../store/acts.ts";
import type { StoredRecord } from "../../../store/dto.ts";
import { seenAll } from "../../../store/duty-dto.ts";
import { openCalls } from "../../../store/open-calls.ts";
import type { RecordMaps } from "../../../store/records.ts";
import type { Stores } from "../../../store/stores.ts";
import { useStores } from "../../../store/stores-context.tsx";
import { isDone } from "../actions/act-words.ts";
import { canDispatch } from "../actions/DispatchButton.tsx";
import { nextBoard } from "../boards/boards.ts";
import { calledAs } from "../duty/use-called.ts";
import { hasCourtsBelow } from "../forms/court-choice.ts";
import { isRequest, taskOn } from "../forms/task.ts";
import { toggleReplay } from "../replay/toggle-replay.ts";
import { unanswered } from "./alarms.ts";
import { type Desk, useDesk } from "./desk-context.tsx";
import { type KeyCommand, movedCursor, worksInReplay } from "./keys.ts";
import { sayRefused, sendByKey } from "./send-by-key.ts";
import { useDeskKeys } from "./use-desk-keys.ts";

type Commands = ReturnType<typeof useLink>["link"]["commands"];

/** What each key does; false leaves the key to the browser. */
export function useDeskCommands(): void {
  const desk = useDesk();
  const stores = useStores();
  const { link } = useLink();
  useDeskKeys((command) => {
    if (desk.store.getState().replay && !worksInReplay(command)) return false;
    return WAYS[command]({ desk, stores, commands: link.commands });
  });
}

interface Reach {
  readonly desk: Desk;
  readonly stores: Stores;
  readonly commands: Commands;
}

const WAYS: Readonly<Record<KeyCommand, (reach: Reach) => boolean>> = {
  next: (reach) => move(reach, 1),
  previous: (reach) => move(reach, -1),
  open({ desk, stores }) {
    const { cursor } = desk.store.getState();
    if (cursor === null) return false;
    select(stores, cursor);
    return true;
  },
  acknowledge(reach) {
    const target = alarmTarget(reach.stores);
    return target ? press(reach, target, "incident.acknowledge") : false;
  },
  /** As if the first alarm's button had been pressed: the key sends whom the bar names. */
  nearest() {
    const button = document.querySelector<HTMLButtonElement>(".alarm-bar [data-nearest]");
    button?.click();
    return button !== null;
  },
  sign(reach) {
    const record = selected(reach.stores);
    return record?.type === "order" ? press(reach, record, "order.sign") : false;
  },
  rollcall: answerRollCall,
  dispatch({ desk, stores }) {
    const current = selected(stores);
    const target = current && canDispatch(current) ? current : alarmTarget(stores);
    if (!target) return false;
    const { type, id } = target;
    stores.ui.getState().select({ type, id });
    desk.store.getState().setDispatch({ type, id });
    return true;
  },
  follow({ stores }) {
    const { follow, selection, setFollow } = stores.ui.getState();
    setFollow(follow ? null : selection);
    return follow !== null || selection !== null;
  },
  search({ desk }) {
    desk.store.getState().setSearch(true);
    return true;
  },
  time({ desk }) {
    const { time, setTime } = desk.store.getState();
    setTime(!time);
    return true;
  },
  board({ desk }) {
    const { board, openBoard } = desk.store.getState();
    openBoard(nextBoard(board));
    return true;
  },
  /** Whoever may issue orders begins one; from the selected court or operation, about that. */
  order({ desk, stores }) {
    const actor = actorOf(stores.session.getState().hello);
    const { court } = stores.records.getState().maps;
    // Before the first snapshot nobody knows what stands below.
    if (!actor || !court.has(actor.courtId)) return false;
    const unable =
      can(actor, "order.task", "down", {}) ??
      (hasCourtsBelow(actor.courtId, court) ? undefined : refusal("WRONG_COURT"));
    if (unable) return sayRefused(desk.store, "order.task", unable);
    const current = selected(stores);
    const about = current && ABOUT.has(current.type) ? current : undefined;
    desk.store.getState().open(taskOn("order.task", about, desk.newId));
    return true;
  },
  replay({ desk, stores }) {
    toggleReplay(desk.store, stores.ui);
    return true;
  },
  help({ desk }) {
    const { help, setHelp } = desk.store.getState();
    setHelp(!help);
    return true;
  },
  close: ({ desk, stores }) => close(desk, stores),
};

/** The call whose button shows R: the first that this desk has still to answer. */
function answerRollCall({ desk, stores, commands }: Reach): boolean {
  const { hello } = stores.session.getState();
  const calls = seenAll(stores.records.getState().maps.rollcall);
  const [open] = openCalls(calls, calledAs(hello));
  if (!open) return false;
  const ref = { type: "rollcall", id: open.call.id } as const;
  const payload = { target: open.target.key };
  void sendByKey(desk.store, commands, { kind: "rollcall.answer", ref, payload });
  return true;
}
const ABOUT: ReadonlySet<string> = new Set(["court", "operation"]);

function move({ desk }: Reach, step: 1 | -1): boolean {
  const { cursor, setCursor } = desk.store.getState();
  const next = movedCursor(desk.rows.current, cursor, step);
  if (next === null) return false;
  setCursor(next);
  const row = document.querySelector<HTMLElement>(`.queue-row[data-key="${CSS.escape(next)}"]`);
  row?.focus({ preventScroll: true });
  row?.scrollIntoView({ block: "nearest" });
  return true;
}

function select({ ui }: Stores, key: string): void {
  const [type, ...id] = key.split(":");
  ui.getState().select({ type: type as StoredRecord["type"], id: id.join(":") });
}

/** From the innermost outwards: place picking, form, candidates, selection. Drafts are kept. */
function close({ store }: Desk, { ui }: Stores): boolean {
  const desk = store.getState();
  if (desk.help) desk.setHelp(false);
  else if (desk.search) desk.setSearch(false);
  else if (desk.time) desk.setTime(false);
  else if (desk.keyOutcome) desk.setKeyOutcome(null);
  else if (desk.replay) desk.setReplay(false);
  else if (desk.pick) desk.setPick(null);
  else if (desk.task) desk.closeTask();
  else if (desk.dispatch) desk.setDispatch(null);
  else if (ui.getState().selection) ui.getState().select(null);
  else if (desk.board !== null) desk.openBoard(null);
  else return false;
  return true;
}

const recordOf = (maps: RecordMaps, { type, id }: Pick<StoredRecord, "type" | "id">) =>
  (maps[type] as ReadonlyMap<string, StoredRecord>).get(id);

function selected({ ui, records }: Stores): StoredRecord | undefined {
  const { selection } = ui.getState();
  return selection ? recordOf(records.getState().maps, selection) : undefined;
}

/** The alarm that is selected, else the oldest that nobody answered: the one whose button shows A. */
function alarmTarget(stores: Stores): StoredRecord | undefined {
  const current = selected(stores);
  const courtId = stores.session.getState().hello?.courtId;
  const waits = current && !isDone("incident.acknowledge", current.dto, courtId);
  if (current?.type === "incident" && waits) return current;
  return unanswered([...stores.records.getState().maps.incident.values()])[0];
}

/** As if its button had been pressed: what the button would refuse is said instead. */
function press({ desk, stores, commands }: Reach, record: StoredRecord, kind: string): boolean {
  const { session, records, clock } = stores;
  const courts = records.getState().maps.court;
  const act = actOf(record, kind, session.getState().hello, courts, clock.serverNow());
  if (act.kind === "refused") return sayRefused(desk.store, kind, act.refusal);
  if (act.kind !== "open" || isDone(kind, record.dto, session.getState().hello?.courtId))
    return false;
  const { type, id, dto } = record;
  const rev = isRequest(kind) ? dto.stateRev : undefined;
  const request = { kind, ref: { type, id }, ...(rev === undefined ? {} : { rev }) };
  void sendByKey(desk.store, commands, request);
  return true;
}
