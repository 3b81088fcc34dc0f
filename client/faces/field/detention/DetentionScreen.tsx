import { useTranslation } from "react-i18next";
import type { ClockDto } from "../../../../shared/domain/kernel/clock.ts";
import type { StoredRecord } from "../../../store/dto.ts";
import { useRecord } from "../../../store/use-records.ts";
import { ClockBadge } from "../../../ui/ClockBadge.tsx";
import { Icon } from "../../../ui/icons.tsx";
import { detentionProgress } from "../detention-steps.ts";
import { Screen } from "../parts/Screen.tsx";
import { useItemsAbout, useUnrecorded } from "../use-field-records.ts";
import { type About, aboutSent } from "./about.ts";
import { DetentionStepRow } from "./DetentionStepRow.tsx";
import { StepForm } from "./StepForm.tsx";

/** One person held, from control to intake or release: as recorded, and as reported from here. */
export function DetentionScreen({ id }: { id: string }) {
  const { t } = useTranslation(["field", "domain"]);
  const record = useRecord("detention", id);
  const items = useItemsAbout({ type: "detention", id });
  const sent = aboutSent(items);
  const kind = record?.dto.kind ?? sent?.kind;
  if (!kind) {
    return (
      <Screen title={t("detention.title")}>
        <p className="f-empty">{t("detention.gone")}</p>
      </Screen>
    );
  }
  const label = record?.dto.subject?.label ?? sent?.subject?.label ?? t("detention.noName");
  return (
    <Screen title={`${t(`domain:detention.kind.${kind}`)} ${label}`}>
      {record ? <Facts record={record} /> : <p className="f-note">{t("detention.onlyHere")}</p>}
      <Steps id={id} record={record} about={record ? undefined : sent} kind={kind} />
      <ClocksInFull clocks={record?.dto.clocks ?? []} />
    </Screen>
  );
}

/** Marks first, then the clocks: what limits the person's liberty is never folded away. */
function Facts({ record: { dto } }: { record: StoredRecord<"detention"> }) {
  const { t } = useTranslation(["field", "domain"]);
  const marks = [
    dto.emergency && !dto.approvedRetro ? "domain:detention.emergency" : undefined,
    dto.overtime ? "domain:detention.overtime" : undefined,
    dto.stub ? "domain:detention.stub" : undefined,
  ].filter((mark) => mark !== undefined);
  return (
    <section className="f-card">
      <p className="f-op-head">
        <span className="f-state">{dto.state ? t(`domain:detention.state.${dto.state}`) : ""}</span>
        {marks.map((mark) => (
          <em key={mark} className="f-emergency">
            <Icon name="soon" /> {t(mark)}
          </em>
        ))}
      </p>
      <p className="f-second">
        {[dto.caseNo, dto.warrantNo, dto.decisionNo].filter(Boolean).join(" · ")}
      </p>
      <div className="f-liberty">
        {running(dto.clocks).map((clock) => (
          <ClockBadge key={clock.name} clock={clock} short />
        ))}
      </div>
    </section>
  );
}

const running = (clocks: readonly ClockDto[] = []): readonly ClockDto[] =>
  clocks.filter((clock) => clock.endedAt === undefined).sort((a, b) => a.dueAt - b.dueAt);

/** Every clock with its article and who must act, the ended ones too. */
function ClocksInFull({ clocks }: { clocks: readonly ClockDto[] }) {
  const { t } = useTranslation("field");
  if (clocks.length === 0) return null;
  return (
    <section className="f-card" aria-label={t("liberty.title")}>
      <h2 className="f-h2">{t("liberty.title")}</h2>
      <div className="f-clocks">
        {clocks.map((clock) => (
          <ClockBadge key={clock.name} clock={clock} />
        ))}
      </div>
    </section>
  );
}

interface StepsProps {
  readonly id: string;
  readonly kind: About["kind"];
  readonly record: StoredRecord<"detention"> | undefined;
  readonly about: About | undefined;
}

function Steps({ id, kind, record, about }: StepsProps) {
  const { t } = useTranslation("field");
  const items = useUnrecorded(useItemsAbout({ type: "detention", id }));
  const unrecorded = items.map((item) => ({ id: item.id, kind: item.envelope.kind }));
  const { steps, refusable, ended } = detentionProgress(kind, record?.dto, unrecorded);
  return (
    <>
      <ol className="f-steps">
        {steps.map((step) => (
          <DetentionStepRow
            key={step.report}
            step={step}
            item={items.find((item) => item.id === step.sentId)}
            detention={{ id, kind, record, about }}
          />
        ))}
      </ol>
      {refusable ? (
        <details className="f-details">
          <summary>{t("detention.refusedIntake")}</summary>
          <StepForm report="detention.refuseIntake" detention={{ id, kind, record, about }} />
        </details>
      ) : null}
      {ended ? <p className="f-note">{t("detention.ended")}</p> : null}
    </>
  );
}
