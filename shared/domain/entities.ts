import type { Asset } from "./asset/state.ts";
import type { Court } from "./court/state.ts";
import type { Detention } from "./detention/state.ts";
import type { Device } from "./device/state.ts";
import type { Incident } from "./incident/state.ts";
import type { Message } from "./message/state.ts";
import type { OutsideNotification } from "./notify/state.ts";
import type { Officer } from "./officer/state.ts";
import type { Operation } from "./operation/state.ts";
import type { Order } from "./order/state.ts";
import type { PoliceRequest } from "./police/state.ts";
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
  readonly message: Message;
  readonly timebase: Timebase;
  readonly notification: OutsideNotification;
}
