import { useTranslation } from "react-i18next";
import type { StoredRecord } from "../../../store/dto.ts";
import { useStores } from "../../../store/stores-context.tsx";
import { useRecordMap } from "../../../store/use-records.ts";
import { useUi } from "../../../store/use-session.ts";
import { AgeText } from "../../../ui/AgeText.tsx";
import { useNow } from "../../../ui/use-now.tsx";
import { useNames } from "../desk/names.tsx";

/** Officers of a record: who they are in it, their duty, and how old their position is. */
export function Team({ record }: { record: StoredRecord }) {
  const { t } = useTranslation("console");
  const members = membersOf(record);
  if (members.length === 0) return null;
  return (
    <section className="drawer-part" aria-label={t("team.title")}>
      <h3>
        {t("team.title")} <span className="second">{members.length}</span>
      </h3>
      <ul className="team">
        {members.map(({ id, part, name }) => (
          <Member key={id} id={id} part={part} name={name} />
        ))}
      </ul>
    </section>
  );
}

interface MemberOf {
  readonly id: string;
  readonly part: string;
  /** Surname and title, of one whose record may not be in the store. */
  readonly name?: string | undefined;
}

function membersOf({ dto, type }: StoredRecord): MemberOf[] {
  const of = dto as {
    readonly chiefCommanderId?: string;
    readonly sceneCommanderId?: string;
    readonly memberIds?: readonly string[];
    readonly escortIds?: readonly string[];
    readonly commandFromAbove?: { readonly chief?: string };
  };
  if (type !== "operation" && type !== "detention") return [];
  const named: (MemberOf | undefined)[] = [
    of.chiefCommanderId
      ? { id: of.chiefCommanderId, part: "chiefCommander", name: of.commandFromAbove?.chief }
      : undefined,
    of.sceneCommanderId ? { id: of.sceneCommanderId, part: "sceneCommander" } : undefined,
    ...(of.memberIds ?? []).map((id) => ({ id, part: "member" })),
    ...(of.escortIds ?? []).map((id) => ({ id, part: "escort" })),
  ];
  const seen = new Set<string>();
  return named
    .filter((member) => member !== undefined)
    .filter(({ id }) => !seen.has(id) && seen.add(id));
}

function Member({ id, part, name }: MemberOf) {
  const { t } = useTranslation("console");
  const names = useNames();
  const select = useUi((s) => s.select);
  const officer = useRecordMap("officer").get(id);
  const fixAt = useFixAt(officer?.dto.trackIndex);
  const duty = officer?.dto.duty;
  return (
    <li>
      <button type="button" className="link-button" onClick={() => select({ type: "officer", id })}>
        {names.officerOr(id, name ?? id)}
      </button>
      <span className="second">{t(`domain:part.${part}`)}</span>
      {duty ? <span className="second">{t(`domain:duty.${duty}`)}</span> : null}
      {fixAt ? <AgeText at={fixAt} /> : <span className="second">{t("team.noPosition")}</span>}
    </li>
  );
}

/** Positions go past rendering; their age is looked at once a second. */
export function useFixAt(trackIndex: number | undefined): number | undefined {
  const { positions } = useStores();
  useNow(1_000);
  if (trackIndex === undefined) return undefined;
  return positions.arrays.at[trackIndex] || undefined;
}
