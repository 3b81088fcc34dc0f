/** What the register of pictures (`npm run screens`) says of a page; one file a face in `pages/`. */
import type { Page } from "playwright-core";
import type { Language } from "../../client/store/ui.ts";
import type { Place } from "../support/browser/browser.ts";
import type { Stage } from "./stage.ts";

export const SIZES = {
  "3840": { width: 3840, height: 2160 },
  "1366": { width: 1366, height: 768 },
  "390": { width: 390, height: 844 },
} as const;

export type SizeName = keyof typeof SIZES;

export const SIZE_NAMES = Object.keys(SIZES).sort((a, b) => Number(b) - Number(a)) as SizeName[];
export const LANGUAGES: readonly Language[] = ["zh", "en"];

/** A person's account, the wall of a court by its name, or a browser that nobody signed in on. */
export type SeatOfPage = { readonly login: string } | { readonly wall: string } | "nobody";

export interface ScreenPage {
  /** Name of its pictures, the face first: `console-desk`. */
  readonly name: string;
  /** What one sees, in one line of the index. */
  readonly shows: string;
  readonly seat: SeatOfPage;
  /** Path, query and hash; of a wall what follows its own address. May need what `state` noted. */
  readonly route: string | ((stage: Stage) => string);
  /** Makes what is to be seen by real commands, once, before the page is opened. */
  readonly state?: (stage: Stage) => Promise<void>;
  /** A selector that is visible when the page has loaded. */
  readonly readyWhen: string;
  /** What is pressed on the loaded page; by selectors, since it is done in both languages. */
  readonly press?: (page: Page, stage: Stage) => Promise<void>;
  /** What a person does on a glass of another size, e.g. fits the map. */
  readonly sized?: (page: Page) => Promise<void>;
  /** Undoes, so that the next page of the face does not show it too. */
  readonly after?: (stage: Stage) => Promise<void>;
  /** All three when nothing is said. */
  readonly sizes?: readonly SizeName[];
  readonly place?: Place;
}

/** A face has a server and a province of its own; its pages are taken in their order. */
export interface FacePages {
  readonly face: string;
  /** Settings of the server; a quiet demonstration when nothing is said. */
  readonly env?: Readonly<Record<string, string>>;
  /** Of the accounts; the demonstration's when nothing is said. */
  readonly password?: string;
  readonly pages: readonly ScreenPage[];
}

export const pictureOf = (name: string, size: SizeName, language: Language): string =>
  `${name}-${size}-${language}.webp`;
