/**
 * Kinds of linked units 联动单位: the fourteen of Wuhan 2018 八, 国有资产管理 of Hubei 2016 四, 发展改革
 * of Sichuan 二, the banks and insurers of Hubei 2016 五, and the detention houses.
 */
export const UNIT_KINDS = [
  "POLICE",
  "DETENTION_HOUSE",
  "SUPERVISION",
  "PROCURATORATE",
  "NATURAL_RESOURCES",
  "CONSTRUCTION",
  "HOUSING",
  "TAX",
  "MARKET",
  "LABOUR",
  "FINANCIAL_REGULATOR",
  "SECURITIES",
  "REAL_ESTATE_REGISTRY",
  "EXIT_ENTRY",
  "BIDDING",
  "STATE_ASSETS",
  "REFORM",
  "BANK",
  "INSURER",
] as const;

export type UnitKind = (typeof UNIT_KINDS)[number];

/** Those that help with people and cars, whose requests are `police` records. */
const FORCES: readonly UnitKind[] = ["POLICE", "DETENTION_HOUSE"];

export const isForce = (kind: UnitKind): boolean => FORCES.includes(kind);
