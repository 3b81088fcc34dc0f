export const boards = {
  menu: "工作台",
  toMap: "回到地图",
  count: "{{n}} 项",
  countAct: "{{n}} 项 · 超时 {{act}}",
  overdueBy: "已超 {{time}}",
  dueAt: "{{time}} 到期",
  name: {
    orders: "指令收发",
    delegation: "事项委托",
    supervision: "督办",
    interference: "过问记录",
    observers: "观摩与查看",
  },
  orders: {
    iOwe: "本院应办",
    iOweEmpty: "没有未办结的上级指令。上级法院下达的指令会列在这里。",
    owedToMe: "下级未办结",
    owedEmpty: "本院下达的指令均已办结，或尚未下达指令。按 / 输入“指令”即可下达。",
    returns: "退回 {{n}} 次",
    suspended: "复议期间暂停计时",
  },
};
