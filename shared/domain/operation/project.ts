import { type Audience, seatOf, standingOf } from "../authority/audience.ts";
import { clockDtos } from "../kernel/clock.ts";
import type { StateReader } from "../kernel/state.ts";
import { shortNameOf } from "../officer/short-name.ts";
import { HOST_CLOCK } from "./operation-clock.ts";
import { hostNoticeOf, planInFull, planOutline } from "./project-plan.ts";
import type { Operation, PauseOrder } from "./state.ts";

/**
 * Full on consoles of the own line of courts and on members' phones; a wall without free text,
 * documents and case; the host court code, kind, state, place and team (authority.md 5.2).
 */
export function projectOperation(operation: Operation, state: StateReader, audience: Audience) {
  if (standingOf(audience) === "host") {
    const { lat, lng } = operation.place;
    const place = seatOf(audience) === "wall" ? { lat, lng } : operation.place;
    return {
      ...outline(operation),
      place,
      pauseOrdered: operation.pauseOrder !== undefined,
      ...hostNoticeOf(operation),
      clocks: clockDtos(operation.clocks).filter(({ name }) => name === HOST_CLOCK),
    };
  }
  const shown = {
    ...outline(operation),
    name: operation.name,
    assetIds: operation.assetIds,
    milestones: operation.milestones,
    ...(operation.pausedFrom ? { pausedFrom: operation.pausedFrom } : {}),
    pauseOrdered: operation.pauseOrder !== undefined,
    ...commandFromAboveOf(operation, state),
    ...hostNoticeOf(operation),
    clocks: clockDtos(operation.clocks),
    ...planOutline(operation),
  };
  const { pauseOrder } = operation;
  if (seatOf(audience) === "wall") {
    // An address may be somebody's home; a wall shows districts only (authority.md 5.3).
    const { lat, lng } = operation.place;
    return {
      ...shown,
      place: { lat, lng },
      ...(pauseOrder ? { pauseOrder: pauseOutline(pauseOrder, state) } : {}),
    };
  }
  return {
    ...shown,
    ...(pauseOrder ? { pauseOrder: pauseInFull(pauseOrder, state) } : {}),
    caseNo: operation.caseNo,
    ...(operation.approvalNo ? { approvalNo: operation.approvalNo } : {}),
    ...(operation.approvedBy ? { approvedBy: operation.approvedBy } : {}),
    ...(operation.endReason ? { endReason: operation.endReason } : {}),
    ...(operation.withdrawal ? { withdrawal: operation.withdrawal } : {}),
    ...planInFull(operation, state),
    conflicts: operation.conflicts,
  };
}

const outline = (operation: Operation) => ({
  courtId: operation.courtId,
  code: operation.code,
  kind: operation.kind,
  state: operation.state,
  place: operation.place,
  chiefCommanderId: operation.chiefCommanderId,
  sceneCommanderId: operation.sceneCommanderId,
  memberIds: operation.memberIds,
  ...(operation.hostCourtId ? { hostCourtId: operation.hostCourtId } : {}),
});

/** Names the officer and court too: the courts below hold no record of a superior's people. */
function commandFromAboveOf({ commandFromAbove, chiefCommanderId }: Operation, state: StateReader) {
  if (!commandFromAbove) return {};
  const chief = shortNameOf(state, chiefCommanderId);
  const court = state.get("court", commandFromAbove.courtId)?.name;
  return {
    commandFromAbove: {
      ...commandFromAbove,
      ...(chief ? { chief } : {}),
      ...(court ? { court } : {}),
    },
  };
}

/** With the state of the order's receipt, so that the issuing court sees it signed. */
function pauseOutline({ byCourtId, orderId, at, confirmed }: PauseOrder, state: StateReader) {
  const order = orderId ? state.get("order", orderId) : undefined;
  const receipt = order?.receipts[0];
  return {
    byCourtId,
    at,
    ...(orderId ? { orderId } : {}),
    ...(receipt ? { orderState: receipt.state } : {}),
    ...(confirmed ? { confirmed: { at: confirmed.at } } : {}),
  };
}

/** Names the officer and court too: a member's phone holds no record of another court. */
function pauseInFull(order: PauseOrder, state: StateReader) {
  const byName = shortNameOf(state, order.byOfficerId);
  const byCourt = state.get("court", order.byCourtId)?.name;
  return {
    ...pauseOutline(order, state),
    byOfficerId: order.byOfficerId,
    ...(byName ? { byName } : {}),
    ...(byCourt ? { byCourt } : {}),
    reason: order.reason,
    ...(order.confirmed ? { confirmed: order.confirmed } : {}),
  };
}
