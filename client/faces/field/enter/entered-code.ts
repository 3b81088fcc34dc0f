/** A code read out over the telephone: spaces and dashes do not count, nor does full width. */
export const enteredCode = (text: string): string => text.normalize("NFKC").replace(/[\s·-]/gu, "");
