import "./unit-month.css";
import { useEffect, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { UnitMonths } from "../../link/api.ts";
import type { HttpFailure } from "../../link/http.ts";
import { useLink } from "../../link/link-context.tsx";
import { useHello } from "../../store/use-session.ts";
import { formatExport } from "../format-time.ts";
import { Failure } from "../Refusal.tsx";
import { useNow } from "../use-now.tsx";
import { COUNTS, lastMonths, type MonthTable, monthCsv } from "./month-csv.ts";

type State =
  | { readonly kind: "idle" }
  | { readonly kind: "asking"; readonly month: string }
  | { readonly kind: "failed"; readonly failure: HttpFailure }
  | { readonly kind: "known"; readonly month: string; readonly found: UnitMonths };

/** Requests of a month per linked unit, on the screen and as a file. Needs the `partner` namespace. */
export function UnitMonth() {
  const { t } = useTranslation("partner");
  const { api } = useLink();
  const id = useId();
  const months = lastMonths(useNow(60_000));
  const [month, setMonth] = useState(months[0] ?? "");
  const [state, setState] = useState<State>({ kind: "idle" });
  const ask = async () => {
    setState({ kind: "asking", month });
    const got = await api.unitMonth(month);
    setState(
      got.ok
        ? { kind: "known", month, found: got.value }
        : { kind: "failed", failure: got.failure },
    );
  };
  return (
    <div className="unit-month">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void ask();
        }}
      >
        <label htmlFor={id}>{t("month.pick")}</label>
        <select id={id} value={month} onChange={(event) => setMonth(event.target.value)}>
          {months.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </select>
        <button
          type="submit"
          disabled={state.kind === "asking"}
          aria-busy={state.kind === "asking"}
        >
          {state.kind === "failed" ? t("common:action.retry") : t("month.ask")}
        </button>
      </form>
      <div role="status" aria-live="polite">
        {state.kind === "asking" ? <p>{t("month.asking", { month: state.month })}</p> : null}
        {state.kind === "failed" ? <Failure failure={state.failure} /> : null}
      </div>
      {state.kind === "known" ? <Found month={state.month} found={state.found} /> : null}
    </div>
  );
}

function Found({ month, found }: { month: string; found: UnitMonths }) {
  const { t } = useTranslation("partner");
  const asked = found.units.filter(({ requests }) => requests > 0);
  const table = useTable(month, { ...found, units: asked });
  if (asked.length === 0) return <p>{t("month.empty", { month })}</p>;
  return (
    <>
      <div className="unit-month-table">
        <table>
          <caption>{t("month.at", { time: formatExport(found.at) })}</caption>
          <thead>
            <tr>
              {table.columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row, n) => (
              <tr key={asked[n]?.unitId}>
                {row.map((value, at) => (
                  <td key={table.columns[at]}>{value}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Download table={table} month={month} />
    </>
  );
}

function useTable(month: string, { at, units }: UnitMonths): MonthTable {
  const { t } = useTranslation("partner");
  return {
    head: [`${t("month.title")} ${month}`, t("month.at", { time: formatExport(at) })],
    columns: ["unit", "kind", "court", ...COUNTS].map((name) => t(`month.${name}`)),
    rows: units.map((unit) => [
      unit.name,
      t(`domain:unit.kind.${unit.kind}`, unit.kind),
      unit.courtName,
      ...COUNTS.map((name) => unit[name]),
    ]),
  };
}

function Download({ table, month }: { table: MonthTable; month: string }) {
  const { t } = useTranslation("partner");
  const [href, setHref] = useState<string>();
  const mode = useHello()?.mode;
  const { name, text } = monthCsv(mode ?? "LIVE", `${t("month.title")}-${month}`, table);
  useEffect(() => {
    const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
    setHref(url);
    return () => URL.revokeObjectURL(url);
  }, [text]);
  return href === undefined || mode === undefined ? null : (
    <a className="unit-month-file" href={href} download={name}>
      {t("month.download")}
    </a>
  );
}
