import type { CommandEnvelope } from "../../shared/wire/command.ts";
import { backOffMs } from "../link/back-off.ts";
import { withAge } from "../link/envelope.ts";
import type { Delivery } from "../link/roads.ts";
import type { Platform } from "../store/platform.ts";
import type { Sleeper } from "./sleeper.ts";
import type { Slots } from "./slots.ts";
import type { Step } from "./story.ts";
import type { Tally } from "./tally.ts";
import type { Voice } from "./voice.ts";

/** A step that has happened: what was so then, fixed. */
export interface Made {
  readonly step: Step;
  readonly envelope: CommandEnvelope;
  readonly monoMs: number;
}

export type Fate = "ACCEPTED" | "REFUSED" | "STOPPED";

export interface HandInPorts {
  readonly platform: Platform;
  /** Nobody plays this person: undefined. */
  readonly voiceOf: (officerId: string) => Voice | undefined;
  /** Commands in flight. */
  readonly slots: Slots;
  readonly tally: Tally;
  readonly accepted: (step: Step) => void;
}

/** Refusals that pass when people have done their part; the same command is tried again. */
const PASSING: ReadonlySet<string> = new Set([
  "PAUSE_ORDERED",
  "OPERATION_NOT_READY",
  "INCIDENT_OPEN",
  "DETAINEE_IN_HANDS",
]);
const TRY_AGAIN_AFTER_MS = 20_000;
const MOST_TRIES_AFTER_REFUSAL = 60;
/** Of the answers 4xx only these are about the moment; after any other, trying again would not help. */
const OF_THE_MOMENT: ReadonlySet<number> = new Set([408, 425, 429]);
const isFinal = (status: number): boolean =>
  status >= 400 && status < 500 && !OF_THE_MOMENT.has(status);

/** Sends until the fate is known; a command without an answer keeps its id. */
export async function handIn(made: Made, ports: HandInPorts, sleeper: Sleeper): Promise<Fate> {
  const { step } = made;
  const { tally } = ports;
  const voice = ports.voiceOf(step.by);
  tally.command(step.kind, "sent");
  let code = voice ? await codeOf(made, voice, ports, sleeper) : "NOBODY_PLAYS";
  if (isRefusal(code)) tally.refusal(step.kind, code);
  for (let tries = 1; voice && PASSING.has(code) && tries < MOST_TRIES_AFTER_REFUSAL; tries++) {
    await sleeper.sleep(TRY_AGAIN_AFTER_MS);
    code = await codeOf(made, voice, ports, sleeper);
  }
  if (code === STOPPED) return "STOPPED";
  tally.command(step.kind, code === ACCEPTED ? "accepted" : "refused");
  if (code !== ACCEPTED) return "REFUSED";
  ports.accepted(step);
  return "ACCEPTED";
}

const ACCEPTED = "";
const STOPPED = "STOPPED";
const isRefusal = (code: string): boolean => code !== ACCEPTED && code !== STOPPED;

/** Until there is an answer: ACCEPTED, the code of the refusal, or STOPPED. */
async function codeOf(
  made: Made,
  voice: Voice,
  { platform, slots, tally }: HandInPorts,
  sleeper: Sleeper,
): Promise<string> {
  for (let tries = 1; ; tries++) {
    await Promise.race([voice.whenCovered(), sleeper.stopped]);
    if (sleeper.isStopped()) return STOPPED;
    const release = await slots.take();
    const delivery = await deliver(made, voice, platform.monoMs()).finally(release);
    const code = codeIn(delivery);
    if (code !== undefined) return code;
    tally.count("repeated");
    await sleeper.sleep(backOffMs(tries, platform.random()));
  }
}

/** Nothing when it may be tried again. */
function codeIn(delivery: Delivery): string | undefined {
  if (delivery.kind === "answer") {
    const { outcome, refusal } = delivery.answer;
    return outcome === "REFUSED" ? (refusal?.code ?? "UNKNOWN") : ACCEPTED;
  }
  const { status, code } = delivery.failure;
  return delivery.kind === "unreadable" || isFinal(status) ? code : undefined;
}

/** The identity first, then the command that carries its label. */
async function deliver(
  { step, envelope, monoMs }: Made,
  voice: Voice,
  nowMono: number,
): Promise<Delivery> {
  if (step.subject) {
    const put = await voice.api.putSubject(step.subject.ref.id, step.subject.identity);
    if (!put.ok) return { kind: "none", failure: put.failure };
  }
  return voice.deliver(withAge(envelope, monoMs, nowMono));
}
