import type { Asset } from "./asset/state.ts";
import type { CheckIn } from "./checkin/state.ts";
import type { Court } from "./court/state.ts";
import type { Delegation } from "./delegation/state.ts";
import type { Detention } from "./detention/state.ts";
import type { Device } from "./device/state.ts";
import type { Incident } from "./incident/state.ts";
import type { InterferenceRecord } from "./interference/state.ts";
import type { Message } from "./message/state.ts";
import type { Notice } from "./notice/state.ts";
import type { Officer } from "./officer/state.ts";
import type { Operation } from "./operation/state.ts";
import type { Order } from "./order/state.ts";
import type { PoliceRequest } from "./police/state.ts";
import type { Report } from "./report/state.ts";
import type { RollCall } from "./rollcall/state.ts";
import type { Shift } from "./shift/state.ts";
import type { Supervision } from "./supervision/state.ts";
import type { Team } from "./team/state.ts";
import type { Timebase } from "./timebase/state.ts";
import type { LinkedUnit } from "./unit/state.ts";

/** Every kind of record. A new kind is a new folder, a line here and a line in `modules.ts`. */
export interface EntityMap {
  readonly court: Court;
  readonly team: Team;
  readonly officer: Officer;
  readonly device: Device;
  readonly asset: Asset;
  readonly unit: LinkedUnit;
  readonly operation: Operation;
  readonly detention: Detention;
  readonly police: PoliceRequest;
  readonly incident: Incident;
  readonly order: Order;
  readonly report: Report;
  readonly message: Message;
  readonly timebase: Timebase;
  readonly delegation: Delegation;
  readonly supervision: Supervision;
  readonly interference: InterferenceRecord;
  readonly shift: Shift;
  readonly rollcall: RollCall;
  readonly notice: Notice;
  readonly checkin: CheckIn;
}
