import type { Asset } from "../../shared/domain/asset/state.ts";
import type { PartName } from "../../shared/domain/authority/parts.ts";
import type { Relation } from "../../shared/domain/authority/relation.ts";
import type { Role } from "../../shared/domain/authority/roles.ts";
import type { Court, CourtKind, CourtTier } from "../../shared/domain/court/state.ts";
import type { DetentionState, DetentionType } from "../../shared/domain/detention/state.ts";
import type { Device, DeviceKind } from "../../shared/domain/device/state.ts";
import type {
  IncidentKind,
  IncidentLevel,
  IncidentState,
} from "../../shared/domain/incident/state.ts";
import type { SubjectFlag, SubjectRef } from "../../shared/domain/kernel/record.ts";
import type { EntityType } from "../../shared/domain/kernel/ref.ts";
import type { LiaisonState } from "../../shared/domain/liaison/state.ts";
import type { Message } from "../../shared/domain/message/state.ts";
import type { Duty } from "../../shared/domain/officer/state.ts";
import type { OperationKind, OperationState } from "../../shared/domain/operation/state.ts";
import type {
  OrderEffect,
  OrderKind,
  ReceiptState,
  ReconsiderationOutcome,
} from "../../shared/domain/order/state.ts";
import type {
  PoliceRequestState,
  PoliceRequestType,
  Urgency,
} from "../../shared/domain/police/state.ts";
import type { SuggestionKind, SuggestionState } from "../../shared/domain/suggestion/state.ts";
import type { LiaisonService } from "../../shared/domain/unit/service.ts";
import type { LinkedUnit } from "../../shared/domain/unit/state.ts";

/** Words of every closed list of the domain; a new member without a word does not compile. */
export interface DomainTexts {
  readonly type: Record<EntityType, string>;
  readonly role: Record<Role, string>;
  readonly part: Record<PartName, string>;
  readonly relation: Record<Relation, string>;
  readonly tier: Record<CourtTier, string>;
  readonly courtKind: Record<CourtKind, string>;
  readonly seatSource: Record<Court["seatSource"], string>;
  readonly duty: Record<Duty | "UNREACHABLE", string>;
  readonly fix: Record<"FRESH" | "STALE" | "LOST", string>;
  readonly operation: {
    readonly kind: Record<OperationKind, string>;
    /** One letter on the map's flag. */
    readonly letter: Record<OperationKind, string>;
    readonly state: Record<OperationState, string>;
    readonly pauseOrdered: string;
  };
  readonly detention: {
    readonly kind: Record<DetentionType, string>;
    readonly state: Record<DetentionState, string>;
    readonly overtime: string;
    readonly emergency: string;
    readonly late: string;
    readonly stub: string;
  };
  readonly police: {
    readonly kind: Record<PoliceRequestType, string>;
    readonly state: Record<PoliceRequestState, string>;
    readonly urgency: Record<Urgency, string>;
    readonly escalated: string;
  };
  readonly incident: {
    readonly kind: Record<IncidentKind, string>;
    readonly level: Record<IncidentLevel, string>;
    readonly state: Record<IncidentState, string>;
    readonly acknowledged: string;
    readonly notAcknowledged: string;
  };
  readonly order: {
    readonly kind: Record<OrderKind, string>;
    readonly effect: Record<OrderEffect, string>;
    readonly receipt: Record<ReceiptState, string>;
    readonly revoked: string;
    readonly superseded: string;
    readonly outcome: Record<ReconsiderationOutcome, string>;
  };
  readonly message: { readonly state: Record<Message["state"], string> };
  readonly device: {
    readonly kind: Record<DeviceKind, string>;
    readonly status: Record<Device["status"], string>;
  };
  readonly asset: {
    readonly kind: Record<Asset["kind"], string>;
    readonly status: Record<Asset["status"], string>;
  };
  readonly liaison: {
    readonly state: Record<LiaisonState, string>;
    readonly service: Record<LiaisonService, string>;
    readonly overdue: string;
  };
  readonly suggestion: {
    readonly kind: Record<SuggestionKind, string>;
    readonly state: Record<SuggestionState, string>;
  };
  readonly unit: { readonly kind: Record<LinkedUnit["kind"], string> };
  readonly subject: {
    readonly sex: Record<SubjectRef["sex"], string>;
    readonly ageBand: Record<SubjectRef["ageBand"], string>;
    readonly flag: Record<SubjectFlag, string>;
  };
}
