import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useRecordMap } from "../../store/use-records.ts";
import { Countdown, DueLine } from "./Countdown.tsx";
import { FitList } from "./FitList.tsx";
import { type LibertyRow, libertyRows } from "./liberty.ts";
import { Panel } from "./Panel.tsx";
import { createSubjectLetters, type SubjectLetters } from "./subject-letters.ts";
import { useCourtName } from "./use-courts.ts";

/** 羁押时钟: every running clock on somebody's liberty, the least time left on top. */
export function LibertyPanel() {
  const { t } = useTranslation("wall");
  const detentions = useRecordMap("detention");
  const [letters] = useState(createSubjectLetters);
  const rows = libertyRows(detentions.values());
  return (
    <Panel
      title={t("liberty.title")}
      count={rows.length}
      tone={rows.length > 0 ? "liberty" : undefined}
      rows={rows.length}
    >
      <FitList
        items={rows}
        keyOf={(row) => row.key}
        row={(row) => <Row row={row} letters={letters} />}
        empty={t("liberty.empty")}
      />
    </Panel>
  );
}

function Row({ row, letters }: { row: LibertyRow; letters: SubjectLetters }) {
  const { t } = useTranslation("wall");
  const nameOf = useCourtName();
  const { dto, id } = row.detention;
  return (
    <div className="wall-item" data-liberty="">
      <Countdown clock={row.clock} />
      <p className="wall-item-main">
        {t("liberty.who", {
          letter: letters.letterOf(id),
          kind: t(`domain:detention.kind.${dto.kind ?? "COMPEL"}`),
          state: dto.state ? t(`domain:detention.state.${dto.state}`) : "",
        })}
      </p>
      <DueLine clock={row.clock} place={nameOf(dto.courtId)} />
    </div>
  );
}
