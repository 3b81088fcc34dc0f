import { Checkbox, type FormInstance, Input, InputNumber, Select } from "antd";
import { useTranslation } from "react-i18next";
import { CasualtiesInput } from "./CasualtiesInput.tsx";
import { CourtPicker } from "./CourtPicker.tsx";
import type { FieldSpec, FormValues } from "./form-spec.ts";
import { MomentInput } from "./MomentInput.tsx";
import { DocsInput, ItemSelect, TermSelect } from "./OversightInputs.tsx";
import { PlaceInput } from "./PlaceInput.tsx";
import { RecordSelect } from "./RecordSelect.tsx";
import { ServiceSelect } from "./ServiceSelect.tsx";
import { SubjectInput } from "./SubjectInput.tsx";
import type { Task } from "./task.ts";
import { useActOptions } from "./use-act-options.ts";

/** What antd's form hands to its child. */
export interface Controlled {
  readonly id?: string;
  readonly value?: never;
  readonly onChange?: (value: unknown) => void;
}

interface InputProps extends Controlled {
  readonly field: FieldSpec;
  readonly label: string;
  readonly task: Task;
  readonly form: FormInstance<FormValues>;
}

/** Minutes; an order of a command centre is due in hours, rarely in days. CFG. */
const DUE_MINUTES = [15, 30, 60, 120, 240, 480, 1_440, 4_320] as const;

const ARTICLES = [
  "民事诉讼法第114条",
  "民事诉讼法第115条",
  "民事诉讼法第117条",
  "民事诉讼法第118条",
  "民诉法解释第482条",
] as const;

export function FieldInput({ field, label, task, form, ...controlled }: InputProps) {
  switch (field.as) {
    case "line":
      return <Input {...controlled} maxLength={field.max} placeholder={field.placeholder} />;
    case "plate":
      return <Input {...controlled} maxLength={12} placeholder="鄂A12345" />;
    case "text":
      return <Input.TextArea {...controlled} maxLength={field.max} autoSize={{ minRows: 2 }} />;
    case "number":
      return <InputNumber {...controlled} precision={0} min={field.min} max={field.max} />;
    case "yes":
      return <Checkbox {...controlled}>{label}</Checkbox>;
    case "choice":
      return <Choice {...controlled} values={field.values} words={field.words} />;
    case "choices":
      return <Choice {...controlled} several values={field.values} words={field.words} />;
    case "articles":
      return (
        <Select
          {...controlled}
          mode="tags"
          options={ARTICLES.map((value) => ({ value, label: value }))}
        />
      );
    case "tags":
      return <Select {...controlled} mode="tags" open={false} suffixIcon={null} />;
    case "due":
      return <DueSelect {...controlled} days={field.days} />;
    case "courts":
      return <CourtPicker {...controlled} label={label} task={task} />;
    case "act":
      return <ActSelect {...controlled} form={form} />;
    case "casualties":
      return <CasualtiesInput {...controlled} />;
    case "place":
      return <PlaceInput {...controlled} withAddress={field.address} />;
    case "subject":
      return <SubjectInput {...controlled} />;
    case "term":
      return <TermSelect {...controlled} />;
    case "moment":
      return <MomentInput {...controlled} />;
    case "service":
      return <ServiceSelect {...controlled} form={form} />;
    case "docs":
      return <DocsInput {...controlled} />;
    case "item":
      return <ItemSelect {...controlled} which={field.which} task={task} />;
    case "peer":
    case "below":
    case "theirs":
    case "attendees":
    case "operation":
    case "released":
    case "officer":
    case "officers":
    case "unit":
    case "court":
    case "lineCourt":
    case "ownOrder":
    case "assets":
    case "addressee":
      return <RecordSelect {...controlled} what={field.as} task={task} />;
  }
}

interface ChoiceProps extends Controlled {
  readonly values: readonly string[];
  readonly words: string;
  readonly several?: true;
}

function Choice({ values, words, several, ...controlled }: ChoiceProps) {
  const { t } = useTranslation("console");
  const prefix = words === "domain:police.urgency";
  const label = (value: string) => `${prefix ? `${value} ` : ""}${t(`${words}.${value}`)}`;
  return (
    <Select
      {...controlled}
      {...(several ? { mode: "multiple" as const } : {})}
      options={values.map((value) => ({ value, label: label(value) }))}
    />
  );
}

const DAY_MINUTES = 1_440;

function DueSelect({ days, ...controlled }: Controlled & { days: readonly number[] | undefined }) {
  const { t } = useTranslation("console");
  const said = (value: number) => {
    if (days) return t("days", { n: value / DAY_MINUTES });
    return value < 60 ? t("form.inMinutes", { n: value }) : t("form.inHours", { n: value / 60 });
  };
  const values = days ? days.map((day) => day * DAY_MINUTES) : DUE_MINUTES;
  const options = values.map((value) => ({ value, label: said(value) }));
  return <Select {...controlled} allowClear options={options} />;
}

function ActSelect({ form, ...controlled }: Controlled & { form: FormInstance<FormValues> }) {
  const options = useActOptions(form);
  return <Select {...controlled} options={options} />;
}
