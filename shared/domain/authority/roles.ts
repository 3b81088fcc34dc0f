/** Roles within a court (domain/authority.md 5.1). A person may hold several. */
export const ROLES = [
  "JUDGE", // 承办法官: proposes, leads cases
  "EXECUTOR", // 执行员
  "JUDICIAL_POLICE", // 司法警察
  "DUTY_OFFICER", // 值班员
  "CENTER_CHIEF", // 指挥中心主任
  "DIRECTOR", // 执行局长
  "PRESIDENT", // 院长
  "REVIEW_JUDGE", // 复议法官: no command over the case
  "TECH", // 技术员: commands nothing
  "INSPECTOR", // 督察: reads logs
  "SYSTEM_ADMIN", // 三员: see no case content
  "SECURITY_ADMIN",
  "AUDIT_ADMIN",
  "LIAISON_USER", // 联动单位联络员: answers the requests addressed to the unit, nothing else
] as const;

export type Role = (typeof ROLES)[number];

/** Those who stand in the field. */
export const FIELD_ROLES: readonly Role[] = ["JUDGE", "EXECUTOR", "JUDICIAL_POLICE"];
/** Those who issue orders, pause and abort. */
export const COMMAND_ROLES: readonly Role[] = ["CENTER_CHIEF", "DIRECTOR", "PRESIDENT"];
/** Those who sit in a command centre. */
export const CENTER_ROLES: readonly Role[] = ["DUTY_OFFICER", ...COMMAND_ROLES];
