/** Shown whole or not at all, so not looked into. */
const WHOLE = new Set([
  "place",
  "seat",
  "clocks",
  "conflicts",
  "milestones",
  "casualties",
  "times",
  "breaches",
  "subject",
  "next",
]);

export const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null;
export const isTextRef = (value: object) => "hash" in value;

/** Paths of all fields, `[]` for the elements of a list. */
export function fieldPaths(value: object, path = ""): string[] {
  return Object.entries(value).flatMap(([key, field]: [string, unknown]) => {
    const here = path === "" ? key : `${path}.${key}`;
    if (WHOLE.has(key) || !isObject(field) || isTextRef(field)) return [here];
    if (!Array.isArray(field)) return fieldPaths(field, here);
    const objects = field.filter(isObject);
    return objects.length === 0 ? [here] : objects.flatMap((each) => fieldPaths(each, `${here}[]`));
  });
}
