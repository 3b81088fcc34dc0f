import { Form, type FormInstance } from "antd";
import { useTranslation } from "react-i18next";
import { FieldInput } from "./FieldInput.tsx";
import { fieldWords } from "./field-words.ts";
import type { FieldSpec, FormValues } from "./form-spec.ts";
import type { Task } from "./task.ts";

/** One labelled field; its messages stand under it. */
export function FieldRow({
  field,
  task,
  form,
}: {
  field: FieldSpec;
  task: Task;
  form: FormInstance<FormValues>;
}) {
  const { t } = useTranslation("console");
  const label = t(fieldWords("label", task.kind, field.name));
  const hint = t(fieldWords("hint", task.kind, field.name), "");
  return (
    <Form.Item
      name={field.name}
      label={field.as === "yes" ? undefined : label}
      required={field.required === true}
      {...(hint ? { extra: hint } : {})}
      {...(field.as === "yes" ? { valuePropName: "checked" } : {})}
    >
      <FieldInput field={field} label={label} task={task} form={form} />
    </Form.Item>
  );
}
