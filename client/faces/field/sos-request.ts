import type { CommandRequest } from "../../link/envelope.ts";
import type { Measured } from "./position/measure.ts";

/** What is known at the moment of the call; nothing of it is waited for. */
export interface SosKnown {
  readonly fix: Measured | undefined;
  readonly batteryPct: number | undefined;
  readonly operationId: string | undefined;
}

/** FLD-5: the last fix whatever its age, with its age; the battery; the operation at hand. */
export function sosRequest(id: string, known: SosKnown): CommandRequest {
  const { fix, batteryPct, operationId } = known;
  return {
    kind: "incident.sos",
    ref: { type: "incident", id },
    payload: {
      ...(fix ? { place: placeOf(fix) } : {}),
      ...(batteryPct === undefined ? {} : { battery: batteryPct }),
      ...(operationId === undefined ? {} : { operationId }),
    },
  };
}

const placeOf = ({ lat, lng, accuracyM, deviceAt }: Measured) => ({
  lat,
  lng,
  ...(accuracyM === undefined ? {} : { accuracyM }),
  fixAt: deviceAt,
});
