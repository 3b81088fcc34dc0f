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
  I3: {
    zh: "最高人民法院关于人民法院执行工作若干问题的规定（试行）第74条",
    en: "SPC Provisions on Enforcement Work art. 74",
  },
  F1: { zh: "民事诉讼法第118条第1款", en: "CPL art. 118 ¶1" },
  F2: { zh: "民事诉讼法第119条", en: "CPL art. 119" },
  F4: { zh: "民诉法解释第184条", en: "CPL Interpretation art. 184" },
  D16: {
    zh: "配置值（非法定期限）",
    en: "configured value (not a legal limit)",
  },
  I1: { zh: "执行规定第72条", en: "Enforcement Provisions art. 72" },
  I4: { zh: "执行规定第77条", en: "Enforcement Provisions art. 77" },
  // Of operations: what their guards name.
  C1: { zh: "民事诉讼法第239条第2款", en: "CPL art. 239 ¶2" },
  C3: { zh: "执行实务：外出执行不少于2人", en: "practice: at least two on any outing" },
  C4: { zh: "执行规定第5条", en: "Enforcement Provisions art. 5" },
  Q2: { zh: "民事诉讼法第259条第2款", en: "CPL art. 259 ¶2" },
  Q5: { zh: "民诉法解释第496条第2款", en: "CPL Interpretation art. 496 ¶2" },
  Q6: {
    zh: "民事诉讼法第256条、民诉法解释第496条",
    en: "CPL art. 256; CPL Interpretation art. 496",
  },
  Q8: { zh: "民诉法解释第498条", en: "CPL Interpretation art. 498" },
  W9: { zh: "委托执行规定第1条第2款", en: "Delegated Enforcement Provisions art. 1 ¶2" },
  Z7: {
    zh: "民事诉讼法第256条、查扣冻规定第18条",
    en: "CPL art. 256; Sealing and Freezing Provisions art. 18",
  },
  "OPS-20": { zh: "武汉2018第四条", en: "Wuhan 2018 §4" },
  "OPS-21": { zh: "湖北2016第三条", en: "Hubei 2016 §3" },
  "OPS-22": { zh: "民事诉讼法第261条", en: "CPL art. 261" },
  "OPS-35": { zh: "湖北2016第三条", en: "Hubei 2016 §3" },
  "OPS-36": { zh: "民事诉讼法第261条", en: "CPL art. 261" },
};

/** The article of a rule, else the basis of the clock rule of that name, else the id itself. */
export function article(ruleId: string): Bilingual {
  const known = ARTICLES[ruleId] ?? clockRules().find((rule) => rule.id === ruleId)?.basis;
  return known ?? { zh: ruleId, en: ruleId };
}
