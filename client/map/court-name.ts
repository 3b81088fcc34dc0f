import type { StoredRecord } from "../store/dto.ts";

/**
 * 武汉市江岸区人民法院 → 江岸法院, 武汉市中级人民法院 → 武汉中院, 湖北省高级人民法院 → 湖北高院.
 * What a room calls a court; other names (铁路, 海事) stay as they are.
 */
export function courtShort(name: string): string {
  const high = /^(.+?)省高级人民法院$/u.exec(name);
  if (high) return `${high[1]}高院`;
  const intermediate = /^(?:.+省)?(.+?)(?:市|土家族苗族自治州)?中级人民法院$/u.exec(name);
  if (intermediate) return `${intermediate[1]}中院`;
  const basic = /^(.+?)人民法院$/u.exec(name);
  return basic ? `${districtOf(basic[1] ?? name)}法院` : name;
}

/** Development zones as people call them. */
const ZONES: readonly (readonly [RegExp, string])[] = [
  [/经济技术开发区$/u, "经开"],
  [/(?:高新技术产业|新技术)开发区$/u, "高新"],
];

/** The last division named, without its kind unless nothing but one character would be left. */
function districtOf(path: string): string {
  for (const [zone, short] of ZONES) if (zone.test(path)) return path.replace(zone, short);
  const last = /^(?:.{2,6}?(?:市|自治州|地区))?(.+)$/u.exec(path)?.[1] ?? path;
  const bare = last.replace(/(?:土家族自治县|自治县|林区|新区|区|县|市)$/u, "");
  return [...bare].length >= 2 ? bare : last;
}

/** Short names by court id; where two courts would be called the same (沙洋), their full names. */
export function courtShortNames(
  courts: ReadonlyMap<string, StoredRecord<"court">>,
): ReadonlyMap<string, string> {
  const named = [...courts.values()].map(({ id, dto }) => {
    const full = dto.name ?? id;
    return { id, full, short: courtShort(full) };
  });
  const uses = new Map<string, number>();
  for (const { short } of named) uses.set(short, (uses.get(short) ?? 0) + 1);
  return new Map(
    named.map(({ id, full, short }) => [id, (uses.get(short) ?? 0) > 1 ? full : short]),
  );
}
