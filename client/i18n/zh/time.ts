/** The dialogue about a step of the machine's clock; part of the console's words. */
export const time = {
  title: "机器时钟跳变",
  look: "查看",
  none: "机器时钟与服务器时间一致，没有待确认的跳变。",
  server: "服务器时间",
  machine: "机器时间（{{node}}）",
  ahead: "机器快",
  behind: "机器慢",
  heldAt: "{{at}} 发现，此后服务器时间不受机器时钟影响。",
  acceptForward: "服务器时间立即前移 {{by}}，不可撤回。",
  acceptBack:
    "服务器时间不倒退，放慢千分之五，{{takes}} 后消化 {{by}}；期间时限仍按实际经过的时间到期。",
  dueLiberty: "立即到期的限制人身自由时限：{{n}} 个",
  dueOther: "立即到期的其他时限：{{n}} 个",
  refuseWhat:
    "服务器按自身时间继续走，时限不变；各席位持续提示，直到机器时钟自行恢复一致。之后仍可改为采用。",
  sure: "确认采用，不可撤回",
  later: "暂不决定",
  notHere: "由高级法院值班员或执行局长决定。",
  decisions: "以往决定",
  noDecisions: "以前没有作过决定。",
  accepted: "{{at}} {{by}} 采用（{{difference}}）",
  refused: "{{at}} {{by}} 不采用（{{difference}}）",
};
