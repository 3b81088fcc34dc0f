import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PutRecord } from "../../../shared/wire/live.ts";
import type { HttpFailure } from "../../link/http.ts";
import { useLink } from "../../link/link-context.tsx";
import { formatTime } from "../../ui/format-time.ts";
import { Failure } from "../../ui/Refusal.tsx";
import { useLanguage } from "../../ui/use-language.ts";
import { useNow } from "../../ui/use-now.tsx";
import { useNames } from "./names.ts";
import { type Asked, cameAt, keyOf } from "./requests.ts";

type State =
  | { readonly kind: "closed" | "asking" }
  | { readonly kind: "failed"; readonly failure: HttpFailure }
  | { readonly kind: "known"; readonly list: readonly Asked[] };

/** What this unit has answered before: kinds and times, no content. Asked for when it is opened. */
export function Ended() {
  const { t } = useTranslation("partner");
  const { api } = useLink();
  const [state, setState] = useState<State>({ kind: "closed" });
  const ask = useCallback(async () => {
    setState({ kind: "asking" });
    const [police, liaison] = await Promise.all([
      api.closedRecords("police"),
      api.closedRecords("liaison"),
    ]);
    if (!police.ok) return setState({ kind: "failed", failure: police.failure });
    if (!liaison.ok) return setState({ kind: "failed", failure: liaison.failure });
    return setState({ kind: "known", list: newestFirst([...police.value, ...liaison.value]) });
  }, [api]);
  return (
    <details
      className="p-more"
      onToggle={(event) => {
        if (event.currentTarget.open) void ask();
      }}
    >
      <summary>{t("ended")}</summary>
      <p>
        <small>{t("endedHint")}</small>
      </p>
      {state.kind === "asking" ? <p role="status">{t("loading")}</p> : null}
      {state.kind === "failed" ? (
        <>
          <Failure failure={state.failure} />
          <button type="button" className="p-step" onClick={() => void ask()}>
            {t("common:action.retry")}
          </button>
        </>
      ) : null}
      {state.kind === "known" ? <List list={state.list} /> : null}
    </details>
  );
}

const newestFirst = (puts: readonly PutRecord[]): readonly Asked[] =>
  (puts as readonly unknown[] as readonly Asked[]).toSorted((a, b) => cameAt(b) - cameAt(a));

function List({ list }: { list: readonly Asked[] }) {
  const { t } = useTranslation("partner");
  const names = useNames();
  const language = useLanguage();
  const now = useNow(60_000);
  if (list.length === 0) return <p>{t("endedEmpty")}</p>;
  return (
    <ul className="p-ended">
      {list.map((record) => (
        <li key={keyOf(record)}>
          <time>{formatTime(cameAt(record), now, language)}</time>
          <b>{names.title(record)}</b>
          <span>{record.dto.courtName}</span>
          <span className="p-state">{names.state(record)}</span>
        </li>
      ))}
    </ul>
  );
}
