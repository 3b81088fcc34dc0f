import { AUTHORITY_REFUSALS } from "./authority/can.ts";
import { DECIDE_REFUSALS } from "./decide.ts";
import type { Bilingual, Refusal, RefusalText } from "./kernel/refusal.ts";
import { ENTITY_TYPES, moduleOf } from "./modules.ts";
import { REFUSAL_WORDS } from "./refusal-words.ts";
import { article } from "./rules/articles.ts";

/** The closed list of refusal codes with their texts, of all modules. */
export const REFUSALS: Readonly<Record<string, RefusalText>> = Object.assign(
  {},
  DECIDE_REFUSALS,
  AUTHORITY_REFUSALS,
  ...ENTITY_TYPES.map((type) => moduleOf(type).refusals),
);

type Language = keyof Bilingual;

/** What is refused, by which rule, and what would satisfy it: ready to show. */
export function refusalText(refusal: Refusal): Bilingual {
  const text = REFUSALS[refusal.code];
  if (!text) {
    return {
      zh: `不能办理：${refusal.code}。请联系技术人员`,
      en: `Not possible: ${refusal.code}. Ask your technician`,
    };
  }
  const basis = basisOf(refusal.ruleId);
  const part = (which: Bilingual, language: Language) => filled(which[language], refusal, language);
  return {
    zh: `不能办理：${part(text.what, "zh")}${basis ? `（${basis.zh}）` : ""}。${part(text.fix, "zh")}`,
    en: `Not possible: ${part(text.what, "en")}${basis ? ` (${basis.en})` : ""}. ${part(text.fix, "en")}`,
  };
}

/** The article of a legal rule; a rule of this product is named by its number in the spec. */
function basisOf(ruleId: string | undefined): Bilingual | undefined {
  if (ruleId === undefined) return undefined;
  const found = article(ruleId);
  return found.zh === ruleId ? { zh: `规则${ruleId}`, en: `rule ${ruleId}` } : found;
}

/** Params whose values are codes, possibly several with commas between. */
const CODED: ReadonlySet<string> = new Set(["roles", "relation", "state", "needed"]);

const filled = (template: string, { params }: Refusal, language: Language): string =>
  template.replace(/\{(\w+)\}/gu, (whole, name: string) => {
    const value = params?.[name];
    if (value === undefined) return whole;
    return CODED.has(name) ? worded(String(value), language) : String(value);
  });

const worded = (codes: string, language: Language): string =>
  codes
    .split(",")
    .map((code) => REFUSAL_WORDS[code]?.[language] ?? code)
    .join(language === "zh" ? "、" : ", ");
