import type { Role } from "../authority/roles.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { Belongs } from "../kernel/new-record.ts";
import type { Duty } from "./state.ts";

export type OfficerEvent =
  | DomainEvent<
      "OfficerRegistered",
      {
        readonly belongs: Belongs;
        /** Assigned once, in order of registration. */
        readonly trackIndex: number;
        readonly name: string;
        readonly title: string;
        readonly badgeNo: string;
        readonly execCertNo?: string;
        readonly gender: "M" | "F";
        readonly teamId?: string;
        readonly unitId?: string;
      }
    >
  | DomainEvent<"RoleGranted", { readonly role: Role; readonly bootstrap: boolean }>
  | DomainEvent<"RoleRevoked", { readonly role: Role }>
  | DomainEvent<"OfficerDisabled", Record<string, never>>
  | DomainEvent<"OfficerEnabled", Record<string, never>>
  | DomainEvent<"SessionRevoked", { readonly sessionId: string }>
  | DomainEvent<
      "OfficerLent",
      { readonly toCourtId: string; readonly orderId: string; readonly operationId?: string }
    >
  | DomainEvent<"OfficerOrderedHome", { readonly orderId: string }>
  | DomainEvent<"DutySet", { readonly duty: Duty }>;

export const OFFICER_EVENT_TYPES = [
  "OfficerRegistered",
  "RoleGranted",
  "RoleRevoked",
  "OfficerDisabled",
  "OfficerEnabled",
  "SessionRevoked",
  "OfficerLent",
  "OfficerOrderedHome",
  "DutySet",
] as const satisfies readonly OfficerEvent["type"][];

export const officerEvent = <T extends OfficerEvent["type"]>(
  id: string,
  type: T,
  data: Extract<OfficerEvent, { type: T }>["data"],
): DomainEvent => ({ type, ref: { type: "officer", id }, data });
