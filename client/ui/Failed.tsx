import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ErrorBoundary } from "./ErrorBoundary.tsx";

/** A part of the page that may fail alone: says so and offers to try again. */
export function Part({ children }: { children: ReactNode }) {
  return <ErrorBoundary fallback={(retry) => <Failed retry={retry} />}>{children}</ErrorBoundary>;
}

function Failed({ retry }: { retry: () => void }) {
  const { t } = useTranslation("common");
  return (
    <div className="failed" role="alert">
      <p>{t("error.title")}</p>
      <button type="button" onClick={retry}>
        {t("action.retry")}
      </button>
    </div>
  );
}
