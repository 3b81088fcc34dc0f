import { useTranslation } from "react-i18next";
import { goingIds, hasShown, isBack } from "../../../operation/progress.ts";
import type { StoredRecord, TextView } from "../../../store/dto.ts";
import { Icon } from "../../../ui/icons.tsx";
import { wordsOf } from "../../../ui/words-of.ts";
import { useNames } from "../desk/names.tsx";
import { TimeText } from "../record/FactList.tsx";
import { ReportButton } from "./ReportButton.tsx";

type Row = StoredRecord<"operation">;

/** Who has shown the certificate on the scene, who is back safely, and whether the evidence is whole. */
export function Returns({ record }: { record: Row }) {
  const { dto } = record;
  if (dto.departureOrdered === undefined) return null;
  return (
    <>
      <Roll record={record} words="shown" has={(id) => hasShown(dto, id)} />
      <Roll record={record} words="back" has={(id) => isBack(dto, id)} />
      <Evidence record={record} />
    </>
  );
}

interface RollProps {
  readonly record: Row;
  readonly words: "shown" | "back";
  readonly has: (officerId: string) => boolean;
}

const COMMAND = { shown: "operation.showCredentials", back: "operation.reportSafe" } as const;

function Roll({ record, words, has }: RollProps) {
  const { t } = useTranslation("operation");
  const names = useNames();
  const going = goingIds(record.dto);
  const done = going.filter(has);
  return (
    <section className="drawer-part" aria-label={t(`${words}.title`)}>
      <h3>
        {t(`${words}.title`)}{" "}
        <span data-count={words}>{t(`${words}.count`, { n: done.length, m: going.length })}</span>
      </h3>
      <ul className="roll">
        {going.map((officerId) => (
          <li key={officerId} data-settled={has(officerId)}>
            <Icon name={has(officerId) ? "ended" : "running"} /> {names.officer(officerId)}
            {has(officerId) ? null : <span className="second">{t(`${words}.not`)}</span>}
            {has(officerId) || words === "back" ? null : (
              <ReportButton
                kind={COMMAND[words]}
                record={record}
                about={officerId}
                initial={{ officerId, certificate: true, uniform: true }}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Evidence({ record }: { record: Row }) {
  const { t } = useTranslation("operation");
  const names = useNames();
  const evidence = record.dto.facts?.evidence;
  const reason = evidence?.reason as TextView | undefined;
  return (
    <section className="drawer-part" aria-label={t("back.evidence")}>
      <h3>{t("back.evidence")}</h3>
      {evidence ? (
        <p>
          {t(evidence.complete ? "back.evidenceWhole" : "back.evidenceGap")}
          {reason === undefined ? null : <q>{wordsOf(reason, t)}</q>}
          <span className="second">
            {" "}
            {names.officer(evidence.by)} <TimeText at={evidence.at} />
          </span>
        </p>
      ) : (
        <p className="second">{t("back.evidenceNone")}</p>
      )}
      {evidence ? null : (
        <ReportButton
          kind="operation.attestEvidence"
          record={record}
          initial={{ complete: true }}
        />
      )}
    </section>
  );
}
