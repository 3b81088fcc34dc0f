/** How far a part of the work is, for whoever waits for it. */
export interface Progress {
  readonly what: string;
  /** Commits, rows, documents or pages. */
  readonly done: number;
  readonly total: number;
}

export type OnProgress = (progress: Progress) => void;

/** A terminal is told ten times a second; a file gets the end of each part, and long ones' way. */
const EVERY_MS = 100;
const LINE_EVERY_MS = 5_000;

/** Prints to standard error, so that standard output holds the result alone. */
export function showProgress(to: NodeJS.WriteStream): OnProgress {
  return to.isTTY ? onTerminal(to) : inLines(to);
}

const sentence = ({ what, done, total }: Progress): string =>
  `${what}: ${done} of ${total} (${percent(done, total)} %)`;

const percent = (done: number, total: number): number =>
  total === 0 ? 100 : Math.floor((100 * done) / total);

function onTerminal(to: NodeJS.WriteStream): OnProgress {
  let shownAt = 0;
  return (progress) => {
    const isEnd = progress.done >= progress.total;
    if (!isEnd && performance.now() - shownAt < EVERY_MS) return;
    shownAt = performance.now();
    to.write(`\r\u001b[K${sentence(progress)}${isEnd ? "\n" : ""}`);
  };
}

function inLines(to: NodeJS.WriteStream): OnProgress {
  let shownAt = performance.now();
  let shown = "";
  return (progress) => {
    const isEnd = progress.done >= progress.total;
    const line = sentence(progress);
    if (line === shown || (!isEnd && performance.now() - shownAt < LINE_EVERY_MS)) return;
    shownAt = performance.now();
    shown = line;
    to.write(`${line}\n`);
  };
}
