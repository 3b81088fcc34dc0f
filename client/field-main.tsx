import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/ui.css";
import { createRoot } from "react-dom/client";
import { composePage, linkPage } from "./compose.ts";
import { FieldFace } from "./faces/field/FieldFace.tsx";
import { field as fieldEn } from "./i18n/en/field.ts";
import { addTexts } from "./i18n/i18n.ts";
import { field } from "./i18n/zh/field.ts";
import { LinkProvider } from "./link/link-context.tsx";
import { PageProviders } from "./PageProviders.tsx";
import { readSeatTokens } from "./seat-tokens.ts";
import { Part } from "./ui/Failed.tsx";
import { ReloadWhenOutdated } from "./ui/ReloadWhenOutdated.tsx";

const page = composePage(readSeatTokens(localStorage));
addTexts(page.texts, "field", { zh: field, en: fieldEn });
const services = { link: linkPage(page, "field"), api: page.api };

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <PageProviders page={page}>
      <ReloadWhenOutdated />
      <LinkProvider services={services}>
        <Part>
          <FieldFace />
        </Part>
      </LinkProvider>
    </PageProviders>,
  );
}
