/**
 * Where in a projected record something forbidden stands: paths of all fields whose key or string
 * value `isForbidden` says so. Masks are tested by scanning everything that leaves, not by listing
 * what should.
 */
export function deepScan(
  value: unknown,
  isForbidden: (key: string, value: unknown) => boolean,
  path = "",
): string[] {
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, field]) => {
    const here = path === "" ? key : `${path}.${key}`;
    return [...(isForbidden(key, field) ? [here] : []), ...deepScan(field, isForbidden, here)];
  });
}

/** Nothing in `value` has one of these keys or holds one of these texts. */
export function leaks(
  value: unknown,
  forbidden: { readonly keys?: readonly string[]; readonly texts?: readonly string[] },
): string[] {
  const keys = new Set(forbidden.keys);
  const texts = forbidden.texts ?? [];
  return deepScan(
    value,
    (key, field) =>
      keys.has(key) || (typeof field === "string" && texts.some((text) => field.includes(text))),
  );
}
