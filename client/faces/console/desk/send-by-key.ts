import type { Refusal } from "../../../../shared/domain/kernel/refusal.ts";
import type { Commands } from "../../../link/commands.ts";
import type { CommandRequest } from "../../../link/envelope.ts";
import type { DeskStore } from "./desk-store.ts";

/** No button of its own stands by the key: what did not pass is said on the desk (CON-14). */
export async function sendByKey(
  desk: DeskStore,
  commands: Pick<Commands, "send">,
  request: CommandRequest,
): Promise<void> {
  desk.getState().setKeyOutcome(null);
  const delivery = await commands.send(request).done;
  const passed = delivery.kind === "answer" && !delivery.answer.refusal;
  if (!passed) desk.getState().setKeyOutcome({ kind: request.kind, delivery });
}

/** A key whose button would have said no says no, in the same words (CON-14). The key is taken. */
export function sayRefused(desk: DeskStore, kind: string, refusal: Refusal): true {
  desk.getState().setKeyOutcome({ kind, refusal });
  return true;
}
