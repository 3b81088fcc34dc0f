import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { can } from "../../../../shared/domain/authority/can.ts";
import type { Ref } from "../../../../shared/domain/kernel/ref.ts";
import { locateRef } from "../../../map/locate.ts";
import { actorOf, relationTo } from "../../../store/acts.ts";
import type { StoredRecord } from "../../../store/dto.ts";
import { useStores } from "../../../store/stores-context.tsx";
import { useRecordMap } from "../../../store/use-records.ts";
import { useHello } from "../../../store/use-session.ts";
import { useNow } from "../../../ui/use-now.tsx";
import { useDesk } from "../desk/desk-context.tsx";
import { KeyHint } from "../desk/KeyHint.tsx";
import { useNames } from "../desk/names.tsx";
import { recordTitle } from "../desk/record-title.ts";
import { CandidateList } from "./CandidateList.tsx";
import {
  type Candidate,
  type Candidates,
  candidatesFor,
  DETOUR,
  type Fix,
  SPEED_KMH,
} from "./candidates.ts";

/** Who could help, how far away, and why; from live positions, as estimates (CON-11). */
export function DispatchPanel({ about }: { about: Ref }) {
  const { t } = useTranslation("console");
  const { records } = useStores();
  const record = useStore(records, (s) =>
    (s.maps[about.type] as ReadonlyMap<string, StoredRecord>).get(about.id),
  );
  const candidates = useCandidates(record);
  return (
    <section className="dispatch" aria-label={t("dispatch.title")}>
      <DispatchHeader record={record} />
      {record === undefined ? <p className="second">{t("record.gone")}</p> : null}
      {record && !candidates ? <p className="second">{t("dispatch.noPlace")}</p> : null}
      {record && candidates ? <Lists record={record} candidates={candidates} /> : null}
      <p className="second">{t("dispatch.estimate", { speed: SPEED_KMH, detour: DETOUR })}</p>
    </section>
  );
}

function DispatchHeader({ record }: { record: StoredRecord | undefined }) {
  const { t } = useTranslation("console");
  const names = useNames();
  const { store } = useDesk();
  return (
    <header className="record-head">
      <h2>{t("dispatch.title")}</h2>
      <p>
        <span className="second">{record ? recordTitle(record, t, names).title : ""}</span>
        <button
          type="button"
          className="plain-button close"
          onClick={() => store.getState().setDispatch(null)}
        >
          <KeyHint k="Esc" /> {t("common:action.back")}
        </button>
      </p>
    </header>
  );
}

function Lists({ record, candidates }: { record: StoredRecord; candidates: Candidates }) {
  const { t } = useTranslation("console");
  const { officers, units, withoutPosition } = candidates;
  const { reachable, others } = useReachable(candidates.courts);
  return (
    <>
      <CandidateList title={t("dispatch.officers")} list={officers} record={record} />
      {withoutPosition > 0 ? (
        <p className="second">{t("dispatch.withoutPosition", { n: withoutPosition })}</p>
      ) : null}
      <CandidateList title={t("dispatch.units")} list={units} record={record} />
      <CandidateList title={t("dispatch.courts")} list={reachable} record={record} />
      {others > 0 ? <p className="second">{t("dispatch.unreachable", { n: others })}</p> : null}
    </>
  );
}

/** No sideways command: courts that this desk may not even write to are counted, not listed. */
function useReachable(courts: readonly Candidate[]) {
  const hello = useHello();
  const known = useRecordMap("court");
  const actor = actorOf(hello);
  const others = courts.filter(({ id }) => id !== actor?.courtId);
  const reachable = others.filter(
    ({ id }) =>
      actor &&
      !can(actor, "message.send", relationTo(actor.courtId, { dto: { courtId: id } }, known), {}),
  );
  return { reachable, others: others.length - reachable.length };
}

/** Looked at again each second; undefined while nothing says where help is needed. */
function useCandidates(record: StoredRecord | undefined): Candidates | undefined {
  const { records, positions } = useStores();
  const { map } = useDesk();
  const now = useNow(1_000);
  if (!record) return undefined;
  const { maps } = records.getState();
  const fixOf = (officer: StoredRecord<"officer">): Fix | undefined => {
    const index = officer.dto.trackIndex;
    const at = index === undefined ? 0 : (positions.arrays.at[index] ?? 0);
    if (index === undefined || at === 0) return undefined;
    return { lat: positions.arrays.lat[index] ?? 0, lng: positions.arrays.lng[index] ?? 0, at };
  };
  const locate = (id: string | undefined) => {
    const officer = id === undefined ? undefined : maps.officer.get(id);
    return officer && fixOf(officer);
  };
  const at = locateRef(record, maps, map.current?.fleet ?? { locate });
  if (!at) return undefined;
  const dto = record.dto as {
    readonly courtId?: string;
    readonly operationId?: string;
    readonly hostCourtId?: string;
    readonly reporterId?: string;
  };
  const target = {
    at,
    courtId: dto.courtId ?? "",
    operationId: record.type === "operation" ? record.id : dto.operationId,
    hostCourtId: dto.hostCourtId,
    exceptOfficerId: dto.reporterId,
  };
  return candidatesFor(target, maps, fixOf, now);
}
