/**
 * Names of the demo province. They belong to nobody: the middle character is always 示 (as in 示例,
 * "example"), so that no list of them can hold a real person's name by intention.
 */
const SURNAMES = [
  ..."王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤",
];
const GIVEN = [..."甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"];

/** The n-th demo name; distinct for the first few thousand n. */
export function demoName(n: number): string {
  const surname = SURNAMES[(n * 7) % SURNAMES.length] ?? "王";
  const given = GIVEN[Math.floor((n * 7) / SURNAMES.length) % GIVEN.length] ?? "甲";
  return `${surname}示${given}`;
}
