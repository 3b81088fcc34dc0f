import { Form, type FormInstance, Select } from "antd";
import { useTranslation } from "react-i18next";
import { LIAISON_CATALOGUE } from "../../../../shared/domain/unit/liaison-catalogue.ts";
import { useRecordMap } from "../../../store/use-records.ts";
import { useBilingual } from "../../../ui/use-language.ts";
import type { Controlled } from "./FieldInput.tsx";
import type { FormValues } from "./form-spec.ts";

/** The services of the unit that the form names: term and basis stand beside each (UNIT-8). */
export function ServiceSelect({
  form,
  ...controlled
}: Controlled & { form: FormInstance<FormValues> }) {
  const { t } = useTranslation("liaison");
  const say = useBilingual();
  const unitId: unknown = Form.useWatch("unitId", form);
  const kind = useRecordMap("unit").get(String(unitId))?.dto.kind;
  const options = LIAISON_CATALOGUE.filter(({ unit }) => unit === kind).map((spec) => ({
    value: spec.service,
    label: t("service", { name: say(spec.name), n: spec.workingDays, basis: say(spec.basis) }),
  }));
  return (
    <Select
      {...controlled}
      options={options}
      notFoundContent={t(kind === undefined ? "unitFirst" : "noService")}
    />
  );
}
