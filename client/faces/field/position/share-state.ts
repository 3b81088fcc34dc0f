import type { Duty } from "../../../../shared/domain/officer/state.ts";

/** Why no position goes out, or that it does. Each has its own words and its own remedy. */
export type ShareState =
  /** The person switched it off. */
  | "off"
  /** Off duty there is no tracking. */
  | "offDuty"
  /** The page is not on https or this machine itself: the browser gives no position. */
  | "insecure"
  | "unsupported"
  /** Refused to this page in the browser or the phone. */
  | "denied"
  /** Watching, and no fix yet or none any more. */
  | "searching"
  | "sharing";

export interface ShareInputs {
  readonly wanted: boolean;
  /** Undefined until the own record is known. */
  readonly duty: Duty | undefined;
  readonly secure: boolean;
  readonly supported: boolean;
  readonly trouble: "none" | "denied" | "noFix";
  readonly hasFix: boolean;
}

/** FLD-11: off duty comes first, then what the person wants, then what the device allows. */
export function shareState(inputs: ShareInputs): ShareState {
  if (inputs.duty === undefined || inputs.duty === "OFF_DUTY") return "offDuty";
  if (!inputs.wanted) return "off";
  if (!inputs.secure) return "insecure";
  if (!inputs.supported) return "unsupported";
  if (inputs.trouble === "denied") return "denied";
  return inputs.hasFix && inputs.trouble === "none" ? "sharing" : "searching";
}

/** States in which the device is being watched. */
export const isWatching = (state: ShareState): boolean =>
  state === "sharing" || state === "searching" || state === "denied";
