import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useRecords } from "../../../store/use-records.ts";
import { ClockBadge } from "../../../ui/ClockBadge.tsx";
import { libertyClocks } from "../my-detentions.ts";
import { hrefOf } from "../route.ts";

/** Somebody is held: every clock of liberty this phone knows, always on the home screen. */
export function LibertyClocks() {
  const { t } = useTranslation(["field", "domain"]);
  const records = useRecords("detention");
  const clocks = useMemo(() => libertyClocks(records), [records]);
  if (clocks.length === 0) return null;
  return (
    <ul className="f-liberty" aria-label={t("liberty.title")}>
      {clocks.map(({ detention, clock }) => (
        <li key={`${detention.id}:${clock.name}`}>
          <a href={hrefOf({ screen: "detention", id: detention.id })}>
            <b>
              {detention.dto.kind ? t(`domain:detention.kind.${detention.dto.kind}`) : ""}{" "}
              {detention.dto.subject?.label ?? t("detention.noName")}
            </b>
            <ClockBadge clock={clock} short />
          </a>
        </li>
      ))}
    </ul>
  );
}
