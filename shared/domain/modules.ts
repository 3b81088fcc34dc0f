import { assetModule } from "./asset/asset.ts";
import { checkinModule } from "./checkin/checkin.ts";
import { courtModule } from "./court/court.ts";
import { delegationModule } from "./delegation/delegation.ts";
import { detentionModule } from "./detention/detention.ts";
import { deviceModule } from "./device/device.ts";
import { incidentModule } from "./incident/incident.ts";
import { interferenceModule } from "./interference/interference.ts";
import type { CommandEntry } from "./kernel/command.ts";
import type { EntityModule } from "./kernel/module.ts";
import type { EntityType } from "./kernel/ref.ts";
import { liaisonModule } from "./liaison/liaison.ts";
import { messageModule } from "./message/message.ts";
import { noticeModule } from "./notice/notice.ts";
import { notificationModule } from "./notify/notification.ts";
import { observerModule } from "./observer/observer.ts";
import { officerModule } from "./officer/officer.ts";
import { operationModule } from "./operation/operation.ts";
import { opinionModule } from "./opinion/opinion.ts";
import { orderModule } from "./order/order.ts";
import { policeModule } from "./police/police.ts";
import { reportModule } from "./report/report.ts";
import { rollcallModule } from "./rollcall/rollcall.ts";
import { shiftModule } from "./shift/shift.ts";
import { suggestionModule } from "./suggestion/suggestion.ts";
import { supervisionModule } from "./supervision/supervision.ts";
import { teamModule } from "./team/team.ts";
import { timebaseModule } from "./timebase/timebase.ts";
import { unitModule } from "./unit/unit.ts";

/**
 * Any module, seen without its record's exact type. The kernel only ever hands a module records of
 * its own type, which is what makes forgetting it here safe.
 */
export type AnyModule = EntityModule<EntityType>;

const MODULES: { readonly [K in EntityType]: EntityModule<K> } = {
  court: courtModule,
  team: teamModule,
  officer: officerModule,
  device: deviceModule,
  asset: assetModule,
  unit: unitModule,
  operation: operationModule,
  detention: detentionModule,
  police: policeModule,
  incident: incidentModule,
  order: orderModule,
  report: reportModule,
  message: messageModule,
  timebase: timebaseModule,
  delegation: delegationModule,
  supervision: supervisionModule,
  interference: interferenceModule,
  shift: shiftModule,
  rollcall: rollcallModule,
  notice: noticeModule,
  checkin: checkinModule,
  liaison: liaisonModule,
  suggestion: suggestionModule,
  notification: notificationModule,
  observer: observerModule,
  opinion: opinionModule,
};

export const moduleOf = (type: EntityType): AnyModule => MODULES[type] as unknown as AnyModule;

export const ENTITY_TYPES = Object.keys(MODULES) as EntityType[];

export const isEntityType = (type: string): type is EntityType => Object.hasOwn(MODULES, type);

const COMMANDS: ReadonlyMap<string, CommandEntry> = new Map(
  ENTITY_TYPES.flatMap((type) =>
    Object.entries(moduleOf(type).commands).map(([kind, spec]): [string, CommandEntry] => [
      kind,
      { type, spec: spec as unknown as CommandEntry["spec"] },
    ]),
  ),
);

export const commandEntry = (kind: string): CommandEntry | undefined => COMMANDS.get(kind);
export const commandKinds = (): string[] => [...COMMANDS.keys()];

/** Every event type that this version can fold. */
export const EVENT_TYPES: ReadonlySet<string> = new Set([
  "ClockRaised",
  ...ENTITY_TYPES.flatMap((type) => moduleOf(type).eventTypes),
]);
