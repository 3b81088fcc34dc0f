import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { DetentionType } from "../../../../shared/domain/detention/state.ts";
import { useOutbox } from "../../../link/outbox-context.tsx";
import { useHello } from "../../../store/use-session.ts";
import { useField } from "../field-services.tsx";
import { Screen } from "../parts/Screen.tsx";
import { SubjectFields } from "../parts/SubjectFields.tsx";
import { TextField } from "../parts/TextField.tsx";
import { replaceWith } from "../route.ts";
import { EMPTY_SUBJECT, splitSubject } from "../subject-entry.ts";
import { useMyOperations } from "../use-field-records.ts";
import { aboutOf, isCaseNo } from "./about.ts";

/**
 * Control of a person nobody has decided about yet: an emergency, and said so. The button is never
 * disabled: it happened, whatever is still missing here.
 */
export function NewDetention({ kind }: { kind: DetentionType }) {
  const { t } = useTranslation(["field", "domain"]);
  const operation = useMyOperations()[0];
  const [subject, setSubject] = useState(EMPTY_SUBJECT);
  const [caseNo, setCaseNo] = useState(operation?.dto.caseNo ?? "");
  const send = useControl(kind);
  const oddCase = caseNo.trim() !== "" && !isCaseNo(caseNo);
  return (
    <Screen title={t("detention.new", { kind: t(`domain:detention.kind.${kind}`) })}>
      <p className="f-warning">{t("detention.emergencyWarning")}</p>
      <div className="f-form">
        <SubjectFields entry={subject} onChange={setSubject} />
        <TextField
          label={t("detention.caseNo")}
          value={caseNo}
          onChange={setCaseNo}
          maxLength={40}
          note={oddCase ? t("detention.oddCaseNo") : undefined}
        />
        <p className="f-note">
          {operation
            ? t("detention.linked", { code: operation.dto.code })
            : t("detention.unlinked")}
        </p>
      </div>
      <div className="f-go">
        <button
          type="button"
          className="f-button"
          data-look="next"
          onClick={() => send(subject, caseNo, operation?.id)}
        >
          {t("detention.controlled")}
        </button>
      </div>
    </Screen>
  );
}

/** The identity rides with the report, and reaches the vault before it. */
function useControl(kind: DetentionType) {
  const outbox = useOutbox();
  const { platform } = useField();
  const me = useHello()?.officerId;
  return (entry: typeof EMPTY_SUBJECT, caseNo: string, operationId: string | undefined) => {
    const halves = splitSubject(platform.newId(), entry);
    const about = aboutOf({ kind, caseNo, operationId, subject: halves?.ref, me });
    const id = platform.newId();
    void outbox.submit(
      {
        kind: "detention.control",
        ref: { type: "detention", id },
        payload: { about, escortIds: about.escortIds },
      },
      halves ? { subject: { id: halves.ref.id, identity: halves.identity } } : {},
    );
    replaceWith({ screen: "detention", id });
  };
}
