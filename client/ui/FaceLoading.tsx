import { useTranslation } from "react-i18next";
import { LinkBanner } from "./LinkBanner.tsx";

/**
 * While the parts of a face are still on their way. The connection may be up before them, and be lost
 * again: a seat's band says so here too, or a slow network would be a black glass without a word.
 */
export function FaceLoading({ linked }: { linked: boolean }) {
  const { t } = useTranslation("common");
  return (
    <>
      {linked ? <LinkBanner /> : null}
      <p className="failed" role="status">
        {t("list.loading")}
      </p>
    </>
  );
}
