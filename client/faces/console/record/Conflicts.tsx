import { useTranslation } from "react-i18next";
import type { StoredRecord } from "../../../store/dto.ts";
import { TimeText } from "./FactList.tsx";

interface Conflict {
  readonly commandId: string;
  readonly event: string;
  readonly occurredAt: number;
  readonly note: string;
}

/** Reports that did not fit; kept for the duty desk, never thrown away. */
export function Conflicts({ record }: { record: StoredRecord }) {
  const { t } = useTranslation("console");
  const { conflicts = [] } = record.dto as { readonly conflicts?: readonly Conflict[] };
  if (conflicts.length === 0) return null;
  return (
    <section className="drawer-part" aria-label={t("conflicts.title")}>
      <h3>{t("conflicts.title")}</h3>
      <ol className="timeline">
        {conflicts.map((conflict) => (
          <li key={`${conflict.commandId} ${conflict.event}`}>
            <TimeText at={conflict.occurredAt} />
            <span>{t(`conflicts.note.${conflict.note}`, conflict.note)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
