import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Watchers as Book, Watched } from "../link/api.ts";
import type { HttpFailure } from "../link/http.ts";
import { useLink } from "../link/link-context.tsx";
import { formatTime } from "./format-time.ts";
import { useLanguage } from "./use-language.ts";
import { useNow } from "./use-now.tsx";

const DAYS = 30;

type Read =
  | { readonly kind: "reading" }
  | { readonly kind: "failed"; readonly failure: HttpFailure }
  | { readonly kind: "read"; readonly book: Book };

/** 谁查看过本院: every look from above at a person, every visit; nobody can hide one. */
export function Watchers() {
  const { t } = useTranslation("oversight");
  const { read, again } = useBook();
  return (
    <section className="board-section" aria-label={t("watchers.title")}>
      <h3>
        {t("watchers.title")} {read.kind === "read" ? <b>{read.book.total}</b> : null}
        <button type="button" className="plain-button watchers-again" onClick={again}>
          {t("watchers.again")}
        </button>
      </h3>
      <p className="second">{t("watchers.how")}</p>
      <Body read={read} />
    </section>
  );
}

function Body({ read }: { read: Read }) {
  const { t } = useTranslation("oversight");
  if (read.kind === "reading") return <p className="skeleton" aria-busy="true" />;
  if (read.kind === "failed") {
    return <p role="alert">{t("watchers.failed", { code: read.failure.code })}</p>;
  }
  const { looks, total } = read.book;
  if (looks.length === 0) return <p className="second">{t("watchers.empty", { n: DAYS })}</p>;
  return (
    <>
      <ul className="watchers">
        {looks.map((look) => (
          <Look key={`${look.at} ${look.by} ${look.subject} ${look.field}`} look={look} />
        ))}
      </ul>
      {total > looks.length ? (
        <p className="second">{t("watchers.more", { n: looks.length })}</p>
      ) : null}
    </>
  );
}

function Look({ look }: { look: Watched }) {
  const { t } = useTranslation("oversight");
  const now = useNow(60_000);
  const language = useLanguage();
  const isVisit = look.kind === "OBSERVER";
  const what = t([`watchers.field.${look.field}`, isVisit ? "watchers.operation" : look.field]);
  return (
    <li className="board-row watcher" data-kind={look.kind}>
      <time>{formatTime(look.at, now, language)}</time>
      <b>{t(`watchers.kind.${look.kind}`)}</b>
      <span>
        {look.byCourt} · {look.by}
      </span>
      <span>{what}</span>
      {isVisit ? (
        <span className="second">
          {look.until === undefined
            ? t("watchers.lasting")
            : t("watchers.lasted", { time: formatTime(look.until, now, language) })}
        </span>
      ) : null}
      {look.reason ? <q>{t("watchers.reason", { reason: look.reason })}</q> : null}
    </li>
  );
}

function useBook(): { readonly read: Read; again(): void } {
  const { api } = useLink();
  const [read, setRead] = useState<Read>({ kind: "reading" });
  const again = useCallback(() => {
    api.watchers(DAYS).then(
      (answer) =>
        setRead(
          answer.ok
            ? { kind: "read", book: answer.value }
            : { kind: "failed", failure: answer.failure },
        ),
      () => setRead({ kind: "failed", failure: { status: 0, code: "OFFLINE" } }),
    );
  }, [api]);
  useEffect(again, [again]);
  return { read, again };
}
