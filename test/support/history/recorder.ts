import { createHash } from "node:crypto";
import { closeSync, openSync, writeSync } from "node:fs";
import type { CommandEnvelope } from "../../../shared/wire/command.ts";
import type { HistoryLine, Road } from "./history.ts";

/** Writes down what clients do and hear, as it happens. */
export interface Recorder {
  readonly file: string;
  /** Call it just before the bytes leave; the result takes whatever came back, or undefined. */
  invoke(client: string, road: Road, command: CommandEnvelope, actor: string): EndCall;
  /** Writes what is still in memory, so that the file can be read. */
  flush(): void;
  close(): void;
}

export type EndCall = (answer: unknown) => void;

/** Answers by which nothing was decided and nothing stored. */
const DOOR = new Set(["TOO_MANY", "READ_ONLY", "NOT_SIGNED_IN", "SESSION_EXPIRED", "FORBIDDEN"]);
const LINES_IN_MEMORY = 500;

export function createRecorder(file: string): Recorder {
  const descriptor = openSync(file, "a");
  let waiting: string[] = [];
  let calls = 0;

  const flush = (): void => {
    if (waiting.length > 0) writeSync(descriptor, waiting.join(""));
    waiting = [];
  };
  const note = (line: Omit<HistoryLine, "t" | "at">): void => {
    waiting.push(`${JSON.stringify({ t: performance.now(), at: Date.now(), ...line })}\n`);
    if (waiting.length >= LINES_IN_MEMORY) flush();
  };

  return {
    file,
    invoke: (client, road, command, actor) => {
      const call = { client, road, call: calls++, commandId: command.id };
      note({ ...call, op: "invoke", content: contentOf(command), actor });
      return (answer) => note({ ...call, ...heard(answer) });
    },
    flush,
    close: () => {
      flush();
      closeSync(descriptor);
    },
  };
}

/** What a retry must not change. */
export function contentOf({
  kind,
  ref,
  payload,
  rev,
  deviceAt,
  statedAt,
}: CommandEnvelope): string {
  const fixed = JSON.stringify([kind, ref, payload, rev, deviceAt, statedAt]);
  return createHash("sha256").update(fixed).digest("hex").slice(0, 16);
}

type Heard = Pick<
  HistoryLine,
  "op" | "seq" | "hash8" | "commitAt" | "joinedTo" | "code" | "atTheDoor"
>;

/** An answer of either road. What is not understood leaves it open. */
export function heard(answer: unknown): Heard {
  const said = (typeof answer === "object" && answer !== null ? answer : {}) as {
    readonly [key: string]: unknown;
  };
  const place = { seq: Number(said.seq), hash8: String(said.hash8) };
  switch (said.outcome) {
    case "ACCEPTED": {
      const kept = { ...place, commitAt: Number(said.at) };
      if (said.joined === undefined) return { op: "ok", ...kept };
      return { op: "joined", ...kept, joinedTo: String(said.joined) };
    }
    case "JOURNALLED":
      if (said.joined !== undefined) return { op: "joined", joinedTo: String(said.joined) };
      return { op: "journalled" };
    case "REFUSED":
      return { op: "refused", ...place, code: codeOf(said.refusal) };
  }
  const code = String(said.error ?? said.code ?? "NO_ANSWER");
  return DOOR.has(code) ? { op: "refused", code, atTheDoor: true } : { op: "unknown", code };
}

const codeOf = (refusal: unknown): string =>
  typeof refusal === "object" && refusal !== null && "code" in refusal ? String(refusal.code) : "";
