import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CommandRequest } from "../../../link/envelope.ts";
import { useLink } from "../../../link/link-context.tsx";
import type { Delivery } from "../../../link/roads.ts";
import type { StoredRecord } from "../../../store/dto.ts";
import { isAccepted } from "../actions/use-send.ts";
import type { NearestCourt } from "../desk/console-api.ts";
import { useDesk } from "../desk/desk-context.tsx";

/** Enforcement acts need two officers at least (C3). */
const TEAM = 2;

export interface SendHelp {
  readonly pending: boolean;
  readonly sent: boolean;
  readonly delivery: Delivery | undefined;
  /** Acknowledges too where nobody has. */
  send(court: NearestCourt): Promise<void>;
}

/**
 * Answers a call for help and sends whom was chosen: another court as helper, or the two nearest of
 * the own people by message, with which the incident is being responded to. One press; what does
 * not pass stops the rest and is said.
 */
export function useSendHelp(record: StoredRecord<"incident">): SendHelp {
  const { t } = useTranslation("orders");
  const { link } = useLink();
  const { newId } = useDesk();
  const [pending, setPending] = useState(false);
  const [sent, setSent] = useState(false);
  const [delivery, setDelivery] = useState<Delivery>();
  const send = async (court: NearestCourt) => {
    setPending(true);
    let last: Delivery | undefined;
    for (const request of steps(record, court, t("assist.body"), newId)) {
      last = await link.commands.send(request).done;
      if (!isAccepted(last)) break;
    }
    setDelivery(last);
    setSent(isAccepted(last));
    setPending(false);
  };
  return { pending, sent, delivery, send };
}

function steps(
  { id, dto }: StoredRecord<"incident">,
  court: NearestCourt,
  text: string,
  newId: () => string,
): readonly CommandRequest[] {
  const ref = { type: "incident", id } as const;
  const acknowledge = dto.acknowledged ? [] : [{ kind: "incident.acknowledge", ref, payload: {} }];
  if (court.courtId !== dto.courtId) {
    const payload = { courtId: court.courtId };
    return [...acknowledge, { kind: "incident.assist", ref, payload }];
  }
  const going = (court.officerIds ?? []).slice(0, TEAM).map((toOfficerId) => ({
    kind: "message.send",
    ref: { type: "message" as const, id: newId() },
    payload: { toOfficerId, text },
  }));
  const respond =
    dto.state === "REPORTED" || dto.state === "CONFIRMED"
      ? [{ kind: "incident.respond", ref, payload: {} }]
      : [];
  return [...acknowledge, ...going, ...respond];
}
