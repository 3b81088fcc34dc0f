/** The closed list of what a request may be told when it is not served. */
interface Problem {
  readonly status: number;
  readonly zh: string;
  readonly en: string;
}

const problems = <Code extends string>(list: Readonly<Record<Code, Problem>>) => list;

export const PROBLEMS = problems({
  BODY_INVALID: { status: 400, zh: "请求内容不符合格式", en: "The request's content is malformed" },
  BODY_NOT_JSON: { status: 400, zh: "请求内容不是有效的JSON", en: "The body is not valid JSON" },
  BODY_TOO_LARGE: { status: 413, zh: "请求内容超过64KB", en: "The body is larger than 64 KiB" },
  BODY_TYPE: {
    status: 415,
    zh: "请求内容须为未压缩的UTF-8 JSON（application/json）",
    en: "The body must be plain UTF-8 JSON (application/json)",
  },
  QUERY_INVALID: { status: 400, zh: "地址参数不符合格式", en: "The address is malformed" },
  NOT_FOUND: {
    status: 404,
    zh: "没有此地址，或您看不到该记录",
    en: "No such address, or a record that you may not see",
  },
  METHOD_NOT_ALLOWED: { status: 405, zh: "该地址不支持此方法", en: "Not by this method" },
  NOT_SIGNED_IN: { status: 401, zh: "请先登录", en: "Sign in first" },
  SESSION_EXPIRED: { status: 401, zh: "登录已到期，请重新登录", en: "Signed out by time; sign in" },
  SESSION_REVOKED: {
    status: 401,
    zh: "此次登录已被管理员终止",
    en: "This session was ended by an administrator",
  },
  ACCOUNT_DISABLED: {
    status: 403,
    zh: "账号已停用，请联系管理员",
    en: "The account is disabled; ask an administrator",
  },
  SEAT_ENDED: {
    status: 409,
    zh: "观摩席已结束",
    en: "The observer's seat has ended",
  },
  DEVICE_REVOKED: {
    status: 401,
    zh: "该终端已注销，请联系管理员",
    en: "The device is revoked; ask an administrator",
  },
  WRONG_PASSWORD: { status: 401, zh: "账号或密码不正确", en: "Wrong name or password" },
  TOO_MANY_SIGN_INS: {
    status: 429,
    zh: "登录失败次数过多，请稍后再试或联系管理员",
    en: "Too many failed attempts; wait, or ask an administrator",
  },
  TOO_FAR: {
    status: 409,
    zh: "该时刻已超出可回放的范围（最近24小时）",
    en: "That instant is further back than can be replayed (the last 24 hours)",
  },
  TOO_NEAR: {
    status: 409,
    zh: "该时刻太近，尚不能回放",
    en: "That instant is too near to be replayed yet",
  },
  TOO_MANY: { status: 429, zh: "请求过于频繁，请稍后再试", en: "Too many requests; wait" },
  ORIGIN_REFUSED: {
    status: 403,
    zh: "请求来自未登记的网页来源（见服务器设置ORIGINS）",
    en: "The page's origin is not on the list (server setting ORIGINS)",
  },
  ROLE_REFUSED: { status: 403, zh: "您的职务无此权限", en: "Your role has no such right" },
  PERSON_NEEDED: { status: 403, zh: "大屏终端不能操作", en: "A wall screen may not act" },
  SUBJECT_DIFFERENT: {
    status: 409,
    zh: "该编号已登记其他内容",
    en: "Other content is known under this id",
  },
  FIELD_EMPTY: { status: 404, zh: "未登记该信息", en: "Nothing is recorded here" },
  OTHER_OFFICER: {
    status: 409,
    zh: "此手机现由他人登录，该操作仍待本人登录后提交",
    en: "Somebody else is signed in here; this waits for the officer who made it",
  },
  OTHER_MODE: {
    status: 409,
    zh: "该操作属于另一类系统（实战、演示或演练），不能在此提交",
    en: "This was made in another kind of system (real, demonstration or exercise); not handed in here",
  },
  SOS_KEY_UNKNOWN: {
    status: 403,
    zh: "求助密钥未登记",
    en: "This key for calls for help is not enrolled",
  },
  SOS_FORGED: { status: 403, zh: "求助签名不符", en: "The signature does not fit" },
  CODE_UNKNOWN: {
    status: 403,
    zh: "登记码不正确、已使用或已过期",
    en: "The code is wrong, used or too old",
  },
  DEVICE_REFUSED: { status: 409, zh: "该终端不能绑定", en: "The device cannot be enrolled" },
  STORE_UNAVAILABLE: {
    status: 503,
    zh: "存储暂不可用，未能确认入库：请重试（不会重复），急事用电话",
    en: "The store does not answer, nothing is confirmed: try again, it counts once; by telephone if urgent",
  },
  CLIENT_NOT_BUILT: {
    status: 503,
    zh: "页面尚未构建，请运行 npm run build",
    en: "The pages are not built; run npm run build",
  },
  INTERNAL: { status: 500, zh: "服务器出错，已记录", en: "The server failed; it was recorded" },
});

export type ProblemCode = keyof typeof PROBLEMS;
