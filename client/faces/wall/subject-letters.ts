/**
 * 被执行人A, B, …: a wall never shows more of a person (authority.md 5.3). A letter stays with its
 * person as long as this page lives, and is not given to another one meanwhile.
 */
export interface SubjectLetters {
  letterOf(detentionId: string): string;
}

export function createSubjectLetters(): SubjectLetters {
  const letters = new Map<string, string>();
  return {
    letterOf(id) {
      const known = letters.get(id);
      if (known) return known;
      const letter = nthLetter(letters.size);
      letters.set(id, letter);
      return letter;
    },
  };
}

/** A … Z, AA, AB, … */
export function nthLetter(n: number): string {
  const last = String.fromCharCode(65 + (n % 26));
  return n < 26 ? last : nthLetter(Math.floor(n / 26) - 1) + last;
}
