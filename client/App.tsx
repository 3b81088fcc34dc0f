import { type ComponentType, lazy, type ReactNode, Suspense } from "react";
import type { Seat } from "../shared/domain/authority/audience.ts";
import type { Page } from "./compose.ts";
import { linkPage } from "./compose.ts";
import { addTexts } from "./i18n/i18n.ts";
import { LinkProvider } from "./link/link-context.tsx";
import { PageProviders } from "./PageProviders.tsx";
import { FaceLoading } from "./ui/FaceLoading.tsx";
import { Part } from "./ui/Failed.tsx";
import { GoToSignIn } from "./ui/GoToSignIn.tsx";
import { ReloadWhenOutdated } from "./ui/ReloadWhenOutdated.tsx";

type FaceName = "login" | "wall" | "console" | "partner" | "observe" | "inspector" | "exercise";

const FACES = ["wall", "console", "partner", "observe", "inspector", "exercise"] as const;

/** The face that an address opens; `/` is the sign-in. */
export function faceOf(pathname: string): FaceName {
  const first = pathname.split("/")[1];
  return FACES.find((face) => face === first) ?? "login";
}

/** The seat that a face is of; the sign-in and the sheet of an exercise have none. */
export function seatOf(face: FaceName): Seat | undefined {
  if (face === "login" || face === "exercise") return undefined;
  return face === "observe" ? "observer" : face;
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
        const [{ ConsoleFace }, { CONSOLE_TEXTS }] = await Promise.all([
          import("./faces/console/ConsoleFace.tsx"),
          import("./faces/console/console-texts.ts"),
        ]);
        for (const [ns, texts] of Object.entries(CONSOLE_TEXTS)) addTexts(page.texts, ns, texts);
        return { default: ConsoleFace };
      });
    case "partner":
      return lazy(async () => {
        const [{ PartnerFace }, zh, en] = await Promise.all([
          import("./faces/partner/PartnerFace.tsx"),
          import("./i18n/zh/partner.ts"),
          import("./i18n/en/partner.ts"),
        ]);
        addTexts(page.texts, "partner", { zh: zh.partner, en: en.partner });
        return { default: PartnerFace };
      });
    case "inspector":
      return lazy(async () => {
        const [{ InspectFace }, zh, en] = await Promise.all([
          import("./faces/inspect/InspectFace.tsx"),
          import("./i18n/zh/oversight.ts"),
          import("./i18n/en/oversight.ts"),
        ]);
        addTexts(page.texts, "oversight", { zh: zh.oversight, en: en.oversight });
        return { default: InspectFace };
      });
    case "observe":
      return lazy(async () => {
        const [{ ObserveFace }, zh, en] = await Promise.all([
          import("./faces/observe/ObserveFace.tsx"),
          import("./i18n/zh/observe.ts"),
          import("./i18n/en/observe.ts"),
        ]);
        addTexts(page.texts, "observe", { zh: zh.observe, en: en.observe });
        return { default: ObserveFace };
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
  const seat = seatOf(face);
  const shown = (
    <Part>
      <Suspense fallback={<FaceLoading linked={seat !== undefined} />}>
        <Face />
      </Suspense>
    </Part>
  );
  return (
    <PageProviders page={page}>
      <ReloadWhenOutdated />
      {face === "wall" && page.tokens.kiosk ? null : <GoToSignIn />}
      {seat === undefined ? (
        shown
      ) : (
        <LinkProvider services={{ link: linkPage(page, seat), api: page.api, tokens: page.tokens }}>
          {shown}
        </LinkProvider>
      )}
    </PageProviders>
  );
}
