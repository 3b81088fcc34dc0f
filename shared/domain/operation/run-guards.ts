import { refusal } from "../kernel/refusal.ts";
import { goingOf, happened, musterOf, notBack, showedOf, teamOf } from "./facts.ts";
import type { Guard } from "./guards.ts";
import { evicts, searches } from "./plan.ts";
import { LEAST_MEMBERS } from "./plan-guards.ts";
import type { Operation } from "./state.ts";

/** Guards of the way from muster to the end. The short way has no checklist and passes them all. */
const planned =
  (guard: Guard): Guard =>
  (operation, state) =>
    operation.plan ? guard(operation, state) : undefined;

const notChecked = (operation: Operation): string[] => {
  const checked = musterOf(operation).map(({ officerId }) => officerId);
  return teamOf(operation).filter((id) => !checked.includes(id));
};

/** Checked in, but something is missing. */
const notReady = (operation: Operation): string[] =>
  musterOf(operation)
    .filter(
      ({ presence, certificate, uniform, bodyCam, deviceTest }) =>
        presence === "PRESENT" && !(certificate && uniform && bodyCam && deviceTest),
    )
    .map(({ officerId }) => officerId);

const everybodyChecked: Guard = (operation) => {
  const missing = notChecked(operation);
  return missing.length > 0
    ? refusal("NOT_CHECKED_IN", { ruleId: "OPS-27", params: { count: missing.length } })
    : undefined;
};

const everybodyReady: Guard = (operation) => {
  const unready = notReady(operation);
  return unready.length > 0
    ? refusal("MUSTER_CHECK_FAILED", { ruleId: "OPS-27", params: { count: unready.length } })
    : undefined;
};

const enoughGoing: Guard = (operation) => {
  const going = goingOf(operation);
  if (!going.includes(operation.sceneCommanderId)) {
    return refusal("SCENE_COMMANDER_EXCUSED", { ruleId: "OPS-19" });
  }
  return going.length < LEAST_MEMBERS
    ? refusal("TOO_FEW_MEMBERS", { ruleId: "C3", params: { least: LEAST_MEMBERS } })
    : undefined;
};

export const MUSTERED: readonly Guard[] = [everybodyChecked, everybodyReady, enoughGoing];

/** C1: everybody who acts on the scene has shown the certificate, in uniform. */
const credentialsShown: Guard = (operation) => {
  const shown = showedOf(operation);
  const missing = goingOf(operation).filter((id) => !shown.includes(id));
  return missing.length > 0
    ? refusal("CREDENTIALS_NOT_SHOWN", { ruleId: "C1", params: { count: missing.length } })
    : undefined;
};

/** Q6: who was called to attend is on record; whoever refuses to come stops nothing. */
const attendeesRecorded: Guard = (operation) =>
  (searches(operation) || evicts(operation) || operation.kind === "SEIZURE") &&
  operation.facts.attendees.length === 0
    ? refusal("NO_ATTENDEE_RECORDED", { ruleId: "Q6" })
    : undefined;

export const READY_ON_SCENE: readonly Guard[] = [credentialsShown, attendeesRecorded].map(planned);

const recordSigned: Guard = (operation) =>
  (searches(operation) || evicts(operation)) && !happened(operation, "RECORD_SIGNED")
    ? refusal("RECORD_NOT_SIGNED", { ruleId: "Q8" })
    : undefined;

const listHanded: Guard = (operation) =>
  operation.kind === "SEIZURE" &&
  !(happened(operation, "RECORD_SIGNED") && happened(operation, "LIST_HANDED"))
    ? refusal("LIST_NOT_HANDED", { ruleId: "Z7" })
    : undefined;

const goodsDelivered: Guard = (operation) =>
  evicts(operation) && !happened(operation, "GOODS_DELIVERED", "NO_GOODS")
    ? refusal("GOODS_NOT_DELIVERED", { ruleId: "OPS-36" })
    : undefined;

const evidenceAttested: Guard = ({ facts }) =>
  facts.evidence ? undefined : refusal("EVIDENCE_NOT_ATTESTED", { ruleId: "OPS-35" });

const everybodyBack: Guard = (operation) => {
  const missing = notBack(operation);
  return missing.length > 0
    ? refusal("NOT_ALL_SAFE", { ruleId: "OPS-34", params: { count: missing.length } })
    : undefined;
};

export const FIT_TO_CLOSE: readonly Guard[] = [
  everybodyBack,
  recordSigned,
  listHanded,
  goodsDelivered,
  evidenceAttested,
].map(planned);
