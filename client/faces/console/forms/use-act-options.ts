import { Form, type FormInstance } from "antd";
import { useTranslation } from "react-i18next";
import { useRecords } from "../../../store/use-records.ts";
import type { FormValues } from "./form-spec.ts";
import { NEW_ACT } from "./to-payload.ts";

/** D8: the same act in the same case is punished once, so the acts on record are offered. */
export function useActOptions(form: FormInstance<FormValues>) {
  const { t } = useTranslation("console");
  const caseNo: unknown = Form.useWatch("caseNo", form);
  const detentions = useRecords("detention");
  const known = new Map<string, string>();
  for (const { dto } of detentions) {
    if (!dto.actId || dto.caseNo !== caseNo) continue;
    known.set(dto.actId, `${dto.subject?.label ?? ""} ${dto.decisionNo ?? dto.caseNo ?? ""}`);
  }
  return [
    { value: NEW_ACT, label: t("form.newAct") },
    ...[...known].map(([value, about]) => ({ value, label: t("form.sameAct", { about }) })),
  ];
}
