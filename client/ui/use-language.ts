import type { Bilingual } from "../../shared/domain/kernel/refusal.ts";
import type { Language } from "../store/ui.ts";
import { useUi } from "../store/use-session.ts";

export const useLanguage = (): Language => useUi((s) => s.language);

/** Sentences that the domain brings in both languages. */
export function useBilingual(): (text: Bilingual) => string {
  const language = useLanguage();
  return (text) => text[language];
}
