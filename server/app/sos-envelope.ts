import { type CommandEnvelope, commandEnvelope } from "../../shared/wire/command.ts";
import { incidentPayloads } from "../../shared/wire/payloads/incident.ts";
import { SOS_KIND } from "../../shared/wire/sos.ts";
import { hasForbiddenKey } from "./forbidden-key.ts";

/**
 * A call for help whose envelope no schema reads, by what of it is readable: SOSR-4. Only the id is
 * needed, because without it the same call could not be told from another. Each other field is
 * taken if it is right by itself and left out if not; an unreadable record id gives way to the
 * command's own.
 */
export function salvagedSos(raw: unknown): CommandEnvelope | undefined {
  if (typeof raw !== "object" || raw === null) return undefined;
  const given = raw as Readonly<Record<string, unknown>>;
  const id = FIELDS.id.safeParse(given.id);
  if (given.kind !== SOS_KIND || !id.success) return undefined;
  const ref = FIELDS.ref.safeParse(given.ref);
  return {
    id: id.data,
    kind: SOS_KIND,
    ref:
      ref.success && ref.data.type === "incident"
        ? ref.data
        : { type: "incident", id: recordIdFrom(id.data) },
    payload: hasForbiddenKey(given.payload) ? {} : (readable("payload", given) ?? {}),
    knownSeq: readable("knownSeq", given) ?? 0,
    knownAt: readable("knownAt", given) ?? 0,
    ...present("deviceAt", given),
    ...present("ageMs", given),
    ...present("statedAt", given),
  };
}

/** Each field of the payload that is right by itself. */
export function salvagedPayload(
  payload: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const fields = Object.entries(incidentPayloads[SOS_KIND].shape);
  return Object.fromEntries(
    fields.flatMap(([name, schema]) => {
      const read = schema.safeParse(payload[name]);
      return read.success && read.data !== undefined ? [[name, read.data]] : [];
    }),
  );
}

const FIELDS = commandEnvelope.shape;
type Field = "payload" | "knownSeq" | "knownAt" | "deviceAt" | "ageMs" | "statedAt";

function readable<F extends Field>(
  field: F,
  given: Readonly<Record<string, unknown>>,
): CommandEnvelope[F] | undefined {
  const read = FIELDS[field].safeParse(given[field]);
  return read.success ? (read.data as CommandEnvelope[F]) : undefined;
}

function present<F extends Field>(field: F, given: Readonly<Record<string, unknown>>) {
  const value = readable(field, given);
  return value === undefined ? {} : { [field]: value };
}

/** A command's id may be longer than a record's. */
const recordIdFrom = (commandId: string): string =>
  FIELDS.ref.shape.id.safeParse(commandId).success ? commandId : `sos-${commandId.slice(-48)}`;
