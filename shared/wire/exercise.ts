import * as z from "zod";
import { epochMs } from "./common.ts";

const bilingual = z.strictObject({ zh: z.string(), en: z.string() });

/** Who did it: official data only; `simulated` where the simulator spoke for the seat. */
const doer = z.strictObject({
  name: z.string(),
  title: z.string(),
  court: z.string(),
  simulated: z.boolean(),
});

/** What `GET /api/exercise` answers: how an exercise (演练) stands, and its debrief so far. */
export const exerciseStatus = z.strictObject({
  scenario: z.strictObject({ id: z.string(), title: bilingual, about: bilingual }),
  deployment: z.string(),
  /** Seconds of the scenario per second. */
  speed: z.number(),
  at: epochMs,
  /** The last commit that was read. */
  seq: z.number().int(),
  startedAt: epochMs,
  endedAt: epochMs.optional(),
  /** Tells this run's records from those of others. */
  run: z.string(),
  /** Ids in the log for the names of the scenario. */
  ids: z.strictObject({
    officers: z.record(z.string(), z.string()),
    courts: z.record(z.string(), z.string()),
    units: z.record(z.string(), z.string()),
  }),
  /** Ids of the records that the scenario knows by a name. */
  records: z.record(z.string(), z.string()),
  /** Seats that a person may take; `person`: somebody sits there now. */
  seats: z.array(
    z.strictObject({
      seat: z.string(),
      login: z.string(),
      face: z.enum(["console", "field", "partner"]),
      name: z.string(),
      title: z.string(),
      court: z.string(),
      officerId: z.string(),
      person: z.boolean(),
    }),
  ),
  phases: z.array(z.strictObject({ id: z.string(), title: bilingual })),
  steps: z.array(
    z.strictObject({
      id: z.string(),
      phase: z.string(),
      title: bilingual,
      seats: z.array(z.string()),
      /** Of how many people it is done. */
      done: z.number().int(),
      of: z.number().int(),
      state: z.enum(["DONE", "BLOCKED", "COMING", "WAITS", "SIMULATED", "LEFT_OUT"]),
      /** When it was done, else when it is due. */
      at: epochMs.optional(),
      /** Until then the simulator waits for the person at that seat. */
      patienceUntil: epochMs.optional(),
      by: doer.optional(),
    }),
  ),
  /** What the simulator does now. */
  turns: z.array(z.strictObject({ step: z.string(), seat: z.string() })),
  /** What the exercise control has told, newest last. */
  injects: z.array(
    z.strictObject({ id: z.string(), to: z.array(z.string()), text: bilingual, at: epochMs }),
  ),
  targets: z.array(
    z.strictObject({
      id: z.string(),
      title: bilingual,
      targetS: z.number(),
      verdict: z.enum(["MET", "MISSED", "RUNNING", "LATE", "NOT_BEGUN", "NOT_REACHED"]),
      /** Seconds of the scenario. */
      tookS: z.number().optional(),
      fromAt: epochMs.optional(),
      toAt: epochMs.optional(),
      /** Who did what the target asks for; while nobody has, `awaited` names the seats. */
      by: doer.optional(),
      awaited: z.array(z.string()).optional(),
    }),
  ),
});
export type ExerciseStatus = z.infer<typeof exerciseStatus>;
