import * as z from "zod";
import { caseNo, latLng, officialText, recordId } from "../common.ts";
import { freeText } from "../free-text.ts";

const empty = z.strictObject({});
const reasoned = z.strictObject({ reason: freeText(500) });

export const operationPayloads = {
  "operation.open": z.strictObject({
    code: officialText(40),
    /** Official text: the operation's title, not a person's name. */
    name: officialText(80),
    kind: z.enum([
      "EVICTION",
      "SEARCH",
      "SEIZURE",
      "COMPEL",
      "DETAIN",
      "INVESTIGATE",
      "SERVE",
      "RAPID",
    ]),
    caseNo,
    approvalNo: officialText(60),
    place: latLng.extend({ address: officialText(120) }),
    hostCourtId: recordId.optional(),
    chiefCommanderId: recordId,
    sceneCommanderId: recordId,
    memberIds: z.array(recordId).min(1).max(200),
    assetIds: z.array(recordId).max(200).optional(),
  }),
  "operation.depart": empty,
  "operation.arrive": empty,
  "operation.start": empty,
  "operation.pause": reasoned,
  "operation.confirmPause": empty,
  "operation.resume": empty,
  "operation.abort": reasoned,
  "operation.close": empty,
};
