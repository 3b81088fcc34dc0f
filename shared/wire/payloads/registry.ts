import * as z from "zod";
import { ROLES } from "../../domain/authority/roles.ts";
import { UNIT_KINDS } from "../../domain/unit/kinds.ts";
import { latLng, officialText, recordId } from "../common.ts";

const name = officialText(80);
const empty = z.strictObject({});

export const registryPayloads = {
  "court.register": z.strictObject({
    name,
    tier: z.enum(["HIGH", "INTERMEDIATE", "BASIC"]),
    parentId: recordId.optional(),
    caseCode: officialText(12).optional(),
    kind: z.enum(["LOCAL", "MARITIME", "RAILWAY", "DEV_ZONE", "SPECIAL"]),
    seat: latLng,
    seatSource: z.enum(["CTR", "WIKI", "EST", "SURVEYED"]),
  }),
  "court.setDutyContact": z.strictObject({
    contactId: recordId,
    roles: z.array(z.enum(ROLES)).min(1).max(ROLES.length),
    /** Without a number the contact is taken off the list. */
    phone: z
      .string()
      .regex(/^\+?\d[\d -]{1,28}\d$/)
      .optional(),
  }),
  "team.register": z.strictObject({
    courtId: recordId,
    name,
    leadOfficerId: recordId.optional(),
    memberIds: z.array(recordId).max(200).optional(),
  }),
  "officer.register": z.strictObject({
    courtId: recordId,
    name: officialText(40),
    title: officialText(20),
    badgeNo: officialText(30),
    execCertNo: officialText(40).optional(),
    gender: z.enum(["M", "F"]),
    teamId: recordId.optional(),
    unitId: recordId.optional(),
  }),
  "officer.grant": z.strictObject({ role: z.enum(ROLES), bootstrap: z.boolean().optional() }),
  "officer.revokeGrant": z.strictObject({ role: z.enum(ROLES) }),
  "officer.disable": empty,
  "officer.enable": empty,
  "officer.revokeSession": z.strictObject({ sessionId: recordId }),
  "officer.setDuty": z.strictObject({
    duty: z.enum(["OFF_DUTY", "ON_DUTY", "STANDBY", "DEPLOYED"]),
  }),
  "device.register": z.strictObject({
    kind: z.enum(["PHONE", "TRACKER", "KIOSK"]),
    label: officialText(40),
    officerId: recordId.optional(),
    courtId: recordId.optional(),
  }),
  "device.revoke": empty,
  "asset.register": z.strictObject({
    courtId: recordId,
    kind: z.enum(["VEHICLE", "TERMINAL", "BODYCAM", "GEAR", "DRONE"]),
    plateOrSn: officialText(40),
  }),
  "unit.register": z.strictObject({
    courtId: recordId,
    kind: z.enum(UNIT_KINDS),
    name,
    dutyPhone: officialText(30).optional(),
    seat: latLng.optional(),
  }),
};
