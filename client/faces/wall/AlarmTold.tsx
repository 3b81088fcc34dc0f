import { useTranslation } from "react-i18next";
import type { StoredRecord } from "../../store/dto.ts";
import { Fact } from "./Fact.tsx";
import { useCourtName } from "./use-courts.ts";

/** Whose desk must act now, and every desk that was told, in that order. */
export function AlarmTold({ record }: { record: StoredRecord<"incident"> }) {
  const { t } = useTranslation("wall");
  const courtName = useCourtName();
  const { holder, courtId } = record.dto;
  const told = holder?.told ?? [];
  const words = told.map((desk) => {
    const roles = desk.roles.map((role) => t(`domain:role.${role}`)).join("、");
    return `${courtName(desk.courtId)} ${roles}`;
  });
  return (
    <>
      <Fact name={t("alarm.holder")}>
        {t("alarm.desk", { court: courtName(holder?.courtId ?? courtId) })}
      </Fact>
      <Fact name={t("alarm.told")}>
        {words.length === 0 ? t("alarm.toldNone") : words.map((desk) => <i key={desk}>{desk}</i>)}
      </Fact>
    </>
  );
}
