import { createContext, type ReactNode, useContext, useMemo } from "react";
import { courtShortNames } from "../../../map/court-name.ts";
import { useRecordMap } from "../../../store/use-records.ts";

/** What courts, officers and units are called on this console. */
export interface Names {
  court(id: string | undefined): string;
  /** Name and title where the view has them, else surname and title. */
  officer(id: string | undefined): string;
  /** Persons of another court may not be in the view: then what to say instead. */
  officerOr(id: string | undefined, otherwise: string): string;
  unit(id: string | undefined): string;
}

const NamesContext = createContext<Names | undefined>(undefined);

export function NamesProvider({ children }: { children: ReactNode }) {
  const courts = useRecordMap("court");
  const officers = useRecordMap("officer");
  const units = useRecordMap("unit");
  const shorts = useMemo(() => courtShortNames(courts), [courts]);
  const names = useMemo<Names>(
    () => ({
      court: (id) => (id === undefined ? "" : (shorts.get(id) ?? id)),
      officer: (id) => (id === undefined ? "" : officerName(officers.get(id)?.dto, id)),
      officerOr: (id, otherwise) =>
        id !== undefined && officers.has(id) ? officerName(officers.get(id)?.dto, id) : otherwise,
      unit: (id) => (id === undefined ? "" : (units.get(id)?.dto.name ?? id)),
    }),
    [shorts, officers, units],
  );
  return <NamesContext value={names}>{children}</NamesContext>;
}

export function useNames(): Names {
  const names = useContext(NamesContext);
  if (!names) throw new Error("useNames outside NamesProvider");
  return names;
}

interface Named {
  readonly name?: string;
  readonly title?: string;
  readonly short?: string;
}

const officerName = (dto: Named | undefined, id: string): string =>
  dto?.name ? `${dto.name} ${dto.title ?? ""}`.trim() : (dto?.short ?? id);
