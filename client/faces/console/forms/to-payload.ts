import { maskField } from "../../../../shared/domain/authority/subject-mask.ts";
import type { SubjectRef } from "../../../../shared/domain/kernel/record.ts";
import { PAYLOADS } from "../../../../shared/wire/payloads.ts";
import { chinaTime } from "../../../ui/china-time.ts";
import type { FieldSpec, FormSpec, FormValues } from "./form-spec.ts";
import { type SubjectDraft, subjectRefOf } from "./subject-draft.ts";

/** What the form cannot know by itself. */
export interface PayloadContext {
  /** What the record from which the form was opened brings along. */
  readonly fixed: FormValues;
  /** Server ms. */
  readonly now: number;
  /** Ids for what this command makes, fixed for the life of the form so that a retry is the same. */
  readonly ids: { readonly subject: string; readonly act: string; readonly record: string };
}

type Payload = Record<string, unknown>;

/** Values of the form, field by field; what is empty is left out, not sent as nothing. */
export function payloadOf(spec: FormSpec, values: FormValues, context: PayloadContext): Payload {
  const payload: Payload = { ...context.fixed };
  for (const field of visibleFields(spec, values)) {
    Object.assign(payload, partOf(field, values[field.name], context));
  }
  if (spec.newIdField) payload[spec.newIdField] = context.ids.record;
  return payload;
}

/** As the wire has it. */
export const wireOf = (spec: FormSpec, flat: Payload, ownCourtId: string): Payload =>
  spec.shape ? { ...spec.shape(flat, ownCourtId) } : flat;

export const visibleFields = (spec: FormSpec, values: FormValues): readonly FieldSpec[] =>
  spec.fields.filter(({ when }) => !when || when.is.includes(String(values[when.field])));

function partOf(field: FieldSpec, value: unknown, context: PayloadContext): Payload {
  if (field.as === "yes") return { [field.name]: value === true };
  if (isEmpty(value)) return emptyPart(field);
  switch (field.as) {
    case "addressee":
      return addressee(String(value));
    case "due":
    case "term":
    case "moment":
      return timePart(field, value, context.now);
    case "docs":
      return { [field.name]: filledDocs(value) };
    case "act":
      return { [field.name]: value === NEW_ACT ? context.ids.act : value };
    case "plate":
      return { [field.name]: maskField("plate", String(value)) };
    case "subject":
      // Nobody named, where nobody need be: not a person without a name.
      if (!field.required && !(value as SubjectDraft).name?.trim()) return {};
      return { [field.name]: subjectOf(value as SubjectDraft, context) };
    case "place":
      return { [field.name]: placeOf(value as PlaceValue, field.address) };
    case "casualties":
      return { [field.name]: { dead: 0, injured: 0, ...(value as object) } };
    default:
      return { [field.name]: typeof value === "string" ? value.trim() : value };
  }
}

/** A delegation says that it has no papers; it does not leave them out. */
const emptyPart = ({ as, name, required }: FieldSpec): Payload =>
  as === "docs" && !required ? { [name]: [] } : {};

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** From now in minutes or days, or as a clock in China shows it; half a time is none. */
function timePart({ as, name }: FieldSpec, value: unknown, now: number): Payload {
  // The server's time as this page knows it lies between two milliseconds; the wire has whole ones.
  const from = Math.round(now);
  if (as !== "moment")
    return { [name]: from + Number(value) * (as === "due" ? MINUTE_MS : DAY_MS) };
  const at = chinaTime(value);
  return at === undefined ? {} : { [name]: at };
}

/** A line that was added and left empty is no document. */
const filledDocs = (value: unknown) =>
  (value as readonly { readonly name: string; readonly no: string }[]).filter(
    ({ name, no }) => name.trim() !== "" || no.trim() !== "",
  );

/** The act punished by this detention is not on record yet. */
export const NEW_ACT = "NEW";

export interface PlaceValue {
  readonly lat: number;
  readonly lng: number;
  readonly address?: string;
}

const placeOf = ({ lat, lng, address }: PlaceValue, withAddress: boolean): PlaceValue => ({
  lat,
  lng,
  ...(withAddress && address ? { address: address.trim() } : {}),
});

const subjectOf = (draft: SubjectDraft, { ids }: PayloadContext): SubjectRef =>
  subjectRefOf(draft, ids.subject);

/** `officer:ID` or `court:ID`. */
function addressee(value: string): Payload {
  const [type, ...id] = value.split(":");
  return { [type === "court" ? "toCourtId" : "toOfficerId"]: id.join(":") };
}

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === "string" && value.trim() === "") ||
  (Array.isArray(value) && value.length === 0);

/** What is wrong with one field, for a person to correct. */
export interface Problem {
  readonly field: string;
  readonly why: "missing" | "wrong";
}

const isHidden = ({ when }: FieldSpec, payload: Payload): boolean =>
  when !== undefined &&
  payload[when.field] !== undefined &&
  !when.is.includes(String(payload[when.field]));

/** Some court: which one is nothing that a person could have typed wrongly. */
const OWN = "own";

/** The field that a person sees for a place in the payload: the innermost that has one. */
function fieldAt(spec: FormSpec, path: readonly PropertyKey[]): string {
  const names = path.map(String);
  const known = names.findLast((name) => spec.fields.some((field) => field.name === name));
  return known ?? names[0] ?? "";
}

/** The same schema as the server's, before anything is sent (CON-9). */
export function problemsOf(kind: string, spec: FormSpec, payload: Payload): Problem[] {
  const missing = spec.fields
    .filter((field) => !isHidden(field, payload))
    .filter((field) => field.required && field.as !== "addressee" && isEmpty(payload[field.name]))
    .map((field): Problem => ({ field: field.name, why: "missing" }));
  const read = PAYLOADS[kind]?.safeParse(wireOf(spec, payload, OWN));
  const wrong = read?.success === false ? read.error.issues.map((i) => fieldAt(spec, i.path)) : [];
  const known = new Set(missing.map((problem) => problem.field));
  return [
    ...missing,
    ...[...new Set(wrong)]
      .filter((field) => !known.has(field) && spec.fields.some((each) => each.name === field))
      .map(
        (field): Problem => ({
          field,
          why: payload[field] === undefined ? "missing" : "wrong",
        }),
      ),
  ];
}
