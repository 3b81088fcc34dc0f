import { Form, type FormInstance } from "antd";
import { useTranslation } from "react-i18next";
import { FieldInput } from "./FieldInput.tsx";
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
  const label = t([
    `form.label.${task.kind}.${field.name}`,
    `oversight:label.${task.kind}.${field.name}`,
    `form.label.${field.name}`,
    `oversight:label.${field.name}`,
  ]);
  const hint = t([`form.hint.${task.kind}.${field.name}`, `form.hint.${field.name}`], "");
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
