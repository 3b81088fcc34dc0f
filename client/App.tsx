import { type ComponentType, lazy, type ReactNode, Suspense } from "react";
import type { Page } from "./compose.ts";
import { linkPage } from "./compose.ts";
import { addTexts } from "./i18n/i18n.ts";
import { LinkProvider } from "./link/link-context.tsx";
import { PageProviders } from "./PageProviders.tsx";
import { Part } from "./ui/Failed.tsx";
import { GoToSignIn } from "./ui/GoToSignIn.tsx";
import { ReloadWhenOutdated } from "./ui/ReloadWhenOutdated.tsx";

type FaceName = "login" | "wall" | "console" | "exercise";

/** The face that an address opens; `/` is the sign-in. */
export function faceOf(pathname: string): FaceName {
  const first = pathname.split("/")[1];
  return first === "wall" || first === "console" || first === "exercise" ? first : "login";
}

/** Each face brings its own words, in a chunk of its own. */
function loadFace(page: Page, face: FaceName): ComponentType {
  switch (face) {
    case "wall":
      return lazy(async () => {
        const [{ WallFace }, zh, en] = await Promise.all([
          import("./faces/wall/WallFace.tsx"),
          import("./i18n/zh/wall.ts"),
          import("./i18n/en/wall.ts"),
        ]);
        addTexts(page.texts, "wall", { zh: zh.wall, en: en.wall });
        return { default: WallFace };
      });
    case "console":
      return lazy(async () => {
        const [{ ConsoleFace }, zh, en] = await Promise.all([
          import("./faces/console/ConsoleFace.tsx"),
          import("./i18n/zh/console.ts"),
          import("./i18n/en/console.ts"),
        ]);
        addTexts(page.texts, "console", { zh: zh.console, en: en.console });
        return { default: ConsoleFace };
      });
    case "exercise":
      return lazy(async () => {
        const { ExerciseFace } = await import("./faces/exercise/ExerciseFace.tsx");
        return { default: () => <ExerciseFace api={page.api} /> };
      });
    case "login":
      return lazy(async () => {
        const [{ LoginFace }, zh, en] = await Promise.all([
          import("./faces/login/LoginFace.tsx"),
          import("./i18n/zh/login.ts"),
          import("./i18n/en/login.ts"),
        ]);
        addTexts(page.texts, "login", { zh: zh.login, en: en.login });
        return { default: () => <LoginFace api={page.api} /> };
      });
  }
}

/** One page shows one face; another address is another page. */
export function createApp(page: Page, face: FaceName): ReactNode {
  const Face = loadFace(page, face);
  const shown = (
    <Part>
      <Suspense fallback={null}>
        <Face />
      </Suspense>
    </Part>
  );
  return (
    <PageProviders page={page}>
      <ReloadWhenOutdated />
      {face === "wall" && page.tokens.kiosk ? null : <GoToSignIn />}
      {face === "login" || face === "exercise" ? (
        shown
      ) : (
        <LinkProvider services={{ link: linkPage(page, face), api: page.api, tokens: page.tokens }}>
          {shown}
        </LinkProvider>
      )}
    </PageProviders>
  );
}
