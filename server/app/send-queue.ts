type Job = () => Promise<void>;

/** So many patches in a row, and one of those who asked has his turn: whoever waits sees nothing at all. */
const MOST_PATCHES = 20;

/**
 * What is sent to screens, one job after the other. Patches go in the order of their commits and
 * before anybody who has just come: a room that comes back does not hold up a call for help.
 */
export class SendQueue {
  private readonly patches: Job[] = [];
  private readonly answers: Job[] = [];
  /** Patches since the last answer. */
  private inARow = 0;
  private isRunning = false;
  private run: Promise<void> = Promise.resolve();

  /** Jobs that wait or run. */
  get length(): number {
    return this.patches.length + this.answers.length + (this.isRunning ? 1 : 0);
  }

  /** Of everybody who looks on. */
  patch<T>(job: () => Promise<T>): Promise<T> {
    return this.enqueue(this.patches, job);
  }

  /** Of those who asked; runs when no patch waits, or after many of them. */
  answer<T>(job: () => Promise<T>): Promise<T> {
    return this.enqueue(this.answers, job);
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    while (this.isRunning) await this.run;
  }

  private enqueue<T>(list: Job[], job: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      // A failed job must not stop the ones behind it; its caller sees the rejection.
      list.push(() => job().then(resolve, reject));
      if (!this.isRunning) this.run = this.runAll();
    });
  }

  private async runAll(): Promise<void> {
    this.isRunning = true;
    await undefined; // never inside the turn in which a commit becomes the world
    for (let next = this.next(); next; next = this.next()) await next();
    this.isRunning = false;
  }

  private next(): Job | undefined {
    const isTheirTurn = this.inARow >= MOST_PATCHES && this.answers.length > 0;
    const patch = isTheirTurn ? undefined : this.patches.shift();
    this.inARow = patch ? this.inARow + 1 : 0;
    return patch ?? this.answers.shift();
  }
}
