import type { DomainEvent, EventMeta } from "../kernel/event.ts";
import { newRecord } from "../kernel/new-record.ts";
import type { OfficerEvent } from "./events.ts";
import type { Grant, Officer } from "./state.ts";

const endGrant = (grants: readonly Grant[], role: Grant["role"], seq: number): Grant[] =>
  grants.map((grant) =>
    grant.role === role && grant.toSeq === undefined ? { ...grant, toSeq: seq } : grant,
  );

type Later = Exclude<OfficerEvent, { type: "OfficerRegistered" }>;

export function evolveOfficer(
  officer: Officer | undefined,
  raw: DomainEvent,
  meta: EventMeta,
): Officer {
  const event = raw as OfficerEvent;
  if (event.type === "OfficerRegistered") {
    const { belongs, ...content } = event.data;
    return {
      ...newRecord("officer", event.ref.id, belongs, meta),
      ...content,
      duty: "OFF_DUTY",
      grants: [],
      disabled: false,
      revokedSessions: [],
    };
  }
  if (!officer) throw new Error(`${event.type} before OfficerRegistered`);
  return changed(officer, event, meta);
}

function changed(officer: Officer, event: Later, meta: EventMeta): Officer {
  switch (event.type) {
    case "RoleGranted": {
      const { role, bootstrap } = event.data;
      return { ...officer, grants: [...officer.grants, { role, fromSeq: meta.seq, bootstrap }] };
    }
    case "RoleRevoked":
      return { ...officer, grants: endGrant(officer.grants, event.data.role, meta.seq) };
    case "OfficerDisabled":
      return { ...officer, disabled: true };
    case "OfficerEnabled":
      return { ...officer, disabled: false };
    case "SessionRevoked":
      return {
        ...officer,
        revokedSessions: [...new Set([...officer.revokedSessions, event.data.sessionId])],
      };
    case "OfficerLent": {
      const { toCourtId: courtId, ...order } = event.data;
      return { ...officer, lent: { courtId, ...order, at: meta.at } };
    }
    case "OfficerOrderedHome":
      return home(officer, event.data.orderId);
    case "DutySet":
      return { ...officer, duty: event.data.duty, ...dutySince(officer, meta) };
  }
}

/** Tracking begins with the duty and not before: kept through changes between duties. */
const dutySince = (officer: Officer, meta: EventMeta): { dutySince: number } => ({
  dutySince:
    officer.duty === "OFF_DUTY" || officer.dutySince === undefined
      ? meta.occurred.earliest
      : officer.dutySince,
});

/** Sent out again meanwhile by another order, he stays there. */
function home(officer: Officer, orderId: string): Officer {
  if (officer.lent?.orderId !== orderId) return officer;
  const { lent: _over, ...rest } = officer;
  return rest;
}
