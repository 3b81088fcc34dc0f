import { useTranslation } from "react-i18next";
import type { StoredRecord } from "../store/dto.ts";
import { Icon } from "./icons.tsx";

/** 身份待核: a call for help that came without a session that was valid then (SOSR-9). */
export function UnverifiedMark({ record }: { record: StoredRecord }) {
  const { t } = useTranslation("common");
  // Only incidents have it; a queue shows records of every kind.
  if ((record.dto as { readonly unverified?: boolean }).unverified !== true) return null;
  return (
    <span className="unverified-mark" title={t("unverified.why")}>
      <Icon name="unverified" />
      {t("unverified.mark")}
    </span>
  );
}
