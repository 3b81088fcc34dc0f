import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { can } from "../../../../shared/domain/authority/can.ts";
import { actorOf, relationTo } from "../../../store/acts.ts";
import type { StoredRecord } from "../../../store/dto.ts";
import { useStores } from "../../../store/stores-context.tsx";
import { useHello } from "../../../store/use-session.ts";
import { useNames } from "../desk/names.tsx";
import { useViewer } from "../desk/use-viewer.ts";
import { OVERSIGHT_CHOICES, type OversightChoice, oversightOptions } from "./oversight-options.ts";
import type { Task } from "./task.ts";

export type Choosable =
  | OversightChoice
  | "officer"
  | "officers"
  | "unit"
  | "court"
  | "assets"
  | "addressee";

const isOversight = (what: Choosable): what is OversightChoice => OVERSIGHT_CHOICES.has(what);

export interface Option {
  readonly value: string;
  readonly label: string;
}

/** What may be chosen: own people and things, and courts and persons that the act may reach. */
export function useRecordOptions(what: Choosable, task: Task): Option[] {
  const { t } = useTranslation("console");
  const maps = useStore(useStores().records, (s) => s.maps);
  const names = useNames();
  const { courtId } = useViewer();
  const hello = useHello();
  return useMemo(() => {
    const reaches = (record: StoredRecord) => {
      const actor = actorOf(hello);
      return actor
        ? !can(actor, task.kind, relationTo(actor.courtId, record, maps.court), {})
        : false;
    };
    const officerOption = ({ id, dto }: StoredRecord<"officer">): Option => ({
      value: id,
      label: [names.officer(id), dto.duty && t(`domain:duty.${dto.duty}`)]
        .filter(Boolean)
        .join(" · "),
    });
    const own = [...maps.officer.values()].filter(({ dto }) => dto.courtId === courtId);
    const others = [...maps.court.values()].filter(({ id }) => id !== courtId);
    if (isOversight(what))
      return oversightOptions(what, { maps, names, hello, base: task.base, t });
    const each: Exclude<Choosable, OversightChoice> = what;
    switch (each) {
      case "officer":
      case "officers":
        return own.map(officerOption);
      case "unit":
        return [...maps.unit.values()].map(({ id, dto }) => ({
          value: id,
          label: [dto.name ?? id, dto.dutyPhone].filter(Boolean).join(" · "),
        }));
      case "assets":
        return [...maps.asset.values()]
          .filter(({ dto }) => dto.courtId === courtId)
          .map(({ id, dto }) => ({ value: id, label: dto.plateOrSn ?? id }));
      case "court":
        // The host court may be any; an order only goes to those that it may command.
        return others
          .filter((court) => task.kind === "operation.open" || reaches(court))
          .map(({ id }) => ({ value: id, label: names.court(id) }));
      case "addressee":
        return [
          ...others
            .filter(reaches)
            .map(({ id }) => ({ value: `court:${id}`, label: names.court(id) })),
          ...[...maps.officer.values()]
            .filter((officer) => officer.id !== hello?.officerId && reaches(officer))
            .map((officer) => {
              const { value, label } = officerOption(officer);
              return {
                value: `officer:${value}`,
                label: `${label} · ${names.court(officer.dto.courtId)}`,
              };
            }),
        ];
    }
  }, [what, task, maps, names, courtId, hello, t]);
}
