/** JSON with sorted keys and without undefined: the same value always gives the same bytes. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === "object" && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}

/** `__proto__` as a key is invisible to own-key checks once assigned, so it is refused outright. */
export function hasForbiddenKey(value: unknown, depth = 0): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (depth > 12) return true;
  return Object.entries(value).some(
    ([key, child]) => key === "__proto__" || hasForbiddenKey(child, depth + 1),
  );
}
