import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { StoredRecord } from "../../../store/dto.ts";
import { useRecords } from "../../../store/use-records.ts";
import { ClockBadge } from "../../../ui/ClockBadge.tsx";
import { type Held, heldPersons } from "../my-detentions.ts";
import { hrefOf } from "../route.ts";

const useHeld = (): readonly Held[] => {
  const records = useRecords("detention");
  return useMemo(() => heldPersons(records), [records]);
};

/** Somebody is held: every clock of liberty this phone knows, always on the home screen. */
export function LibertyClocks() {
  const { t } = useTranslation("field");
  const held = useHeld();
  if (held.length === 0) return null;
  return (
    <ul className="f-liberty" aria-label={t("liberty.title")}>
      {held.map(({ detention, clocks }) => (
        <li key={detention.id}>
          <a href={hrefOf({ screen: "detention", id: detention.id })}>
            <Who detention={detention} />
            {clocks.map((clock) => (
              <ClockBadge key={clock.name} clock={clock} short />
            ))}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** On the other screens: the clock that is due next, and how many more there are. */
export function LibertyStrip() {
  const { t } = useTranslation(["field", "common"]);
  const held = useHeld();
  const first = held[0];
  const clock = first?.clocks[0];
  if (!first || !clock) return null;
  const more = held.reduce((sum, { clocks }) => sum + clocks.length, -1);
  return (
    <a className="f-strip" href={hrefOf({ screen: "detention", id: first.detention.id })}>
      <Who detention={first.detention} />
      <ClockBadge clock={clock} short />
      {more > 0 ? <small>{t("common:list.more", { n: more })}</small> : null}
    </a>
  );
}

function Who({ detention: { dto } }: { detention: StoredRecord<"detention"> }) {
  const { t } = useTranslation(["field", "domain"]);
  return (
    <b>
      {dto.kind ? t(`domain:detention.kind.${dto.kind}`) : ""}{" "}
      {dto.subject?.label ?? t("detention.noName")}
    </b>
  );
}
