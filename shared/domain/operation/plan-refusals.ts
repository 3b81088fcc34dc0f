import type { RefusalText } from "../kernel/refusal.ts";

/** Refusals of planned operations: from the draft to the safe return. */
export const PLAN_REFUSALS: Readonly<Record<string, RefusalText>> = {
  NOT_PLANNED: {
    what: {
      zh: "该行动未经系统报批，无此环节",
      en: "This operation was opened on paper and has no such step",
    },
    fix: {
      zh: "请按出发、到场、实施、结束办理",
      en: "Go on with departure, arrival, start and close",
    },
  },
  PRESIDENT_APPROVES: {
    what: {
      zh: "重大、搜查、腾退、拘留行动须由院长批准",
      en: "Major, search, eviction and detention operations are approved by the president",
    },
    fix: { zh: "请报院长批准", en: "Ask the president" },
  },
  CHIEF_GOES_OUT: {
    what: { zh: "总指挥不得同时为现场人员", en: "The chief commander is among those who go out" },
    fix: {
      zh: "请另行指定在指挥中心的总指挥",
      en: "Name a chief commander who stays in the centre",
    },
  },
  CHIEF_NOT_OF_CENTRE: {
    what: { zh: "总指挥须为指挥中心人员", en: "The chief commander holds no post in the centre" },
    fix: {
      zh: "请指定值班员、中心主任、局长或院长",
      en: "Name a duty officer, centre chief, director or president",
    },
  },
  COMMAND_TAKEN: {
    what: { zh: "总指挥已由{court}接任", en: "{court} has taken the chief command" },
    fix: {
      zh: "须由其交还，或由其上级法院接任",
      en: "It hands it back, or a court above it takes it",
    },
  },
  NO_COMMAND_TO_RETURN: {
    what: { zh: "总指挥由本院担任", en: "No court above holds the chief command" },
    fix: { zh: "无需交还", en: "Nothing to hand back" },
  },
  NO_JUDGE_OR_EXECUTOR: {
    what: { zh: "执行团队没有法官或执行员", en: "The team has no judge or executor" },
    fix: { zh: "请加入法官或执行员", en: "Add a judge or executor" },
  },
  REVIEWER_COMMANDS: {
    what: { zh: "执行裁判人员不得指挥执行实施", en: "A review judge may not command an operation" },
    fix: { zh: "请另行指定指挥员", en: "Name another commander" },
  },
  NO_SEARCH_ORDER: {
    what: { zh: "没有院长签发的搜查令", en: "There is no search order signed by the president" },
    fix: { zh: "请填写搜查令编号", en: "Enter the number of the search order" },
  },
  NO_EVICTION_NOTICE: {
    what: {
      zh: "没有院长签发的强制迁出公告或其期限",
      en: "There is no eviction notice signed by the president, or no deadline in it",
    },
    fix: { zh: "请填写公告编号和履行期限", en: "Enter the notice's number and its deadline" },
  },
  EVICTION_DEADLINE_RUNS: {
    what: {
      zh: "公告指定的迁出期限尚未届满",
      en: "The deadline of the eviction notice has not passed",
    },
    fix: { zh: "请待期限届满后出发", en: "Leave after the deadline" },
  },
  NO_DETENTION_DECISION: {
    what: { zh: "没有拘留决定书", en: "There is no written detention decision" },
    fix: { zh: "请填写拘留决定书编号", en: "Enter the number of the decision" },
  },
  NO_WOMAN_IN_TEAM: {
    what: {
      zh: "搜查对象为女性，团队中没有女执行人员",
      en: "A woman is to be searched and no woman is in the team",
    },
    fix: { zh: "请加入女执行人员", en: "Add a woman officer" },
  },
  NO_HIGH_COURT_APPROVAL: {
    what: {
      zh: "出省执行未经本省高级人民法院批准",
      en: "Going outside the province is not approved by the own High Court",
    },
    fix: { zh: "请填写高级人民法院批准文号", en: "Enter the number of its approval" },
  },
  NOT_DISCUSSED: {
    what: {
      zh: "重大事项未经{least}名以上执行员讨论",
      en: "A major matter was not discussed by at least {least} executors",
    },
    fix: { zh: "请补充讨论记录", en: "Add the record of the discussion" },
  },
  NO_DEPUTY_PERMISSION: {
    what: {
      zh: "对象为人大代表，未经人大主席团或常委会许可",
      en: "The subject is a deputy, and the congress has not given permission",
    },
    fix: { zh: "请先取得许可并填写文号", en: "Obtain the permission first and enter its number" },
  },
  PLACE_COURT_NEEDED: {
    what: {
      zh: "未指明行动地点属哪个法院辖区",
      en: "It is not said in which court's district the place lies",
    },
    fix: {
      zh: "请选择属地法院，或注明为省外",
      en: "Name the court of the place, or say that it is outside the province",
    },
  },
  PLACE_COURT_ABOVE: {
    what: {
      zh: "属地法院不得为本院的上级法院",
      en: "The court of the place is a court above the own one",
    },
    fix: { zh: "请选择实际属地的法院", en: "Name the court in whose own district it lies" },
  },
  NOT_CHECKED_IN: {
    what: { zh: "尚有{count}人未集结签到", en: "{count} officer(s) have not checked in" },
    fix: {
      zh: "请逐人签到，或由现场指挥注明事由准假",
      en: "Check everybody in, or let the scene commander excuse them",
    },
  },
  MUSTER_CHECK_FAILED: {
    what: {
      zh: "{count}人的证件、着装、记录仪或终端检查未通过",
      en: "Certificate, uniform, recorder or device is not in order for {count} officer(s)",
    },
    fix: { zh: "请补齐后重新检查", en: "Put it right and check again" },
  },
  SCENE_COMMANDER_EXCUSED: {
    what: { zh: "现场指挥未出勤", en: "The scene commander does not go" },
    fix: {
      zh: "请终止后另行指定现场指挥报批",
      en: "Abort and report again with another scene commander",
    },
  },
  CHIEF_ORDERS: {
    what: {
      zh: "该行动须由总指挥在指挥中心下令",
      en: "This operation is ordered by the chief commander in the centre",
    },
    fix: { zh: "请由总指挥下令", en: "Let the chief commander give the order" },
  },
  CREDENTIALS_NOT_SHOWN: {
    what: {
      zh: "{count}人尚未着装并出示执行公务证",
      en: "{count} officer(s) have not shown the certificate in uniform",
    },
    fix: { zh: "请出示并登记", en: "Show it and record it" },
  },
  NO_ATTENDEE_RECORDED: {
    what: {
      zh: "未登记到场人员或拒绝到场情况",
      en: "No attendee is recorded, nor a refusal to attend",
    },
    fix: {
      zh: "请登记见证人等到场人员，或其拒绝到场",
      en: "Record who attends, or who refused to",
    },
  },
  RECORD_NOT_SIGNED: {
    what: { zh: "执行笔录尚未签名", en: "The record is not signed" },
    fix: {
      zh: "请签名并登记；拒签的一并注明",
      en: "Have it signed and record that; note refusals",
    },
  },
  LIST_NOT_HANDED: {
    what: {
      zh: "查扣笔录未签名或清单未交付",
      en: "The seizure record is not signed or its list not handed over",
    },
    fix: { zh: "请签名并交付清单", en: "Sign the record and hand over the list" },
  },
  GOODS_NOT_DELIVERED: {
    what: {
      zh: "搬出财物尚未运至指定处所交付",
      en: "The moved goods are not delivered to the named place",
    },
    fix: { zh: "请登记交付，或注明无财物", en: "Record the delivery, or that there were none" },
  },
  EVIDENCE_NOT_ATTESTED: {
    what: {
      zh: "尚未签认执行过程记录是否完整",
      en: "Nobody has attested that the record of evidence is whole",
    },
    fix: {
      zh: "请由现场指挥签认，缺失的说明原因",
      en: "Let the scene commander attest it, with the reason for any gap",
    },
  },
  GAP_NEEDS_REASON: {
    what: { zh: "记录不完整须说明原因", en: "A gap in the evidence needs its reason" },
    fix: { zh: "请填写原因", en: "Give the reason" },
  },
  NOT_ALL_SAFE: {
    what: { zh: "尚有{count}人未平安归队", en: "{count} officer(s) are not back safely" },
    fix: { zh: "请确认全部人员归队", en: "See that everybody is back" },
  },
  WITHDRAWAL_NEEDED: {
    what: {
      zh: "队伍已外出，终止须告知撤离路线",
      en: "The team is out: breaking off needs a withdrawal message",
    },
    fix: { zh: "请填写撤离路线", en: "Say how they withdraw" },
  },
  NOT_OF_THE_TEAM: {
    what: { zh: "该人员不在本次出动队伍中", en: "That officer does not go out in this operation" },
    fix: { zh: "请核对人员", en: "Check the officer" },
  },
  NOT_YOUR_OWN_CHECK: {
    what: {
      zh: "只能登记本人；他人由现场指挥登记",
      en: "You report for yourself; the scene commander for others",
    },
    fix: { zh: "请由本人或现场指挥登记", en: "Let him or the scene commander report it" },
  },
  EXCUSE_NEEDS_REASON: {
    what: { zh: "准假须注明事由", en: "An absence needs its reason" },
    fix: { zh: "请填写事由", en: "Give the reason" },
  },
  COMMANDER_EXCUSES: {
    what: { zh: "准假由现场指挥决定", en: "The scene commander decides who is excused" },
    fix: { zh: "请报现场指挥", en: "Ask the scene commander" },
  },
  ATTENDEE_INCOMPLETE: {
    what: {
      zh: "见证人、家属须以人员编号登记，其他人员须填写单位职务",
      en: "Witnesses and family are recorded by reference, all others by their office",
    },
    fix: { zh: "请按身份补充", en: "Add what belongs to the role" },
  },
  NO_SUCH_ATTENDEE: {
    what: { zh: "没有登记此在场人员", en: "That attendee is not on record" },
    fix: { zh: "请先登记到场", en: "Record the attendance first" },
  },
};
