import type { i18n } from "i18next";
import type { Seat } from "../shared/domain/authority/audience.ts";
import { action as actionEn } from "./i18n/en/action.ts";
import { common as commonEn } from "./i18n/en/common.ts";
import { domain as domainEn } from "./i18n/en/domain.ts";
import { exercise as exerciseEn } from "./i18n/en/exercise.ts";
import { link as linkEn } from "./i18n/en/link.ts";
import { createI18n, htmlLang } from "./i18n/i18n.ts";
import { action } from "./i18n/zh/action.ts";
import { common } from "./i18n/zh/common.ts";
import { domain } from "./i18n/zh/domain.ts";
import { exercise } from "./i18n/zh/exercise.ts";
import { link } from "./i18n/zh/link.ts";
import { type Api, createApi } from "./link/api.ts";
import { createHttp } from "./link/http.ts";
import { type Link, startLink } from "./link/start-link.ts";
import { watchSentinel } from "./link/watch-sentinel.ts";
import type { SeatTokens } from "./seat-tokens.ts";
import { browserPlatform, type Platform } from "./store/platform.ts";
import { createStores, type Stores } from "./store/stores.ts";
import { createSoundDesk, type SoundDesk } from "./ui/sound-desk.ts";
import { browserSpeaker } from "./ui/sounds.ts";
import { createTicker, type Ticker } from "./ui/ticker.ts";

/** Everything one page is made of; all state hangs from here. */
export interface Page {
  readonly platform: Platform;
  readonly stores: Stores;
  readonly api: Api;
  readonly texts: i18n;
  readonly ticker: Ticker;
  readonly tokens: SeatTokens;
  readonly sounds: SoundDesk;
}

/** `seat` undefined: the sign-in page. */
export function composePage(tokens: SeatTokens, seat: Seat | undefined): Page {
  const platform = browserPlatform();
  const stores = createStores(platform, localStorage);
  const api = createApi(
    createHttp(fetch.bind(globalThis), () => bearerOf(tokens, seat)),
    seat,
  );
  const texts = createI18n(stores.ui.getState().language, {
    common: { zh: common, en: commonEn },
    link: { zh: link, en: linkEn },
    domain: { zh: domain, en: domainEn },
    action: { zh: action, en: actionEn },
    exercise: { zh: exercise, en: exerciseEn },
  });
  dressDocument(stores, texts);
  const ticker = createTicker(platform, () => stores.clock.serverNow());
  const speaker = browserSpeaker();
  for (const gesture of ["pointerdown", "keydown"] as const)
    addEventListener(gesture, () => speaker.unblock(), { once: true });
  const sounds = createSoundDesk(platform, speaker, () => stores.ui.getState().muted);
  return { platform, stores, api, texts, ticker, tokens, sounds };
}

/** Console and sign-in speak for a person (cookie); a phone and a wall may speak for themselves. */
function bearerOf({ kiosk, device }: SeatTokens, seat: Seat | undefined): string | undefined {
  if (seat === "field") return device;
  return seat === "wall" ? kiosk : undefined;
}

export function linkPage(page: Page, seat: Seat): Link {
  const { stores, platform, api, tokens } = page;
  const auth = () => ({
    seat,
    ...(seat === "wall" && tokens.kiosk ? { kiosk: tokens.kiosk } : {}),
    ...(seat === "field" && tokens.device ? { device: tokens.device } : {}),
  });
  const link = startLink({ stores, platform, api, seat, auth });
  if (seat !== "field") watchSentinel({ platform, stores, fetch: fetch.bind(globalThis) });
  addEventListener("online", () => link.soon());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") link.soon();
  });
  return link;
}

/** Language and theme of the document follow the seat's; so does the glass's freshness. */
function dressDocument(stores: Stores, texts: i18n): void {
  const root = document.documentElement;
  const dress = () => {
    const { language, theme } = stores.ui.getState();
    root.lang = htmlLang(language);
    root.dataset.theme = theme;
    if (texts.language !== language) void texts.changeLanguage(language);
  };
  dress();
  stores.ui.subscribe(dress);
  stores.connection.subscribe(({ freshness }) => {
    root.dataset.freshness = freshness;
  });
}
