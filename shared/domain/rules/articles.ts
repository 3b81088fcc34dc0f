import type { Bilingual } from "../kernel/refusal.ts";
import { clockRules } from "./clock-rules.ts";

/**
 * The article behind a rule id, as said in refusals and beside clocks. Numbers of the Civil
 * Procedure Law (CPL) are those of the 2023 revision, of its Interpretation those of 法释〔2022〕11号.
 */
const ARTICLES: Readonly<Record<string, Bilingual>> = {
  S1: {
    zh: "民诉法解释第482条第1款",
    en: "CPL Interpretation art. 482 ¶1",
  },
  S2: {
    zh: "民诉法解释第482条第1款",
    en: "CPL Interpretation art. 482 ¶1",
  },
  S3: {
    zh: "民事诉讼法第119条、民诉法解释第175条",
    en: "CPL art. 119; CPL Interpretation art. 175",
  },
  S4: {
    zh: "民诉法解释第482条第2款",
    en: "CPL Interpretation art. 482 ¶2",
  },
  S5: {
    zh: "民诉法解释第482条第2款",
    en: "CPL Interpretation art. 482 ¶2",
  },
  S6: {
    zh: "民诉法解释第482条第3款",
    en: "CPL Interpretation art. 482 ¶3",
  },
  S7: {
    zh: "参照刑诉法解释第149条（12小时为配置值）",
    en: "by analogy, Criminal Procedure Interpretation art. 149 (12 h is configured)",
  },
  S8: { zh: "代表法第39条", en: "Deputies Law art. 39" },
  D1: { zh: "民事诉讼法第118条第2款", en: "CPL art. 118 ¶2" },
  D2: {
    zh: "民事诉讼法第119条、民诉法解释第178、181条",
    en: "CPL art. 119; CPL Interpretation arts. 178, 181",
  },
  D3: { zh: "民事诉讼法第119条第3款", en: "CPL art. 119 ¶3" },
  D4: {
    zh: "民事诉讼法第118条第3款、民诉法解释第178条、拘留所条例第9条",
    en: "CPL art. 118 ¶3; CPL Interpretation art. 178; Detention House Regulations art. 9",
  },
  D5: { zh: "民诉法解释第180条", en: "CPL Interpretation art. 180" },
  D6: {
    zh: "拘留所条例第30、32条",
    en: "Detention House Regulations arts. 30, 32",
  },
  D7: {
    zh: "民事诉讼法第118条第3款、民诉法解释第182条",
    en: "CPL art. 118 ¶3; CPL Interpretation art. 182",
  },
  D8: { zh: "民诉法解释第184条", en: "CPL Interpretation art. 184" },
  D9: {
    zh: "民事诉讼法第119条第3款、民诉法解释第185条",
    en: "CPL art. 119 ¶3; CPL Interpretation art. 185",
  },
  D10: {
    zh: "民诉法解释第179条、拘留所条例第9条",
    en: "CPL Interpretation art. 179; Detention House Regulations art. 9",
  },
  D11: { zh: "代表法第39条", en: "Deputies Law art. 39" },
  D12: {
    zh: "拘留所条例实施办法第18条",
    en: "Detention House Implementing Measures art. 18",
  },
  D13: { zh: "拘留所条例第12条", en: "Detention House Regulations art. 12" },
  D14: { zh: "拘留所条例第27条", en: "Detention House Regulations art. 27" },
  D15: {
    zh: "拘留所条例第19条（4小时为配置值）",
    en: "Detention House Regulations art. 19 (4 h is configured)",
  },
  F1: { zh: "民事诉讼法第118条第1款", en: "CPL art. 118 ¶1" },
  F2: { zh: "民事诉讼法第119条", en: "CPL art. 119" },
  D16: {
    zh: "配置值（非法定期限）",
    en: "configured value (not a legal limit)",
  },
};

/** The article of a rule, else the basis of the clock rule of that name, else the id itself. */
export function article(ruleId: string): Bilingual {
  const known = ARTICLES[ruleId] ?? clockRules().find((rule) => rule.id === ruleId)?.basis;
  return known ?? { zh: ruleId, en: ruleId };
}
