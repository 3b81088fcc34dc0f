import type { Bilingual } from "../kernel/refusal.ts";
import type { UnitKind } from "./kinds.ts";
import type { ContentField, LiaisonService, LiaisonSpec } from "./service.ts";

const HUBEI_5: Bilingual = {
  zh: "湖北省人大常委会决定（2016）第五条",
  en: "Hubei decision (2016) art. 5",
};
const SICHUAN_2: Bilingual = {
  zh: "四川省人大常委会决定第二部分",
  en: "Sichuan decision, part 2",
};
const WUHAN_8: Bilingual = {
  zh: "武汉市人大常委会决议（2018）第八条",
  en: "Wuhan resolution (2018) art. 8",
};
const WUHAN_12: Bilingual = {
  zh: "武汉市人大常委会决议（2018）第十二条、湖北省人大常委会决定（2016）第十条",
  en: "Wuhan resolution (2018) art. 12; Hubei decision (2016) art. 10",
};

/** What a service is called, the papers it takes besides the notice, and its term. CFG. */
interface Kind {
  readonly name: Bilingual;
  readonly needs: readonly ContentField[];
  readonly workingDays: number;
}

/** Every push carries a legal document (Wuhan 2018 十): the notice, with the ruling where a right is touched. */
const NOTICE: readonly ContentField[] = ["caseNo", "noticeNo"];
const RULING: readonly ContentField[] = [...NOTICE, "rulingNo"];

const KINDS: Readonly<Record<LiaisonService, Kind>> = {
  QUERY: { name: { zh: "查询", en: "query" }, needs: [...NOTICE, "subject"], workingDays: 3 },
  SEAL: { name: { zh: "查封", en: "seal" }, needs: [...RULING, "subject"], workingDays: 1 },
  SEIZE: { name: { zh: "扣押", en: "seize" }, needs: [...RULING, "subject"], workingDays: 1 },
  FREEZE: { name: { zh: "冻结", en: "freeze" }, needs: [...RULING, "subject"], workingDays: 1 },
  TRANSFER: {
    name: { zh: "划拨、过户", en: "transfer" },
    needs: [...RULING, "subject"],
    workingDays: 3,
  },
  RELEASE: { name: { zh: "解除", en: "release" }, needs: [...RULING, "subject"], workingDays: 1 },
  VALUATION: {
    name: { zh: "计税价格询价", en: "valuation by tax price" },
    needs: NOTICE,
    workingDays: 5,
  },
  TAX_CHECK: {
    name: { zh: "涉税核查", en: "tax check" },
    needs: [...NOTICE, "subject"],
    workingDays: 5,
  },
  PUBLICATION: {
    name: { zh: "公示", en: "publication" },
    needs: [...RULING, "subject"],
    workingDays: 3,
  },
  LABOR: {
    name: { zh: "用工与社保协助", en: "employment and social insurance" },
    needs: [...NOTICE, "subject"],
    workingDays: 3,
  },
  CREDIT: {
    name: { zh: "信用信息共享与惩戒", en: "credit platform" },
    needs: [...NOTICE, "subject", "decisionNo"],
    workingDays: 3,
  },
  LIST_CHECK: {
    name: { zh: "失信名单比对", en: "check against the dishonest-debtor list" },
    needs: [...NOTICE, "subject", "decisionNo"],
    workingDays: 5,
  },
  BIDDING_BAN: {
    name: { zh: "限制招投标", en: "exclusion from bidding" },
    needs: [...NOTICE, "subject", "decisionNo"],
    workingDays: 3,
  },
  EXIT_RECORDS: {
    name: { zh: "出入境记录查询", en: "exit and entry records" },
    needs: [...NOTICE, "subject"],
    workingDays: 3,
  },
};

/** Signed for, taken in hand, answered in writing. */
const ANSWERS = ["RECEIVED", "PROCESSING", "REPLIED"] as const;

const OFFERS: readonly (readonly [UnitKind, Bilingual, readonly LiaisonService[]])[] = [
  ["BANK", HUBEI_5, ["QUERY", "FREEZE", "TRANSFER", "RELEASE"]],
  ["INSURER", HUBEI_5, ["QUERY", "FREEZE", "TRANSFER", "RELEASE"]],
  ["SECURITIES", HUBEI_5, ["QUERY", "FREEZE", "TRANSFER", "RELEASE"]],
  ["FINANCIAL_REGULATOR", WUHAN_8, ["QUERY", "LIST_CHECK"]],
  ["NATURAL_RESOURCES", SICHUAN_2, ["QUERY", "SEAL", "RELEASE"]],
  ["REAL_ESTATE_REGISTRY", HUBEI_5, ["QUERY", "SEAL", "TRANSFER", "RELEASE"]],
  ["HOUSING", WUHAN_8, ["QUERY", "SEAL", "RELEASE"]],
  ["CONSTRUCTION", WUHAN_8, ["QUERY", "LIST_CHECK"]],
  ["TAX", SICHUAN_2, ["QUERY", "VALUATION", "TAX_CHECK"]],
  ["MARKET", SICHUAN_2, ["QUERY", "FREEZE", "RELEASE", "PUBLICATION"]],
  ["LABOUR", WUHAN_8, ["QUERY", "LABOR"]],
  ["EXIT_ENTRY", WUHAN_8, ["EXIT_RECORDS"]],
  ["BIDDING", WUHAN_8, ["BIDDING_BAN", "LIST_CHECK"]],
  ["STATE_ASSETS", WUHAN_12, ["QUERY", "LIST_CHECK"]],
  ["REFORM", SICHUAN_2, ["CREDIT", "LIST_CHECK"]],
  ["SUPERVISION", WUHAN_12, ["LIST_CHECK"]],
  ["PROCURATORATE", WUHAN_12, ["LIST_CHECK"]],
  ["POLICE", SICHUAN_2, ["QUERY", "LIST_CHECK"]],
];

/** Unit × service, as data (requirements rows 31, 34–36): the one list of what can be asked of whom. */
export const LIAISON_CATALOGUE: readonly LiaisonSpec[] = OFFERS.flatMap(([unit, basis, services]) =>
  services.map((service) => {
    const { name, needs, workingDays } = KINDS[service];
    const shows = [...needs, "detail" as const];
    return { unit, service, name, needs, shows, basis, workingDays, answers: ANSWERS };
  }),
);
