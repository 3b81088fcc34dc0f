import { AUTHORITY_REFUSALS } from "../../../shared/domain/authority/can.ts";
import type { Bilingual, Refusal, RefusalText } from "../../../shared/domain/kernel/refusal.ts";
import { OPERATION_REFUSALS } from "../../../shared/domain/operation/refusals.ts";
import { POLICE_REFUSALS } from "../../../shared/domain/police/refusals.ts";
import { REFUSAL_WORDS } from "../../../shared/domain/refusal-words.ts";
import { article } from "../../../shared/domain/rules/articles.ts";
import type { WireRefusal } from "../../../shared/wire/command.ts";

/**
 * Only the codes that a phone can meet before it has asked; the server's own answers bring their
 * sentence along. The full list would load every module of the domain onto a cheap phone.
 */
const TEXTS: Readonly<Record<string, RefusalText>> = {
  ...AUTHORITY_REFUSALS,
  ...OPERATION_REFUSALS,
  ...POLICE_REFUSALS,
};

/** What is refused, by which rule, what would satisfy it. */
export interface RefusalParts {
  readonly what: Bilingual;
  readonly basis: Bilingual | undefined;
  readonly fix: Bilingual | undefined;
}

export function refusalParts(refusal: Refusal | WireRefusal): RefusalParts {
  const basis = refusal.ruleId === undefined ? undefined : basisOf(refusal.ruleId);
  const message = (refusal as WireRefusal).message;
  // The server's sentence names rule and remedy itself.
  if (message) return { what: message, basis: undefined, fix: undefined };
  const text = TEXTS[refusal.code];
  const code = { zh: refusal.code, en: refusal.code };
  if (!text) return { what: code, basis, fix: undefined };
  return { what: filled(text.what, refusal), basis, fix: filled(text.fix, refusal) };
}

/** The article of a legal rule; a rule of this product is named by its number in the spec. */
function basisOf(ruleId: string): Bilingual {
  const known = article(ruleId);
  return known && known.zh !== ruleId ? known : { zh: `规则 ${ruleId}`, en: `rule ${ruleId}` };
}

type Params = Pick<Refusal | WireRefusal, "params">;

const filled = ({ zh, en }: Bilingual, { params }: Params): Bilingual => ({
  zh: fill(zh, params, "zh"),
  en: fill(en, params, "en"),
});

function fill(template: string, params: Params["params"], language: keyof Bilingual): string {
  return template.replace(/\{(\w+)\}/gu, (whole, name: string) => {
    const value = params?.[name];
    return value === undefined ? whole : worded(String(value), language);
  });
}

const worded = (codes: string, language: keyof Bilingual): string =>
  codes
    .split(",")
    .map((code) => REFUSAL_WORDS[code]?.[language] ?? code)
    .join(language === "zh" ? "、" : ", ");
