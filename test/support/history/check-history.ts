import type { HistoryLine, LoggedCommand } from "./history.ts";

/** What a history and the log that is left may contradict each other in. */
type Rule =
  /** Acknowledged, and nowhere in the log. */
  | "LOST"
  /** One id in two places of the log. */
  | "TWICE"
  /** The log holds it elsewhere than the answer said. */
  | "ELSEWHERE"
  /** One id, two answers that differ. */
  | "ANSWERED_DIFFERENTLY"
  /** Every answer was a refusal, none is open, and it took effect. */
  | "REFUSED_BUT_TAKEN"
  /** Accepted, and refused when it came again. */
  | "REFUSED_AFTER_OK"
  /** Accepted although id and content, or id and actor, did not belong together. */
  | "ID_REUSED"
  /** Under an actor who never sent it. */
  | "WRONG_ACTOR"
  /** Sent after another's acknowledgement, and stored before it. */
  | "OUT_OF_ORDER"
  /** The recording itself is broken, and proves nothing. */
  | "BAD_HISTORY";

export interface Violation {
  readonly rule: Rule;
  readonly commandId: string;
  readonly message: string;
}

export interface HistoryCounts {
  readonly commands: number;
  readonly calls: number;
  readonly acknowledged: number;
  /** Commands that were sent more than once. */
  readonly duplicated: number;
  /** Commands that were sent by both roads. */
  readonly bothRoads: number;
  /** Commands in the log of which at least one call ended without an answer. */
  readonly takenUnanswered: number;
}

interface Call {
  readonly invoke: HistoryLine;
  readonly answer: HistoryLine;
}

type Find = (rule: Rule, commandId: string, message: string) => void;

/**
 * Holds a whole history against the log that was left at its end. Pure: no clock, no file.
 * @param held ids that the emergency journal holds at the end: enough for the answer JOURNALLED.
 */
export function checkHistory(
  history: readonly HistoryLine[],
  log: readonly LoggedCommand[],
  held: ReadonlySet<string> = new Set(),
): { readonly violations: readonly Violation[]; readonly counts: HistoryCounts } {
  const violations: Violation[] = [];
  const find: Find = (rule, commandId, message) => violations.push({ rule, commandId, message });
  const calls = pairedCalls(history, find);
  const stored = Map.groupBy(log, ({ id }) => id);
  checkTwice(stored, find);
  const byCommand = Map.groupBy(calls, ({ invoke }) => invoke.commandId);
  for (const [id, list] of byCommand) {
    const place = stored.get(id)?.[0];
    checkKept(id, list, place !== undefined, held.has(id), find);
    checkCommand(id, list, place, find);
    checkJoined(id, list, { stored, held }, find);
  }
  checkOrder(history, stored, find);
  return { violations, counts: countsOf(byCommand, stored) };
}

/** Each invocation with its one answer. */
function pairedCalls(history: readonly HistoryLine[], find: Find): readonly Call[] {
  const open = new Map<number, HistoryLine>();
  const used = new Set<number>();
  const calls: Call[] = [];
  let lastT = Number.NEGATIVE_INFINITY;
  for (const line of history) {
    if (line.t < lastT) find("BAD_HISTORY", line.commandId, `time runs back at call ${line.call}`);
    lastT = line.t;
    if (line.op === "invoke") {
      if (used.has(line.call)) find("BAD_HISTORY", line.commandId, `call ${line.call} twice`);
      used.add(line.call);
      open.set(line.call, line);
      continue;
    }
    const invoke = open.get(line.call);
    open.delete(line.call);
    if (invoke?.commandId === line.commandId) calls.push({ invoke, answer: line });
    else find("BAD_HISTORY", line.commandId, `an answer to no open call ${line.call}`);
  }
  for (const { commandId, call } of open.values())
    find("BAD_HISTORY", commandId, `call ${call} has no end; it must be "unknown"`);
  return calls;
}

function checkTwice(stored: ReadonlyMap<string, readonly LoggedCommand[]>, find: Find): void {
  for (const [id, places] of stored) {
    if (places.length > 1)
      find("TWICE", id, `stands in commits ${places.map(({ seq }) => seq).join(", ")}`);
  }
}

function checkKept(
  id: string,
  calls: readonly Call[],
  isStored: boolean,
  isHeld: boolean,
  find: Find,
): void {
  if (isStored) return;
  const said = (op: HistoryLine["op"]) => calls.filter(({ answer }) => answer.op === op).length;
  if (said("ok") > 0 || (said("journalled") > 0 && !isHeld))
    find(
      "LOST",
      id,
      `acknowledged ${said("ok")} times, journalled ${said("journalled")}, not kept`,
    );
}

interface Kept {
  readonly stored: ReadonlyMap<string, readonly LoggedCommand[]>;
  readonly held: ReadonlySet<string>;
}

