import { useState } from "react";
import { useTranslation } from "react-i18next";
import { maskField } from "../../../../shared/domain/authority/subject-mask.ts";
import type { PoliceRequestType, Urgency } from "../../../../shared/domain/police/state.ts";
import type { SubjectIdentity } from "../../../link/api.ts";
import { useOutbox } from "../../../link/outbox-context.tsx";
import { useField, usePosition } from "../field-services.tsx";
import { Choice } from "../parts/Choice.tsx";
import { Screen } from "../parts/Screen.tsx";
import { SubjectFields } from "../parts/SubjectFields.tsx";
import { TextField } from "../parts/TextField.tsx";
import { replaceWith } from "../route.ts";
import { EMPTY_SUBJECT, type SubjectEntry, splitSubject } from "../subject-entry.ts";
import { useMyOperations } from "../use-field-records.ts";
import { PAPER_OF, REQUEST_KINDS, URGENCIES, USUAL_URGENCY } from "./urgency.ts";

interface Entry {
  /** Chosen on purpose: a default would send the police for the wrong thing. */
  readonly kind: PoliceRequestType | undefined;
  readonly urgency: Urgency;
  readonly detail: string;
  readonly subject: SubjectEntry;
  /** Number of the paper that this kind of request takes. */
  readonly paperNo: string;
  /** In clear: goes to the vault, masked into the request. */
  readonly plate: string;
}

const FIRST: Entry = {
  kind: undefined,
  urgency: "P2",
  detail: "",
  subject: EMPTY_SUBJECT,
  paperNo: "",
  plate: "",
};

/** Two taps for the urgent case; a person and words only where they help. */
export function NewRequest() {
  const { t } = useTranslation(["field", "domain"]);
  const [entry, setEntry] = useState(FIRST);
  const set = (part: Partial<Entry>) => setEntry((before) => ({ ...before, ...part }));
  const send = useSend();
  return (
    <Screen title={t("police.new")}>
      <div className="f-form">
        <Choice
          legend={t("police.kind")}
          options={REQUEST_KINDS.map((value) => ({
            value,
            label: t(`domain:police.kind.${value}`),
          }))}
          value={entry.kind}
          onChange={(kind) => set({ kind, urgency: USUAL_URGENCY[kind] })}
        />
        <Choice
          legend={t("police.urgency")}
          columns={4}
          options={URGENCIES.map((value) => ({
            value,
            label: t(`domain:police.urgency.${value}`),
            note: t(`police.target.${value}`),
          }))}
          value={entry.urgency}
          onChange={(urgency) => set({ urgency })}
        />
        <WhereFrom />
        <TextField
          label={t("police.detail")}
          value={entry.detail}
          rows={3}
          maxLength={500}
          onChange={(detail) => set({ detail })}
        />
        <Papers entry={entry} onChange={set} />
        <details className="f-details" open={entry.kind === "SEIZE_VEHICLE"}>
          <summary>{t("police.subject")}</summary>
          <SubjectFields entry={entry.subject} onChange={(subject) => set({ subject })} />
        </details>
      </div>
      <div className="f-go">
        <button
          type="button"
          className="f-button"
          data-look="next"
          disabled={entry.kind === undefined || lacks(entry)}
          onClick={() => send(entry)}
        >
          {t(entry.kind ? "police.send" : "police.chooseKind")}
        </button>
      </div>
    </Screen>
  );
}

const lacks = ({ kind, paperNo, plate, subject }: Entry): boolean =>
  (kind !== undefined && PAPER_OF[kind] !== undefined && paperNo.trim() === "") ||
  (kind === "SEIZE_VEHICLE" && (plate.trim() === "" || subject.name.trim() === ""));

interface PapersProps {
  readonly entry: Entry;
  readonly onChange: (part: Partial<Entry>) => void;
}

/** Only for what the police do not do without a paper of the court. */
function Papers({ entry, onChange }: PapersProps) {
  const { t } = useTranslation("field");
  const paper = entry.kind && PAPER_OF[entry.kind];
  return (
    <>
      {paper ? (
        <TextField
          label={t(`police.${paper}`)}
          value={entry.paperNo}
          maxLength={60}
          onChange={(paperNo) => onChange({ paperNo })}
        />
      ) : null}
      {entry.kind === "SEIZE_VEHICLE" ? (
        <TextField
          label={t("police.plate")}
          value={entry.plate}
          maxLength={12}
          onChange={(plate) => onChange({ plate })}
        />
      ) : null}
    </>
  );
}

/** The place is where this phone is; without a fix the request goes without one, and says so. */
function WhereFrom() {
  const { t } = useTranslation("field");
  const fix = usePosition((s) => s.fix);
  if (!fix) return <p className="f-warning">{t("police.noFix")}</p>;
  return <p className="f-note">{t("police.place", { n: Math.round(fix.accuracyM ?? 0) })}</p>;
}

function papersOf({ kind, paperNo, plate }: Entry): Readonly<Record<string, string>> {
  const paper = kind && PAPER_OF[kind];
  const papers = paper ? { [paper]: paperNo.trim() } : {};
  return kind === "SEIZE_VEHICLE" ? { ...papers, plate: maskField("plate", plate) } : papers;
}

const withPlate = (identity: SubjectIdentity, { kind, plate }: Entry): SubjectIdentity =>
  kind === "SEIZE_VEHICLE" ? { ...identity, plate: plate.trim() } : identity;

function useSend() {
  const outbox = useOutbox();
  const { platform } = useField();
  const fix = usePosition((s) => s.fix);
  const operation = useMyOperations()[0];
  return (entry: Entry) => {
    const { kind, urgency, detail, subject } = entry;
    const halves = splitSubject(platform.newId(), subject);
    const text = detail.trim();
    const payload = {
      kind,
      urgency,
      ...(operation ? { operationId: operation.id } : {}),
      ...(operation?.dto.caseNo ? { caseNo: operation.dto.caseNo } : {}),
      ...(fix ? { place: { lat: fix.lat, lng: fix.lng } } : {}),
      ...(halves ? { subject: halves.ref } : {}),
      ...papersOf(entry),
      ...(text ? { detail: text } : {}),
    };
    const ref = { type: "police", id: platform.newId() } as const;
    void outbox.submit(
      { kind: "police.send", ref, payload },
      halves ? { subject: { id: halves.ref.id, identity: withPlate(halves.identity, entry) } } : {},
    );
    replaceWith({ screen: "requests" });
  };
}
