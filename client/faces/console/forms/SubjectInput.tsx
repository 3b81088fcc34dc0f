import { Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { Labelled } from "./Labelled.tsx";
import { AGE_BANDS, FLAGS, SEXES, type SubjectDraft } from "./subject-draft.ts";

interface SubjectProps {
  readonly id?: string;
  readonly value?: SubjectDraft;
  readonly onChange?: (value: SubjectDraft) => void;
}

/** Identity for the vault, and the few marks that the law asks about. */
export function SubjectInput({ id, value = {}, onChange }: SubjectProps) {
  const { t } = useTranslation("console");
  const set = (part: Partial<SubjectDraft>) => onChange?.({ ...value, ...part });
  const line = (name: "name" | "idNumber" | "phone" | "address", max: number) => (
    <Labelled label={t(`subject.field.${name}`)} id={name === "name" ? id : undefined}>
      {(inputId) => (
        <Input
          id={inputId}
          value={value[name] ?? ""}
          maxLength={max}
          autoComplete="off"
          onChange={(event) => set({ [name]: event.target.value })}
        />
      )}
    </Labelled>
  );
  const options = (list: readonly string[], words: string) =>
    list.map((each) => ({ value: each, label: t(`domain:subject.${words}.${each}`) }));
  return (
    <div className="subject-field">
      {line("name", 60)}
      {line("idNumber", 30)}
      {line("phone", 20)}
      {line("address", 200)}
      <Labelled label={t("form.sex")}>
        {(inputId) => (
          <Select
            id={inputId}
            value={value.sex ?? "UNKNOWN"}
            options={options(SEXES, "sex")}
            onChange={(sex) => set({ sex })}
          />
        )}
      </Labelled>
      <Labelled label={t("form.ageBand")}>
        {(inputId) => (
          <Select
            id={inputId}
            value={value.ageBand ?? "UNKNOWN"}
            options={options(AGE_BANDS, "ageBand")}
            onChange={(ageBand) => set({ ageBand })}
          />
        )}
      </Labelled>
      <Labelled label={t("form.flags")} wide>
        {(inputId) => (
          <Select
            id={inputId}
            mode="multiple"
            value={[...(value.flags ?? [])]}
            options={options(FLAGS, "flag")}
            onChange={(flags) => set({ flags })}
          />
        )}
      </Labelled>
      <p className="second wide">{t("form.vault")}</p>
    </div>
  );
}
