import type { Judgement } from "./judge.ts";

/** What leaves the house: states and reasons, nothing about a case or a person. */
export interface Notice {
  readonly deployment: string;
  readonly state: Judgement["state"];
  readonly reasons: readonly string[];
  /** The sentinel's own wall clock, ISO 8601. */
  readonly at: string;
}

const LONGEST_PAUSE_MS = 30_000;
const ANSWER_WITHIN_MS = 5_000;

/** Posts in order, each until it was taken; while one cannot be delivered the later ones wait. */
export class Webhook {
  private readonly waiting: Notice[] = [];
  private busy = false;
  private readonly url: string;
  private readonly say: (line: string) => void;

  constructor(url: string, say: (line: string) => void) {
    this.url = url;
    this.say = say;
  }

  send(notice: Notice): void {
    this.waiting.push(notice);
    if (!this.busy) void this.drain();
  }

  private async drain(): Promise<void> {
    this.busy = true;
    let pauseMs = 1_000;
    for (let next = this.waiting[0]; next; next = this.waiting[0]) {
      if (await this.post(next)) {
        this.waiting.shift();
        pauseMs = 1_000;
        continue;
      }
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2);
    }
    this.busy = false;
  }

  private async post(notice: Notice): Promise<boolean> {
    try {
      const answer = await fetch(this.url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(notice),
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
        redirect: "error",
      });
      if (answer.ok) return true;
      this.say(`the webhook answered ${answer.status}; it is tried again`);
    } catch {
      // The address may hold a secret: it is not repeated here.
      this.say("the webhook cannot be reached; it is tried again");
    }
    return false;
  }
}
