import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/ui.css";
import { createRoot } from "react-dom/client";
import { composePage, linkPage, type Page } from "./compose.ts";
import { keepSosKey, openFieldDisk, outboxOf, recallField } from "./compose-field.ts";
import { FieldFace } from "./faces/field/FieldFace.tsx";
import { duty as dutyEn } from "./i18n/en/duty.ts";
import { field as fieldEn } from "./i18n/en/field.ts";
import { addTexts } from "./i18n/i18n.ts";
import { duty } from "./i18n/zh/duty.ts";
import { field } from "./i18n/zh/field.ts";
import { LinkProvider } from "./link/link-context.tsx";
import { OutboxProvider } from "./link/outbox-context.tsx";
import { SosKeysProvider } from "./link/sos-keys-context.tsx";
import { PageProviders } from "./PageProviders.tsx";
import { readSeatTokens } from "./seat-tokens.ts";
import { Part } from "./ui/Failed.tsx";
import { ReloadWhenOutdated } from "./ui/ReloadWhenOutdated.tsx";

async function start(page: Page, root: HTMLElement): Promise<void> {
  const disk = await openFieldDisk(page);
  await recallField(page, disk);
  keepSosKey(page, disk);
  const link = linkPage(page, "field");
  createRoot(root).render(
    <PageProviders page={page}>
      <ReloadWhenOutdated />
      <LinkProvider services={{ link, api: page.api, tokens: page.tokens }}>
        <OutboxProvider outbox={outboxOf(page, link, disk)}>
          <SosKeysProvider keys={disk.sosKeys}>
            <Part>
              <FieldFace />
            </Part>
          </SosKeysProvider>
        </OutboxProvider>
      </LinkProvider>
    </PageProviders>,
  );
}

const page = composePage(readSeatTokens(localStorage), "field");
addTexts(page.texts, "field", { zh: field, en: fieldEn });
addTexts(page.texts, "duty", { zh: duty, en: dutyEn });
const root = document.getElementById("root");
if (root) void start(page, root);

// Only where it is allowed (https or localhost) and built: development has no worker.
if (import.meta.env.PROD && "serviceWorker" in navigator) {
  navigator.serviceWorker.register("/sw.js", { scope: "/field" }).catch(() => {
    // Without it the page needs a network to open; everything else works.
  });
}
