import { Select } from "antd";
import { useTranslation } from "react-i18next";
import type { Controlled } from "./FieldInput.tsx";
import type { Task } from "./task.ts";
import { type Choosable, useRecordOptions } from "./use-record-options.ts";

interface RecordSelectProps extends Controlled {
  readonly what: Choosable;
  readonly task: Task;
}

const MULTIPLE: ReadonlySet<Choosable> = new Set(["officers", "assets", "attendees"]);

/** Chooses among the records that the view has; typing narrows the list. */
export function RecordSelect({ what, task, ...controlled }: RecordSelectProps) {
  const { t } = useTranslation("console");
  const options = useRecordOptions(what, task);
  return (
    <Select
      {...controlled}
      {...(MULTIPLE.has(what) ? { mode: "multiple" as const } : {})}
      showSearch={{ optionFilterProp: "label" }}
      allowClear
      options={options}
      notFoundContent={t("form.noChoice")}
    />
  );
}
