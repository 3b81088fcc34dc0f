import { seatsOf } from "../shared/domain/authority/seats.ts";
import type { RunningServer } from "./compose.ts";
import { type Config, logModeOf } from "./config.ts";

const MODES = { LIVE: "LIVE", DEMO: "模拟数据 DEMO", EXERCISE: "演练 EXERCISE" } as const;

/** What `npm start` prints: where to go, and as whom. */
export function sayWhereToGo(config: Config, { url, handout }: RunningServer): string {
  const lines = [
    "",
    `执行指挥 Enforcement Command · ${config.deployment} · ${MODES[logModeOf(config)]}`,
    "",
    `  指挥席 console  ${url}/console`,
    `  外勤 field      ${url}/field`,
    `  登录 login      ${url}/login`,
  ];
  if (config.exercise) lines.push(`  讲评 debrief    ${url}/exercise`);
  if (handout) {
    lines.push("", "  大屏 walls (open one, leave it alone):");
    for (const { courtName, token } of handout.walls)
      lines.push(`    ${courtName}  ${url}/wall?kiosk=${token}`);
    lines.push("", `  账号 accounts (password ${handout.accounts[0]?.password ?? ""}):`);
    for (const a of handout.accounts.filter(({ roles }) => seatsOf(roles).length > 0))
      lines.push(`    ${a.login.padEnd(20)} ${a.courtName} ${a.title}`);
  }
  return `${lines.join("\n")}\n`;
}
