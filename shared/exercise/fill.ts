import { type Scenario, seatsNamed } from "./scenario.ts";

/** Who is who in this run: ids of the log for the names of the scenario. */
export interface Names {
  readonly officerOf: (seat: string) => string;
  readonly courtOf: (key: string) => string;
  readonly unitOf: (key: string) => string;
  /** Undefined while nobody has made it. */
  readonly recordOf: (name: string) => string | undefined;
}

export interface Filler {
  readonly scenario: Scenario;
  readonly names: Names;
  /** Who does it. */
  readonly me: { readonly officerId: string; readonly courtId: string };
  readonly nowMs: number;
}

const WHOLE = /^\$([a-z]+)(?::(.+))?$/;
const INSIDE = /\$\{([a-z]+)(?::([^}]+))?\}/g;
const S_MS = 1_000;

/**
 * A payload of the scenario with this run's ids and times. `$me`, `$mycourt`, `$officer:seat`,
 * `$officers:@group`, `$court:key`, `$unit:key`, `$record:name`, `$subject:key`, `$case`, `$in:S` and
 * `$ago:S` (server ms); inside a text in braces, `officer:${me}`.
 */
export function fill(value: unknown, filler: Filler): unknown {
  if (typeof value === "string") return fillText(value, filler);
  if (Array.isArray(value)) return value.map((each) => fill(each, filler));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, of]) => [name, fill(of, filler)]));
}

function fillText(text: string, filler: Filler): unknown {
  const whole = WHOLE.exec(text);
  if (whole) return valueFor(whole[1] ?? "", whole[2] ?? "", filler);
  return text.replace(INSIDE, (_all, what: string, of: string | undefined) =>
    String(valueFor(what, of ?? "", filler)),
  );
}

function valueFor(what: string, of: string, filler: Filler): unknown {
  const { scenario, names, me, nowMs } = filler;
  switch (what) {
    case "me":
      return me.officerId;
    case "mycourt":
      return me.courtId;
    case "case":
      return scenario.caseNo;
    case "officer":
      return names.officerOf(of);
    case "officers":
      return seatsNamed(scenario, of).map((seat) => names.officerOf(seat));
    case "court":
      return names.courtOf(of);
    case "unit":
      return names.unitOf(of);
    case "record":
      return names.recordOf(of);
    case "subject":
      return scenario.subjects[of]?.ref;
    case "in":
      return Math.round(nowMs + Number(of) * S_MS);
    case "ago":
      return Math.round(nowMs - Number(of) * S_MS);
    default:
      throw new Error(`scenario: nothing is called $${what}`);
  }
}
