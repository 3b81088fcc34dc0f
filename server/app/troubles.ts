import type { Trouble } from "../../shared/wire/live.ts";

/**
 * What is wrong with this server although it answers. Each part that can be in trouble adds its own
 * question; every heartbeat carries the answers, so that every face says so.
 */
export class Troubles {
  private readonly questions: (readonly [Trouble, () => boolean])[] = [];

  add(trouble: Trouble, isNow: () => boolean): void {
    this.questions.push([trouble, isNow]);
  }

  now(): readonly Trouble[] {
    return this.questions.filter(([, isNow]) => isNow()).map(([trouble]) => trouble);
  }
}
