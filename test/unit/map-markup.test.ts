import { expect, test } from "vitest";
import { burstMark, courtMark, flagMark, shieldMark } from "../../client/map/marks.ts";

const HOSTILE = [
  '<img src=x onerror="alert(1)">',
  "</span><script>alert(1)</script>",
  `" onmouseover="alert(1)`,
  "' onfocus='alert(1)",
  "&lt;b&gt;",
];

test.each(HOSTILE)("MAP-7 a name on the map is text and never markup: %s", (name) => {
  const plain = [burstMark(false), courtMark("BASIC", true, false, ""), flagMark("", "active")];
  const named = [
    burstMark(false, name),
    courtMark("BASIC", true, false, name),
    flagMark(name, "active"),
  ];
  const tags = (markup: string): number => markup.split("<").length;
  expect(named.map(tags)).toEqual(plain.map(tags));
  for (const markup of [...named, shieldMark(1, "open", name)]) expect(markup).not.toContain(name);
});
