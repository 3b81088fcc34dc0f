import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { can } from "../../../../shared/domain/authority/can.ts";
import { isForce } from "../../../../shared/domain/unit/kinds.ts";
import { LIAISON_CATALOGUE } from "../../../../shared/domain/unit/liaison-catalogue.ts";
import { actorOf, relationTo, tierPath } from "../../../store/acts.ts";
import type { StoredRecord } from "../../../store/dto.ts";
import type { RecordMaps } from "../../../store/records.ts";
import { useStores } from "../../../store/stores-context.tsx";
import { useHello } from "../../../store/use-session.ts";
import { useNames } from "../desk/names.tsx";
import { recordTitle } from "../desk/record-title.ts";
import { useViewer } from "../desk/use-viewer.ts";
import { OVERSIGHT_CHOICES, type OversightChoice, oversightOptions } from "./oversight-options.ts";
import type { Task } from "./task.ts";

export type Choosable =
  | OversightChoice
  | "officer"
  | "officers"
  | "unit"
  | "court"
  | "lineCourt"
  | "ownOrder"
  | "assets"
  | "addressee";

/** Says in whose district a place lies, which may be any court's. */
const ANY_COURT: ReadonlySet<string> = new Set([
  "operation.open",
  "operation.draft",
  "operation.revise",
]);

const isOversight = (what: Choosable): what is OversightChoice => OVERSIGHT_CHOICES.has(what);

export interface Option {
  readonly value: string;
  readonly label: string;
}

/** The police are called; what a linked unit can be asked for stands in the catalogue. */
const offers =
  (kind: string) =>
  ({ dto }: StoredRecord<"unit">): boolean => {
    if (dto.kind === undefined) return false;
    return kind === "liaison.send"
      ? LIAISON_CATALOGUE.some(({ unit }) => unit === dto.kind)
      : isForce(dto.kind);
  };

const isForces = (kind: string): boolean => kind === "order.resource";

const ownCourt = (maps: RecordMaps, courtId: string) => {
  const court = maps.court.get(courtId);
  return court ? [court] : [];
};

/** Courts of the record's own line below this one, to which it may be handed back. */
function lineBelow({ base }: Task, courtId: string, courts: RecordMaps["court"]): string[] {
  const of = (base?.dto as { readonly courtId?: string } | undefined)?.courtId;
  const path = of === undefined ? [] : tierPath(of, courts);
  const here = path.indexOf(courtId);
  return here === -1 ? [] : path.slice(here + 1);
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
    /** Of what is chosen beside the addressee authority says nothing: the own district is offered. */
    const isBelow = (court: StoredRecord<"court">, { kind, base }: Task) =>
      base && kind.endsWith(".designate")
        ? tierPath(court.id, maps.court).includes(courtId)
        : reaches(court);
    const officerOption = ({ id, dto }: StoredRecord<"officer">): Option => ({
      value: id,
      label: [names.officer(id), dto.duty && t(`domain:duty.${dto.duty}`)]
        .filter(Boolean)
        .join(" · "),
    });
    // Who is lent here counts among the own people; who is lent away is said by the server.
    const own = [...maps.officer.values()].filter(
      ({ dto }) => dto.courtId === courtId || dto.lent?.courtId === courtId,
    );
    const others = [...maps.court.values()].filter(({ id }) => id !== courtId);
    if (isOversight(what))
      return oversightOptions(what, { maps, names, hello, base: task.base, t });
    const each: Exclude<Choosable, OversightChoice> = what;
    switch (each) {
      case "officer":
      case "officers":
        return own.map(officerOption);
      case "unit":
        return [...maps.unit.values()].filter(offers(task.kind)).map(({ id, dto }) => ({
          value: id,
          label: [dto.name ?? id, dto.dutyPhone].filter(Boolean).join(" · "),
        }));
      case "assets":
        return [...maps.asset.values()]
          .filter(({ dto }) => dto.courtId === courtId)
          .map(({ id, dto }) => ({
            value: id,
            label: [dto.plateOrSn ?? id, dto.kind && t(`domain:asset.kind.${dto.kind}`)]
              .filter(Boolean)
              .join(" · "),
          }));
      case "court":
        // The host court may be any; an order only goes to those that it may command.
        return [...(isForces(task.kind) ? ownCourt(maps, courtId) : []), ...others]
          .filter(
            (court) => ANY_COURT.has(task.kind) || court.id === courtId || isBelow(court, task),
          )
          .map(({ id }) => ({ value: id, label: names.court(id) }));
      case "lineCourt":
        return lineBelow(task, courtId, maps.court).map((id) => ({
          value: id,
          label: names.court(id),
        }));
      case "ownOrder":
        return [...maps.order.values()]
          .filter(({ dto }) => dto.courtId === courtId && !dto.effect)
          .map((order) => {
            const { title, state } = recordTitle(order, t, names);
            return { value: order.id, label: `${title} · ${state}` };
          });
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
