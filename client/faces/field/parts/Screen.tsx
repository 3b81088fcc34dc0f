import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

/** A place in the face below the home screen: a title that a reader hears first, and the way back. */
export function Screen({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useTranslation("common");
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <main className="f-main" aria-labelledby="f-title">
      <header className="f-top">
        <a className="f-back" href="#/">
          <span className="visually-hidden">{t("action.back")}</span>
          <svg viewBox="0 0 16 16" width="22" height="22" aria-hidden="true">
            <path d="M10 2.5 4.5 8l5.5 5.5" fill="none" stroke="currentColor" strokeWidth="2" />
          </svg>
        </a>
        <h1 id="f-title" ref={heading} tabIndex={-1}>
          {title}
        </h1>
      </header>
      {children}
    </main>
  );
}
