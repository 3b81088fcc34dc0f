import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Ref } from "../../../../shared/domain/kernel/ref.ts";
import type { StoredRecord } from "../../../store/dto.ts";
import { useUi } from "../../../store/use-session.ts";
import { Part } from "../../../ui/Failed.tsx";
import { ActionBar } from "../actions/ActionBar.tsx";
import { KeyHint } from "../desk/KeyHint.tsx";
import { KindIcon } from "../desk/KindIcon.tsx";
import { useNames } from "../desk/names.tsx";
import { recordTitle } from "../desk/record-title.ts";
import { HoldPart } from "../hold/HoldPart.tsx";
import { PlanView } from "../operation/PlanView.tsx";
import { StageBand } from "../operation/StageBand.tsx";
import { Clocks } from "./Clocks.tsx";
import { Conflicts } from "./Conflicts.tsx";
import { FactList } from "./FactList.tsx";
import { Liaison } from "./Liaison.tsx";
import { Messages } from "./Messages.tsx";
import { Oversight } from "./Oversight.tsx";
import { PoliceAnswers } from "./PoliceAnswers.tsx";
import { Receipts } from "./Receipts.tsx";
import { Subject } from "./Subject.tsx";
import { Team } from "./Team.tsx";
import { Timeline } from "./Timeline.tsx";
import { useSelected } from "./use-selected.ts";

/** The selected record: what it is, what can be done, what is known, how it came about. */
export function RecordPanel({ selection }: { selection: Ref }) {
  const { t } = useTranslation("console");
  const selected = useSelected(selection);
  if (selected.kind === "gone") {
    return (
      <div className="empty">
        <p>{t("record.gone")}</p>
        <p className="second">{t("record.goneHow")}</p>
      </div>
    );
  }
  const { record } = selected;
  return (
    <article className="record" key={`${record.type}:${record.id}`}>
      <RecordHeader record={record} ended={selected.kind === "ended"} />
      {record.type === "operation" ? <StageBand dto={record.dto} /> : null}
      {selected.kind === "live" ? <ActionBar record={record} /> : null}
      {record.type === "operation" ? (
        <PlanView record={record as StoredRecord<"operation">} />
      ) : null}
      {record.type === "incident" || record.type === "police" ? (
        <HoldPart record={record as StoredRecord<"incident">} />
      ) : null}
      <Clocks record={record} />
      <RecordParts record={record} />
    </article>
  );
}

function RecordHeader({ record, ended }: { record: StoredRecord; ended: boolean }) {
  const { t } = useTranslation("console");
  const names = useNames();
  const select = useUi((s) => s.select);
  const { title, state } = recordTitle(record, t, names);
  const heading = useRef<HTMLHeadingElement>(null);
  // Whoever opened it by key goes on by key.
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <header className="record-head">
      <h2 ref={heading} tabIndex={-1}>
        <KindIcon type={record.type} /> {title}
      </h2>
      <p>
        <b className="chip">{state}</b>
        {ended && record.type !== "message" ? <b className="chip">{t("record.ended")}</b> : null}
        <span className="second">
          {names.court((record.dto as { readonly courtId?: string }).courtId)}
        </span>
        <button
          type="button"
          className="plain-button close"
          onClick={() => select(null)}
          aria-label={t("common:action.close")}
        >
          <KeyHint k="Esc" /> ✕
        </button>
      </p>
    </header>
  );
}

const HAS_TIMELINE: ReadonlySet<string> = new Set([
  "incident",
  "police",
  "detention",
  "order",
  "report",
  "operation",
  "shift",
  "rollcall",
  "notice",
  "delegation",
  "supervision",
  "observer",
  "opinion",
  "liaison",
  "suggestion",
]);

function RecordParts({ record }: { record: StoredRecord }) {
  const { subject } = record.dto as StoredRecord<"detention">["dto"];
  const hasMessages = record.type === "officer" || record.type === "court";
  return (
    <Part>
      {subject ? <Subject key={subject.id} subject={subject} /> : null}
      <FactList record={record} />
      <Team record={record} />
      {record.type === "order" ? <Receipts record={record as StoredRecord<"order">} /> : null}
      {record.type === "police" ? (
        <PoliceAnswers record={record as StoredRecord<"police">} />
      ) : null}
      <Oversight record={record} />
      <Liaison record={record} />
      <Conflicts record={record} />
      {hasMessages ? <Messages record={record} /> : null}
      {HAS_TIMELINE.has(record.type) ? <Timeline record={record} /> : null}
    </Part>
  );
}
