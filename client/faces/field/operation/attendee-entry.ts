import { PRIVATE_ROLES } from "../../../operation/progress.ts";
import { EMPTY_SUBJECT, type SubjectHalves, splitSubject } from "../subject-entry.ts";

/** What is typed of one who attends. */
export interface AttendeeEntry {
  readonly role: string;
  readonly name: string;
  readonly office: string;
  readonly refused: boolean;
  readonly reason: string;
}

export const NEW_ATTENDEE: AttendeeEntry = {
  role: "WITNESS",
  name: "",
  office: "",
  refused: false,
  reason: "",
};

export const isPrivate = (role: string): boolean => PRIVATE_ROLES.includes(role);

interface Ids {
  readonly attendee: string;
  readonly subject: string;
}

export interface AttendeeReport {
  readonly payload: Readonly<Record<string, unknown>>;
  /** The identity, which goes to the vault before the report. */
  readonly halves?: SubjectHalves;
}

/** The report, or which field is missing: a private person's name, anybody else's office (OPS-31). */
export function attendeeReport(
  entry: AttendeeEntry,
  ids: Ids,
): AttendeeReport | { readonly missing: "name" | "office" } {
  const { role, refused } = entry;
  const reason = entry.reason.trim();
  const common = {
    attendeeId: ids.attendee,
    role,
    refused,
    ...(refused && reason ? { reason } : {}),
  };
  if (!isPrivate(role)) {
    const office = entry.office.trim();
    return office ? { payload: { ...common, office } } : { missing: "office" };
  }
  const halves = splitSubject(ids.subject, { ...EMPTY_SUBJECT, name: entry.name });
  return halves ? { payload: { ...common, subject: halves.ref }, halves } : { missing: "name" };
}
