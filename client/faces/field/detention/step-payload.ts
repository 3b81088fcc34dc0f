import type { DetentionReport } from "../detention-steps.ts";
import type { About } from "./about.ts";

/** What may be typed with a report. `time` is HH:MM as a person says it. */
export interface StepEntry {
  readonly receiptNo?: string;
  readonly facility?: string;
  readonly policeReceiver?: string;
  readonly reason?: string;
  readonly impossibleReason?: string;
  readonly time?: string;
}

type Field = Exclude<keyof StepEntry, "time">;

const FIELDS: Readonly<Partial<Record<DetentionReport, readonly Field[]>>> = {
  "detention.intake": ["receiptNo", "facility", "policeReceiver"],
  "detention.refuseIntake": ["reason", "facility"],
  "detention.notifyFamily": ["impossibleReason"],
};

export const FIELDS_OF = (report: DetentionReport): readonly Field[] => FIELDS[report] ?? [];

/** Without these the report says nothing: the receipt of the house, its reason to refuse. */
export function missingIn(report: DetentionReport, entry: StepEntry): Field | undefined {
  if (report === "detention.intake" && !entry.receiptNo?.trim()) return "receiptNo";
  if (report === "detention.refuseIntake" && !entry.reason?.trim()) return "reason";
  return undefined;
}

interface Known {
  /** Only while the server does not know the record. */
  readonly about: About | undefined;
  readonly me: string | undefined;
}

const ESCORTED: ReadonlySet<DetentionReport> = new Set(["detention.control", "detention.transit"]);

export function stepPayload(
  report: DetentionReport,
  entry: StepEntry,
  { about, me }: Known,
): Readonly<Record<string, unknown>> {
  const typed = FIELDS_OF(report).flatMap((name) => {
    const value = entry[name]?.trim();
    return value ? [[name, value] as const] : [];
  });
  return {
    ...Object.fromEntries(typed),
    ...(about ? { about } : {}),
    ...(ESCORTED.has(report) && me !== undefined ? { escortIds: [me] } : {}),
  };
}

const DAY_MS = 86_400_000;
const CHINA_OFFSET_MS = 8 * 3_600_000;

/** A clock time of the last 24 hours: nobody reports tomorrow. */
export function statedAt(time: string | undefined, now: number): number | undefined {
  const read = /^(\d{2}):(\d{2})/.exec(time ?? "");
  if (!read) return undefined;
  const midnight = Math.floor((now + CHINA_OFFSET_MS) / DAY_MS) * DAY_MS - CHINA_OFFSET_MS;
  const at = midnight + (Number(read[1]) * 60 + Number(read[2])) * 60_000;
  return at > now ? at - DAY_MS : at;
}
