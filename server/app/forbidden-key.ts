/** `__proto__` as a key is invisible to own-key checks once assigned, so it is refused outright. */
export function hasForbiddenKey(value: unknown, depth = 0): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (depth > 12) return true;
  return Object.entries(value).some(
    ([key, child]) => key === "__proto__" || hasForbiddenKey(child, depth + 1),
  );
}
