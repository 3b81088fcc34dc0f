import { createInstance, type i18n } from "i18next";
import { initReactI18next } from "react-i18next";
import type { Language } from "../store/ui.ts";

/** Texts of one namespace; keys are nested words, values sentences with `{{name}}`. */
export interface Texts {
  readonly [key: string]: string | Texts;
}

/** One namespace in both languages; a face brings its own when it is loaded. */
export type BothTexts = Readonly<Record<Language, Texts>>;

/** Chinese is what everything is written in first; English is never asked for a missing key. */
export function createI18n(
  language: Language,
  namespaces: Readonly<Record<string, BothTexts>>,
): i18n {
  const resources = { zh: {}, en: {} } as Record<Language, Record<string, Texts>>;
  for (const [ns, texts] of Object.entries(namespaces)) {
    resources.zh[ns] = texts.zh;
    resources.en[ns] = texts.en;
  }
  const instance = createInstance();
  instance.use(initReactI18next);
  instance
    .init({
      lng: language,
      fallbackLng: "zh",
      defaultNS: "common",
      ns: Object.keys(namespaces),
      resources,
      initAsync: false,
      interpolation: { escapeValue: false },
    })
    .catch(() => {
      // Resources are in memory: there is nothing that could fail to load.
    });
  return instance;
}

export function addTexts(instance: i18n, ns: string, texts: BothTexts): void {
  instance.addResourceBundle("zh", ns, texts.zh, true, true);
  instance.addResourceBundle("en", ns, texts.en, true, true);
}

/** The document's language decides glyphs (Han unification) and hyphenation. */
export const htmlLang = (language: Language): string => (language === "zh" ? "zh-CN" : "en");
