import { useState } from "react";
import { useTranslation } from "react-i18next";
import { goingIds, isBack } from "../../../operation/progress.ts";
import type { StoredRecord } from "../../../store/dto.ts";
import { Choice } from "../parts/Choice.tsx";
import { TextField } from "../parts/TextField.tsx";
import { useNameOf, usePerson } from "../use-field-records.ts";
import { useOnItsWay, useReport } from "./use-report.ts";

type Props = { readonly operation: StoredRecord<"operation"> };

/** Everybody safe, and the evidence attested: what closing waits for. */
export function ReturnScreen({ operation }: Props) {
  const me = usePerson()?.officerId;
  const commands = me !== undefined && me === operation.dto.sceneCommanderId;
  return (
    <>
      <ul className="f-list">
        {goingIds(operation.dto).map((officerId) => (
          <Going
            key={officerId}
            officerId={officerId}
            operation={operation}
            may={commands || officerId === me}
          />
        ))}
      </ul>
      {commands ? <Evidence operation={operation} /> : null}
    </>
  );
}

function Going({ officerId, operation, may }: Props & { officerId: string; may: boolean }) {
  const { t } = useTranslation("operation");
  const nameOf = useNameOf();
  const me = usePerson()?.officerId;
  const report = useReport(operation.id);
  const waiting = useOnItsWay(operation.id).some(
    ({ kind, payload }) => kind === "operation.reportSafe" && payload.officerId === officerId,
  );
  const back = isBack(operation.dto, officerId);
  return (
    <li className="f-row f-row-tall" data-settled={back}>
      <span>
        <b>{nameOf({ officerId })}</b>
        <small className="f-second">
          {back ? t("look.done") : t(waiting ? "field.onPhone" : "back.not")}
        </small>
      </span>
      {back || waiting || !may ? null : (
        <button
          type="button"
          className="f-button f-row-button"
          onClick={() => report("operation.reportSafe", { officerId })}
        >
          {t(officerId === me ? "field.back" : "field.backFor")}
        </button>
      )}
    </li>
  );
}

function Evidence({ operation }: Props) {
  const { t } = useTranslation("operation");
  const report = useReport(operation.id);
  const waiting = useOnItsWay(operation.id).some(({ kind }) => kind === "operation.attestEvidence");
  const [whole, setWhole] = useState<"yes" | "no">();
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  if (operation.dto.facts?.evidence || waiting) {
    return <p className="f-wait">{t(waiting ? "field.onPhone" : "field.attested")}</p>;
  }
  const send = () => {
    const text = reason.trim();
    const lacks = whole === undefined || (whole === "no" && text === "");
    setMissing(lacks);
    if (lacks) return;
    report("operation.attestEvidence", {
      complete: whole === "yes",
      ...(whole === "no" ? { reason: text } : {}),
    });
  };
  return (
    <section className="f-form" aria-label={t("field.evidence")}>
      <Choice
        legend={t("field.evidence")}
        options={[
          { value: "yes", label: t("field.evidenceWhole") },
          { value: "no", label: t("field.evidenceGap") },
        ]}
        value={whole}
        onChange={setWhole}
      />
      {whole === "no" ? (
        <TextField
          label={t("field.evidenceReason")}
          value={reason}
          maxLength={500}
          onChange={setReason}
          note={missing ? t("field.evidenceNeedsReason") : undefined}
        />
      ) : null}
      <button type="button" className="f-button" data-look="next" onClick={send}>
        {t("field.attest")}
      </button>
    </section>
  );
}
