import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  type CheckRow,
  checkRows,
  goingIds,
  hasShown,
  searchesPlace,
  TICKS,
} from "../../../operation/progress.ts";
import type { StoredRecord } from "../../../store/dto.ts";
import { formatTime } from "../../../ui/format-time.ts";
import { useLanguage } from "../../../ui/use-language.ts";
import { useNow } from "../../../ui/use-now.tsx";
import { TextField } from "../parts/TextField.tsx";
import { useNameOf, usePerson } from "../use-field-records.ts";
import { MusterCheck } from "./MusterCheck.tsx";
import { useOnItsWay, useReport } from "./use-report.ts";

type Props = { readonly operation: StoredRecord<"operation"> };

/** Everybody who goes, and what is still missing; the scene commander answers for each and excuses. */
export function TeamScreen({ operation }: Props) {
  const rows = checkRows(operation.dto);
  return (
    <ul className="f-list">
      {rows.map((row) => (
        <Member key={row.officerId} row={row} operation={operation} />
      ))}
    </ul>
  );
}

function Member({ row, operation }: Props & { row: CheckRow }) {
  const { t } = useTranslation("operation");
  const nameOf = useNameOf();
  const me = usePerson()?.officerId;
  const waiting = useOnItsWay(operation.id).some(
    ({ kind, payload }) => kind === "operation.checkMember" && payload.officerId === row.officerId,
  );
  const mayCheck = me === row.officerId || me === operation.dto.sceneCommanderId;
  return (
    <li className="f-card" data-settled={row.settled} data-officer={row.officerId}>
      <p className="f-op-head">
        <b>{nameOf({ officerId: row.officerId })}</b>
        <span className="f-state">
          <Standing row={row} waiting={waiting} />
        </span>
      </p>
      {row.check ? <Checked row={row} /> : null}
      {row.settled || waiting || !mayCheck ? null : (
        <Answer row={row} operation={operation} mayExcuse={me === operation.dto.sceneCommanderId} />
      )}
      {waiting ? <p className="f-note">{t("field.onPhone")}</p> : null}
      {mayCheck ? <Credentials officerId={row.officerId} operation={operation} /> : null}
    </li>
  );
}

function Standing({ row, waiting }: { row: CheckRow; waiting: boolean }) {
  const { t } = useTranslation("operation");
  const { check, settled } = row;
  if (check?.presence === "EXCUSED") return t("muster.excused");
  if (settled) return t("look.done");
  if (waiting) return t("field.checkDone");
  const missing = check ? TICKS.filter((tick) => !check[tick]).length : 0;
  return missing > 0 ? t("next.stops", { n: missing }) : t("muster.notYet");
}

function Checked({ row: { check } }: { row: CheckRow }) {
  const { t } = useTranslation("operation");
  const nameOf = useNameOf();
  const now = useNow(60_000);
  const language = useLanguage();
  if (!check) return null;
  const lacks = check.presence === "EXCUSED" ? [] : TICKS.filter((tick) => !check[tick]);
  return (
    <p className="f-second">
      {lacks.map((tick) => `✗ ${t(`tick.${tick}`)}`).join(" ")}{" "}
      {t("muster.by", {
        name: nameOf({ officerId: check.by }),
        time: formatTime(check.at, now, language),
      })}
    </p>
  );
}

function Answer({ row, operation, mayExcuse }: Props & { row: CheckRow; mayExcuse: boolean }) {
  const { t } = useTranslation("operation");
  return (
    <details className="f-details">
      <summary>{t("field.checkFor")}</summary>
      <MusterCheck operationId={operation.id} officerId={row.officerId} />
      {mayExcuse && row.officerId !== operation.dto.sceneCommanderId ? (
        <Excuse officerId={row.officerId} operationId={operation.id} />
      ) : null}
    </details>
  );
}

/** On the way and on the scene: shown in uniform, for whoever's own phone does not answer. */
function Credentials({ officerId, operation }: Props & { officerId: string }) {
  const { t } = useTranslation("operation");
  const report = useReport(operation.id);
  const waiting = useOnItsWay(operation.id).some(
    ({ kind, payload }) => kind === "operation.showCredentials" && payload.officerId === officerId,
  );
  const { dto } = operation;
  const goes = dto.departureOrdered !== undefined && goingIds(dto).includes(officerId);
  if (!goes) return null;
  if (hasShown(dto, officerId)) return <p className="f-second">{t("shown.one")}</p>;
  if (waiting) return <p className="f-note">{t("field.onPhone")}</p>;
  const orderShown = searchesPlace(dto);
  return (
    <button
      type="button"
      className="f-button"
      onClick={() =>
        report("operation.showCredentials", {
          officerId,
          certificate: true,
          uniform: true,
          ...(orderShown ? { orderShown } : {}),
        })
      }
    >
      {t(orderShown ? "field.credentialsOrder" : "field.credentials")}
    </button>
  );
}

function Excuse({ officerId, operationId }: { officerId: string; operationId: string }) {
  const { t } = useTranslation("operation");
  const report = useReport(operationId);
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const send = () => {
    const text = reason.trim();
    setMissing(text === "");
    if (text === "") return;
    report("operation.checkMember", {
      officerId,
      presence: "EXCUSED",
      reason: text,
      ...Object.fromEntries(TICKS.map((tick) => [tick, false])),
    });
  };
  return (
    <div className="f-form">
      <TextField
        label={t("field.excuseReason")}
        value={reason}
        onChange={setReason}
        maxLength={500}
        note={missing ? t("field.excuseNeedsReason") : undefined}
      />
      <button type="button" className="f-button" onClick={send}>
        {t("field.excuse")}
      </button>
    </div>
  );
}
