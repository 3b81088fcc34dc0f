import { Button, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import type { Controlled } from "./FieldInput.tsx";
import { itemOptions } from "./oversight-options.ts";
import type { Task } from "./task.ts";

/** Days; letters and rectification run for weeks. CFG. */
const TERM_DAYS = [1, 2, 3, 5, 7, 10, 15, 20, 30] as const;

export function TermSelect(controlled: Controlled) {
  const { t } = useTranslation("oversight");
  const options = TERM_DAYS.map((value) => ({ value, label: t("label.inDays", { n: value }) }));
  return <Select {...controlled} allowClear options={options} />;
}

export function ItemSelect({
  which,
  task,
  ...controlled
}: Controlled & { which: "OPEN" | "SHOWN" | "PIECE"; task: Task }) {
  const { t } = useTranslation("console");
  return (
    <Select
      {...controlled}
      options={itemOptions(task.base, which, t)}
      notFoundContent={t("form.noChoice")}
    />
  );
}

interface Doc {
  readonly name: string;
  readonly no: string;
}

/** Legal documents by name and number, one line each. */
export function DocsInput({ value, onChange, id }: Controlled) {
  const { t } = useTranslation("oversight");
  const docs: readonly Doc[] = value ?? [];
  const set = (at: number, part: Partial<Doc>) =>
    onChange?.(docs.map((doc, index) => (index === at ? { ...doc, ...part } : doc)));
  const line = (doc: Doc, at: number, name: keyof Doc, words: string) => (
    <Input
      {...(id && at === 0 && name === "name" ? { id } : {})}
      value={doc[name]}
      maxLength={60}
      placeholder={words}
      aria-label={`${words} ${at + 1}`}
      onChange={(event) => set(at, { [name]: event.target.value })}
    />
  );
  const lines = docs.map((doc, at) => ({ doc, at, key: `doc-${at}` }));
  return (
    <div className="docs-field">
      {lines.map(({ doc, at, key }) => (
        <div key={key} className="field-row">
          {line(doc, at, "name", t("label.docName"))}
          {line(doc, at, "no", t("label.docNo"))}
        </div>
      ))}
      <Button onClick={() => onChange?.([...docs, { name: "", no: "" }])}>
        {t("label.addDoc")}
      </Button>
    </div>
  );
}
