/** By kind before the name alone; the console's own words before those of its slices. */
export const fieldWords = (what: "label" | "hint", kind: string, name: string): string[] =>
  [`${kind}.${name}`, name].flatMap((key) => [
    `form.${what}.${key}`,
    `operation:form.${what}.${key}`,
    `liaison:form.${what}.${key}`,
    ...(what === "label" ? [`duty:form.${key}`, `oversight:label.${key}`] : []),
  ]);
