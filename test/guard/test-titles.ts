/** Titles of the tests in a file, read from its text: no test is loaded for it. */
export function titlesIn(source: string): string[] {
  const titles: string[] = [];
  for (const { 0: word, index } of source.matchAll(/(?<![\w.$])(?:test|it)(?=[.(])/g)) {
    const title = titleAfter(source, index + word.length);
    if (title !== undefined) titles.push(title);
  }
  return titles;
}

/** Past `.each`, `.skipIf` and their arguments to the first argument that is a text. */
function titleAfter(source: string, start: number): string | undefined {
  let at = start;
  for (;;) {
    const member = /^\s*\.\w+/.exec(source.slice(at, at + 40));
    if (member) {
      at += member[0].length;
      continue;
    }
    const open = /^\s*\(/.exec(source.slice(at, at + 40));
    if (!open) return undefined;
    at += open[0].length;
    const title = /^\s*(["'`])((?:\\.|(?!\1)[\s\S])*)\1/.exec(source.slice(at));
    if (title) return title[2];
    at = closingOf(source, at);
  }
}

/** Position behind the parenthesis that closes the one opened before `start`. */
function closingOf(source: string, start: number): number {
  let depth = 1;
  let at = start;
  while (depth > 0 && at < source.length) {
    const text = /^(["'`])(?:\\.|(?!\1)[\s\S])*\1/.exec(source.slice(at));
    if (text) {
      at += text[0].length;
      continue;
    }
    if (source[at] === "(") depth++;
    if (source[at] === ")") depth--;
    at++;
  }
  return at;
}
