import * as z from "zod";
import { CENTER_ROLES } from "../../domain/authority/roles.ts";
import { epochMs, recordId } from "../common.ts";
import { freeText, optionalText } from "../free-text.ts";

const empty = z.strictObject({});
/** Kind and id of a record with a colon between. */
const refKey = z
  .string()
  .max(80)
  .regex(/^[a-z]+:[A-Za-z0-9_.:-]+$/);
const aboutTarget = z.strictObject({ target: refKey });
const quality = z.enum(["GOOD", "POOR", "NONE"]);

/** Duty desk, roll-call, notices, calls outside and check-in on scene. */
export const dutyPayloads = {
  "shift.schedule": z.strictObject({
    officerId: recordId,
    from: epochMs,
    to: epochMs,
    mode: z.enum(["ON_SITE", "TELEPHONE"]),
  }),
  "shift.cancel": empty,
  "shift.prepare": empty,
  "shift.mark": z.strictObject({
    keys: z.array(refKey).min(1).max(500),
    done: z.boolean(),
    note: optionalText(500),
  }),
  "shift.offer": z.strictObject({
    toShiftId: recordId.optional(),
    remark: optionalText(500),
    restUndone: z.literal(true).optional(),
  }),
  "shift.returnList": z.strictObject({ reason: freeText(500) }),
  "shift.sign": empty,
  "rollcall.call": z.strictObject({
    targets: z
      .array(z.strictObject({ type: z.enum(["court", "officer", "device"]), id: recordId }))
      .min(1)
      .max(500),
    timeoutS: z.number().int().min(10).max(600).optional(),
  }),
  "rollcall.answer": aboutTarget,
  "rollcall.fault": aboutTarget,
  "rollcall.quality": aboutTarget.extend({ picture: quality, voice: quality }),
  "notice.publish": z.strictObject({
    kind: z.enum(["BROADCAST", "BULLETIN", "ALERT"]),
    body: freeText(2_000),
    courtIds: z.array(recordId).max(500).optional(),
    officerIds: z.array(recordId).min(1).max(500).optional(),
    tiers: z
      .array(z.enum(["HIGH", "INTERMEDIATE", "BASIC"]))
      .max(3)
      .optional(),
    roles: z.array(z.enum(CENTER_ROLES)).max(4).optional(),
    needsAck: z.boolean(),
    expiresAt: epochMs.optional(),
    callId: recordId.optional(),
  }),
  "notice.acknowledge": empty,
  "notice.remind": empty,
  "notification.retry": empty,
  "checkin.begin": z.strictObject({ operationId: recordId }),
  "checkin.sign": empty,
  "checkin.vouch": z.strictObject({ note: optionalText(500) }),
  "checkin.stop": z.strictObject({ reason: freeText(500) }),
};