/** It stands for another: that one must be there, where the answer said. */
function checkJoined(id: string, calls: readonly Call[], { stored, held }: Kept, find: Find): void {
  for (const { answer } of calls.filter(({ answer: { op } }) => op === "joined")) {
    const { joinedTo = "", seq } = answer;
    const [other] = stored.get(joinedTo) ?? [];
    const isKept = other !== undefined || (seq === undefined && held.has(joinedTo));
    if (!isKept) find("LOST", id, `joined to ${joinedTo}, which is not kept`);
    else if (other && seq !== undefined && placeOf(answer) !== realPlaceOf(other))
      find("ELSEWHERE", id, `joined to ${placeOf(answer)}`);
  }
}

function checkCommand(
  id: string,
  calls: readonly Call[],
  stored: LoggedCommand | undefined,
  find: Find,
): void {
  const acknowledged = calls.filter(({ answer }) => answer.op === "ok");
  checkAnswers(id, acknowledged, stored, find);
  checkRefusals(id, calls, stored, find);
  checkIdentity(id, calls, acknowledged, stored, find);
}

const placeOf = ({ seq, hash8, commitAt }: HistoryLine): string => `${seq}:${hash8}@${commitAt}`;
const realPlaceOf = ({ seq, hash8, at }: LoggedCommand): string => `${seq}:${hash8}@${at}`;

function checkAnswers(
  id: string,
  acknowledged: readonly Call[],
  stored: LoggedCommand | undefined,
  find: Find,
): void {
  const said = new Set(acknowledged.map(({ answer }) => placeOf(answer)));
  if (said.size > 1) find("ANSWERED_DIFFERENTLY", id, [...said].join(" and "));
  if (!stored) return;
  const real = realPlaceOf(stored);
  for (const place of said)
    if (place !== real) find("ELSEWHERE", id, `said ${place}, stored ${real}`);
}

function checkRefusals(
  id: string,
  calls: readonly Call[],
  stored: LoggedCommand | undefined,
  find: Find,
): void {
  if (stored && calls.every(({ answer }) => answer.op === "refused"))
    find("REFUSED_BUT_TAKEN", id, `stored in ${stored.seq}`);
  const first = calls.find(({ answer }) => answer.op === "ok");
  if (!first) return;
  const again = calls.find(
    ({ invoke, answer }) =>
      answer.op === "refused" &&
      answer.atTheDoor !== true &&
      invoke.t > first.answer.t &&
      sameAs(invoke, first.invoke),
  );
  if (again) find("REFUSED_AFTER_OK", id, `${again.answer.code} in call ${again.invoke.call}`);
}

const sameAs = (a: HistoryLine, b: HistoryLine): boolean =>
  a.content === b.content && a.actor === b.actor;

function checkIdentity(
  id: string,
  calls: readonly Call[],
  acknowledged: readonly Call[],
  stored: LoggedCommand | undefined,
  find: Find,
): void {
  const [first, ...others] = acknowledged;
  if (first && others.some(({ invoke }) => !sameAs(invoke, first.invoke)))
    find("ID_REUSED", id, "accepted with different content or from different actors");
  if (stored && !calls.some(({ invoke }) => invoke.actor === stored.actor))
    find("WRONG_ACTOR", id, `stored as ${stored.actor}, who did not send it`);
}

/** What was first sent after an acknowledgement of commit `n` cannot be stored up to `n`. */
function checkOrder(
  history: readonly HistoryLine[],
  stored: ReadonlyMap<string, readonly LoggedCommand[]>,
  find: Find,
): void {
  const sent = new Set<string>();
  let acknowledgedSeq = -1;
  for (const { op, commandId, seq } of history) {
    if (op === "ok") acknowledgedSeq = Math.max(acknowledgedSeq, seq ?? -1);
    if (op !== "invoke" || sent.has(commandId)) continue;
    sent.add(commandId);
    const at = stored.get(commandId)?.[0]?.seq;
    if (at !== undefined && at <= acknowledgedSeq)
      find("OUT_OF_ORDER", commandId, `in ${at}, sent after ${acknowledgedSeq} was acknowledged`);
  }
}

function countsOf(
  byCommand: ReadonlyMap<string, readonly Call[]>,
  stored: ReadonlyMap<string, unknown>,
): HistoryCounts {
  const all = [...byCommand];
  const count = (of: (calls: readonly Call[], id: string) => boolean): number =>
    all.filter(([id, calls]) => of(calls, id)).length;
  return {
    commands: all.length,
    calls: all.reduce((n, [, calls]) => n + calls.length, 0),
    acknowledged: count((calls) =>
      calls.some(({ answer }) => answer.op === "ok" || answer.op === "joined"),
    ),
    duplicated: count((calls) => calls.length > 1),
    bothRoads: count((calls) => new Set(calls.map(({ invoke }) => invoke.road)).size > 1),
    takenUnanswered: count(
      (calls, id) => stored.has(id) && calls.some(({ answer }) => answer.op === "unknown"),
    ),
  };
}
