import type { CommandAnswer } from "../../shared/wire/command.ts";
import { type Someone, someone } from "../support/browser/people.ts";
import type { Room } from "../support/browser/room.ts";

/** The province that a face's pages look at, and the people who make it as it is. */
export interface Stage {
  readonly room: Room;
  /** Ids that one page's state noted for a later step or page. */
  readonly ids: Map<string, string>;
  /** @throws Error when nobody noted it. */
  id(name: string): string;
  who(login: string): Promise<Someone>;
  /** @throws Error with the answer unless the command was accepted. */
  did(
    login: string,
    kind: string,
    id: string,
    payload?: Record<string, unknown>,
  ): Promise<CommandAnswer>;
}

export function openStage(room: Room): Stage {
  const ids = new Map<string, string>();
  const people = new Map<string, Promise<Someone>>();
  const who = (login: string): Promise<Someone> => {
    const known = people.get(login) ?? someone(room.url, login);
    people.set(login, known);
    return known;
  };
  return {
    room,
    ids,
    id(name) {
      const id = ids.get(name);
      if (id === undefined) throw new Error(`nobody noted ${name}`);
      return id;
    },
    who,
    async did(login, kind, id, payload) {
      const answer = await (await who(login)).command(kind, id, payload);
      if (answer.outcome !== "ACCEPTED")
        throw new Error(`${login} ${kind} ${id}: ${JSON.stringify(answer)}`);
      return answer;
    },
  };
}
