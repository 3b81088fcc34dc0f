import { Form, type FormInstance } from "antd";
import { useTranslation } from "react-i18next";
import { FieldInput } from "./FieldInput.tsx";
import type { FieldSpec, FormValues } from "./form-spec.ts";
import type { Task } from "./task.ts";

/** By kind before the name alone; the console's own words before those of its slices. */
const textKeys = (what: "label" | "hint", kind: string, name: string): string[] =>
  [`${kind}.${name}`, name].flatMap((key) => [
    `form.${what}.${key}`,
    `operation:form.${what}.${key}`,
    ...(what === "label" ? [`duty:form.${key}`, `oversight:label.${key}`] : []),
  ]);

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
  const label = t(textKeys("label", task.kind, field.name));
  const hint = t(textKeys("hint", task.kind, field.name), "");
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
