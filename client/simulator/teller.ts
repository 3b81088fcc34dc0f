import type { CommandEnvelope } from "../../shared/wire/command.ts";
import { type HandInPorts, handIn, type Made } from "./hand-in.ts";
import { commandId } from "./incident-story.ts";
import { createSleeper } from "./sleeper.ts";
import type { Step } from "./story.ts";

/** Hands the steps of each story in, one after the other, until each has its answer. */
export interface Teller {
  /** It happens now: what the command says is fixed here, whenever it can be sent. */
  add(storyId: string, n: number, step: Step): void;
  /** Stories with steps that have no answer yet. */
  waiting(): number;
  stop(): void;
}

export function createTeller(ports: HandInPorts): Teller {
  const { platform, tally, voiceOf } = ports;
  const sleeper = createSleeper(platform);
  const queues = new Map<string, Made[]>();
  /** Stories whose record was refused. */
  const groundless = new Set<string>();

  const tell = async (storyId: string, made: Made): Promise<void> => {
    if (groundless.has(storyId)) return tally.count("leftOut");
    const fate = await handIn(made, ports, sleeper);
    if (fate === "REFUSED" && made.step.opens) groundless.add(storyId);
  };
  const run = async (storyId: string, queue: Made[]): Promise<void> => {
    for (let made = queue[0]; made && !sleeper.isStopped(); made = queue[0]) {
      await tell(storyId, made);
      queue.shift();
    }
    queues.delete(storyId);
  };

  return {
    add(storyId, n, step) {
      const known = voiceOf(step.by)?.known() ?? { seq: 0, at: 0 };
      const envelope = envelopeOf(commandId(storyId, n), step, known, platform.wallMs());
      const made: Made = { step, envelope, monoMs: platform.monoMs() };
      const queue = queues.get(storyId);
      if (queue) {
        queue.push(made);
        return;
      }
      const begun = [made];
      queues.set(storyId, begun);
      // Never rejects: every road answers.
      void run(storyId, begun);
    },
    waiting: () => queues.size,
    stop: () => sleeper.stop(),
  };
}

const envelopeOf = (
  id: string,
  { kind, ref, payload }: Step,
  known: { readonly seq: number; readonly at: number },
  wallMs: number,
): CommandEnvelope => ({
  id,
  kind,
  ref,
  payload: { ...payload },
  knownSeq: known.seq,
  knownAt: Math.round(known.at),
  deviceAt: Math.round(wallMs),
});
