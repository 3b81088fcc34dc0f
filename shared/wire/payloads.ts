import type * as z from "zod";
import { delegationPayloads } from "./payloads/delegation.ts";
import { detentionPayloads } from "./payloads/detention.ts";
import { dutyPayloads } from "./payloads/duty.ts";
import { incidentPayloads } from "./payloads/incident.ts";
import { interferencePayloads } from "./payloads/interference.ts";
import { liaisonPayloads } from "./payloads/liaison.ts";
import { messagePayloads } from "./payloads/message.ts";
import { observerPayloads } from "./payloads/observer.ts";
import { operationPayloads } from "./payloads/operation.ts";
import { orderPayloads } from "./payloads/order.ts";
import { policePayloads } from "./payloads/police.ts";
import { registryPayloads } from "./payloads/registry.ts";
import { reportPayloads } from "./payloads/report.ts";
import { supervisionPayloads } from "./payloads/supervision.ts";
import { timebasePayloads } from "./payloads/timebase.ts";

/**
 * Payload schema of every command kind that a client may send. A kind of the domain that is missing
 * here fails `test/unit/wire-payloads.test.ts`; `clock.raise` is the server's own and has none.
 */
export const PAYLOADS: Readonly<Record<string, z.ZodObject>> = {
  ...registryPayloads,
  ...operationPayloads,
  ...detentionPayloads,
  ...policePayloads,
  ...incidentPayloads,
  ...orderPayloads,
  ...reportPayloads,
  ...messagePayloads,
  ...timebasePayloads,
  ...delegationPayloads,
  ...supervisionPayloads,
  ...interferencePayloads,
  ...dutyPayloads,
  ...liaisonPayloads,
  ...observerPayloads,
};
