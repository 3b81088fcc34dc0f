/** What a key asks of the console; the same words name it in the help (CON-8). */
export type KeyCommand =
  | "next"
  | "previous"
  | "open"
  | "acknowledge"
  | "dispatch"
  | "sign"
  | "follow"
  | "search"
  | "time"
  | "board"
  | "rollcall"
  | "order"
  | "replay"
  | "nearest"
  | "help"
  | "close";

export const KEYS: readonly (readonly [key: string, command: KeyCommand])[] = [
  ["J", "next"],
  ["K", "previous"],
  ["Enter", "open"],
  ["A", "acknowledge"],
  ["D", "dispatch"],
  ["N", "nearest"],
  ["S", "sign"],
  ["F", "follow"],
  ["/", "search"],
  ["T", "time"],
  ["B", "board"],
  ["R", "rollcall"],
  ["O", "order"],
  ["P", "replay"],
  ["?", "help"],
  ["Esc", "close"],
];

const BY_KEY: ReadonlyMap<string, KeyCommand> = new Map([
  ...KEYS.map(([key, command]) => [key.toLowerCase(), command] as const),
  ["escape", "close"],
  // A Chinese input method turns these keys into full-width signs.
  ["、", "search"],
  ["？", "help"],
]);

/** The part of a keyboard event that decides. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly isComposing: boolean;
  readonly repeat: boolean;
}

/** Where the focus is: text is being typed, something takes Enter itself, or neither. */
export type FocusKind = "typing" | "control" | "free";

/** What a key may ask while the desk looks back: the bars above it, which are live, and the way out. */
const IN_REPLAY: ReadonlySet<KeyCommand> = new Set([
  "acknowledge",
  "nearest",
  "rollcall",
  "search",
  "time",
  "replay",
  "help",
  "close",
]);

export const worksInReplay = (command: KeyCommand): boolean => IN_REPLAY.has(command);

const REPEATABLE: ReadonlySet<KeyCommand> = new Set(["next", "previous"]);

export function keyCommand(press: KeyPress, focus: FocusKind): KeyCommand | undefined {
  if (press.ctrlKey || press.metaKey || press.altKey || press.isComposing) return undefined;
  const command = BY_KEY.get(press.key.toLowerCase());
  if (!command || (press.repeat && !REPEATABLE.has(command))) return undefined;
  if (focus === "typing" && command !== "close") return undefined;
  // Enter on a button presses the button.
  return focus === "control" && command === "open" ? undefined : command;
}

/** The row after (1) or before (-1) the cursor, staying at the ends. */
export function movedCursor(
  keys: readonly string[],
  at: string | null,
  step: 1 | -1,
): string | null {
  const found = at === null ? -1 : keys.indexOf(at);
  if (found === -1) return (step === 1 ? keys[0] : keys.at(-1)) ?? null;
  return keys[Math.min(keys.length - 1, Math.max(0, found + step))] ?? null;
}
