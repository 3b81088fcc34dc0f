import { useTranslation } from "react-i18next";
import { type CheckRow, checkRows, TICKS } from "../../../operation/progress.ts";
import type { StoredRecord, TextView } from "../../../store/dto.ts";
import { Icon } from "../../../ui/icons.tsx";
import { wordsOf } from "../../../ui/words-of.ts";
import { useNames } from "../desk/names.tsx";
import { TimeText } from "../record/FactList.tsx";
import { ReportButton } from "./ReportButton.tsx";

type Row = StoredRecord<"operation">;

/** Certificate, uniform, recorder, device test of everybody who goes, and who ticked it when. */
export function Muster({ record }: { record: Row }) {
  const { t } = useTranslation("operation");
  const rows = checkRows(record.dto);
  const settled = rows.filter((row) => row.settled).length;
  return (
    <section className="drawer-part muster" aria-label={t("muster.title")}>
      <h3>
        {t("muster.title")}{" "}
        <span data-count="muster">{t("muster.count", { n: settled, m: rows.length })}</span>
      </h3>
      {rows.some(({ check }) => check) ? null : <p className="second">{t("muster.none")}</p>}
      <ul className="checks">
        {rows.map((row) => (
          <OfficerChecks key={row.officerId} row={row} record={record} />
        ))}
      </ul>
    </section>
  );
}

function OfficerChecks({ row, record }: { row: CheckRow; record: Row }) {
  const { t } = useTranslation("operation");
  const names = useNames();
  const { officerId, check, settled } = row;
  return (
    <li data-settled={settled} data-officer={officerId}>
      <p>
        <Icon name={settled ? "ended" : "running"} />
        <b>{names.officer(officerId)}</b>
        {check ? null : <span className="second">{t("muster.notYet")}</span>}
        <ReportButton
          kind="operation.checkMember"
          record={record}
          label={t("muster.check")}
          about={officerId}
          initial={{ officerId, presence: "PRESENT" }}
        />
      </p>
      {check ? <Ticks check={check} /> : null}
    </li>
  );
}

function Ticks({ check }: { check: NonNullable<CheckRow["check"]> }) {
  const { t } = useTranslation("operation");
  const names = useNames();
  const reason = check.reason as TextView | undefined;
  return (
    <p className="ticks">
      {check.presence === "EXCUSED" ? (
        <span data-tick="yes">
          {t("muster.excused")}
          {reason === undefined ? null : <q>{wordsOf(reason, t)}</q>}
        </span>
      ) : (
        TICKS.map((tick) => (
          <span key={tick} data-tick={check[tick] ? "yes" : "no"}>
            {check[tick] ? "✓" : "✗"} {t(`tick.${tick}`)}
          </span>
        ))
      )}
      <span className="second">
        {names.officer(check.by)} <TimeText at={check.at} />
      </span>
    </p>
  );
}
