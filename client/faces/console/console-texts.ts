import { boards as boardsEn } from "../../i18n/en/boards.ts";
import { console as consoleEn } from "../../i18n/en/console.ts";
import { duty as dutyEn } from "../../i18n/en/duty.ts";
import { liaison as liaisonEn } from "../../i18n/en/liaison.ts";
import { orders as ordersEn } from "../../i18n/en/orders.ts";
import { oversight as oversightEn } from "../../i18n/en/oversight.ts";
import { replay as replayEn } from "../../i18n/en/replay.ts";
import type { BothTexts } from "../../i18n/i18n.ts";
import { boards as boardsZh } from "../../i18n/zh/boards.ts";
import { console as consoleZh } from "../../i18n/zh/console.ts";
import { duty as dutyZh } from "../../i18n/zh/duty.ts";
import { liaison as liaisonZh } from "../../i18n/zh/liaison.ts";
import { orders as ordersZh } from "../../i18n/zh/orders.ts";
import { oversight as oversightZh } from "../../i18n/zh/oversight.ts";
import { replay as replayZh } from "../../i18n/zh/replay.ts";

/** The console's words by namespace; a slice of it brings its own. */
export const CONSOLE_TEXTS: Readonly<Record<string, BothTexts>> = {
  console: { zh: consoleZh, en: consoleEn },
  oversight: { zh: oversightZh, en: oversightEn },
  boards: { zh: boardsZh, en: boardsEn },
  duty: { zh: dutyZh, en: dutyEn },
  orders: { zh: ordersZh, en: ordersEn },
  replay: { zh: replayZh, en: replayEn },
  liaison: { zh: liaisonZh, en: liaisonEn },
};
