import { useTranslation } from "react-i18next";
import type { SubjectFlag, SubjectRef } from "../../../../shared/domain/kernel/record.ts";
import { useStores } from "../../../store/stores-context.tsx";
import { readIdNumber, type SubjectEntry, splitSubject, withIdNumber } from "../subject-entry.ts";
import { Choice, Flags } from "./Choice.tsx";
import { TextField } from "./TextField.tsx";

const SEXES = ["M", "F", "UNKNOWN"] as const satisfies readonly SubjectRef["sex"][];
const BANDS = [
  "UNDER_14",
  "14_15",
  "16_17",
  "18_69",
  "70_PLUS",
  "UNKNOWN",
] as const satisfies readonly SubjectRef["ageBand"][];
const FLAGS = ["DEPUTY", "HEALTH", "PREGNANT_OR_NURSING"] as const satisfies readonly SubjectFlag[];

interface Props {
  readonly entry: SubjectEntry;
  readonly onChange: (entry: SubjectEntry) => void;
}

/** Typed once; the name and number go to the vault, commands carry the mask. */
export function SubjectFields({ entry, onChange }: Props) {
  const { t } = useTranslation(["field", "domain"]);
  const { clock } = useStores();
  const masked = splitSubject("-", entry)?.ref.label;
  const numberIsOdd = entry.idNumber.trim() !== "" && !readIdNumber(entry.idNumber);
  return (
    <>
      <TextField
        label={t("subject.name")}
        value={entry.name}
        maxLength={40}
        autoComplete="off"
        onChange={(name) => onChange({ ...entry, name })}
        note={masked ? t("subject.shownAs", { label: masked }) : t("subject.vault")}
      />
      <TextField
        label={t("subject.idNumber")}
        value={entry.idNumber}
        maxLength={18}
        autoComplete="off"
        onChange={(text) => onChange(withIdNumber(entry, text, clock.serverNow()))}
        note={numberIsOdd ? t("subject.oddNumber") : undefined}
      />
      <Choice
        legend={t("subject.sex")}
        columns={3}
        options={SEXES.map((value) => ({ value, label: t(`domain:subject.sex.${value}`) }))}
        value={entry.sex}
        onChange={(sex) => onChange({ ...entry, sex })}
      />
      <Choice
        legend={t("subject.age")}
        columns={3}
        options={BANDS.map((value) => ({ value, label: t(`domain:subject.ageBand.${value}`) }))}
        value={entry.ageBand}
        onChange={(ageBand) => onChange({ ...entry, ageBand })}
      />
      <Flags
        legend={t("subject.flags")}
        options={FLAGS.map((value) => ({ value, label: t(`domain:subject.flag.${value}`) }))}
        value={entry.flags}
        onChange={(flags) => onChange({ ...entry, flags })}
      />
    </>
  );
}
