import { useTranslation } from "react-i18next";
import type { StoredRecord } from "../../../store/dto.ts";
import { ClockBadge } from "../../../ui/ClockBadge.tsx";

/** Running clocks first by when they are due, ended ones after. */
export function Clocks({ record }: { record: StoredRecord }) {
  const { t } = useTranslation("console");
  const clocks = [...(record.dto.clocks ?? [])].sort(
    (a, b) =>
      Number(a.endedAt !== undefined) - Number(b.endedAt !== undefined) || a.dueAt - b.dueAt,
  );
  if (clocks.length === 0) return null;
  return (
    <section className="drawer-part" aria-label={t("clocks")}>
      <h3>{t("clocks")}</h3>
      <ul className="clocks">
        {clocks.map((clock) => (
          <li key={clock.name} data-ended={clock.endedAt === undefined ? undefined : ""}>
            <ClockBadge clock={clock} />
          </li>
        ))}
      </ul>
    </section>
  );
}
