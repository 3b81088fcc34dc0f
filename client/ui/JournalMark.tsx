import { useTranslation } from "react-i18next";
import type { StoredRecord } from "../store/dto.ts";
import { Icon } from "./icons.tsx";

/** Says of a call for help that only the server's emergency journal holds it so far (EMG-1). */
export function JournalMark({ record }: { record: StoredRecord }) {
  const { t } = useTranslation("common");
  if (record.dto.journalled !== true) return null;
  return (
    <span className="journal-mark" title={t("journal.why")}>
      <Icon name="server" />
      {t("journal.mark")}
    </span>
  );
}
