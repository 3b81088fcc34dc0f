import type { ReactNode } from "react";
import { I18nextProvider } from "react-i18next";
import type { Page } from "./compose.ts";
import { StoresProvider } from "./store/stores-context.tsx";
import { ExerciseFrame } from "./ui/ExerciseFrame.tsx";
import { SoundProvider } from "./ui/sound-context.tsx";
import { TickerProvider } from "./ui/use-now.tsx";

export function PageProviders({ page, children }: { page: Page; children: ReactNode }) {
  return (
    <I18nextProvider i18n={page.texts}>
      <StoresProvider stores={page.stores}>
        <TickerProvider ticker={page.ticker}>
          <SoundProvider desk={page.sounds}>
            <ExerciseFrame api={page.api}>{children}</ExerciseFrame>
          </SoundProvider>
        </TickerProvider>
      </StoresProvider>
    </I18nextProvider>
  );
}
