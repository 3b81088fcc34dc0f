import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useOutboxState } from "../../../link/outbox-context.tsx";
import type { StoredRecord } from "../../../store/dto.ts";
import { useRecordMap, useRecords } from "../../../store/use-records.ts";
import { ClockBadge } from "../../../ui/ClockBadge.tsx";
import { waitingDetentions } from "../my-detentions.ts";
import { Screen } from "../parts/Screen.tsx";
import { hrefOf } from "../route.ts";
import { useCursorSeq, useMyOperations } from "../use-field-records.ts";
import { type About, aboutSent } from "./about.ts";

/** Whom this phone has to do with; those already decided come before making another. */
export function DetentionsScreen() {
  const { t } = useTranslation(["field", "domain"]);
  const records = useRecords("detention");
  const operation = useMyOperations()[0];
  const waiting = useMemo(() => waitingDetentions(records, operation?.id), [records, operation]);
  const running = records.filter((record) => !waiting.includes(record));
  const unknown = useUnknown();
  return (
    <Screen title={t("detention.title")}>
      {waiting.length > 0 ? <h2 className="f-h2">{t("detention.decided")}</h2> : null}
      {waiting.map((record) => (
        <DetentionRow key={record.id} record={record} />
      ))}
      {running.length > 0 || unknown.length > 0 ? (
        <h2 className="f-h2">{t("detention.running")}</h2>
      ) : null}
      {unknown.map(({ id, about }) => (
        <UnknownRow key={id} id={id} about={about} />
      ))}
      {running.map((record) => (
        <DetentionRow key={record.id} record={record} />
      ))}
      {records.length === 0 && unknown.length === 0 ? (
        <p className="f-empty">{t("detention.none")}</p>
      ) : null}
      <h2 className="f-h2">{t("detention.other")}</h2>
      <nav className="f-pair">
        <a className="f-button" href={hrefOf({ screen: "newDetention", kind: "COMPEL" })}>
          {t("domain:detention.kind.COMPEL")}
        </a>
        <a className="f-button" href={hrefOf({ screen: "newDetention", kind: "DETAIN" })}>
          {t("domain:detention.kind.DETAIN")}
        </a>
      </nav>
    </Screen>
  );
}

/** Records that only this phone knows so far. */
function useUnknown(): readonly { readonly id: string; readonly about: About }[] {
  const items = useOutboxState((s) => s.items);
  const known = useRecordMap("detention");
  const cursorSeq = useCursorSeq();
  return useMemo(() => {
    const open = items.filter(
      ({ envelope, stage }) =>
        envelope.ref.type === "detention" &&
        !known.has(envelope.ref.id) &&
        (stage.kind !== "server" || stage.seq > cursorSeq),
    );
    return [...new Set(open.map(({ envelope }) => envelope.ref.id))].flatMap((id) => {
      const about = aboutSent(open.filter(({ envelope }) => envelope.ref.id === id));
      return about ? [{ id, about }] : [];
    });
  }, [items, known, cursorSeq]);
}

function DetentionRow({ record }: { record: StoredRecord<"detention"> }) {
  const { t } = useTranslation(["field", "domain"]);
  const { kind, state, subject, caseNo, emergency, clocks = [] } = record.dto;
  const running = clocks.filter((clock) => clock.liberty && clock.endedAt === undefined);
  return (
    <a className="f-row f-row-tall" href={hrefOf({ screen: "detention", id: record.id })}>
      <span>
        <b>
          {kind ? t(`domain:detention.kind.${kind}`) : ""} {subject?.label ?? t("detention.noName")}
        </b>
        <small>{caseNo}</small>
        {running.map((clock) => (
          <ClockBadge key={clock.name} clock={clock} short />
        ))}
      </span>
      <span className="f-second">
        {state ? t(`domain:detention.state.${state}`) : ""}
        {emergency ? <em className="f-emergency">{t("domain:detention.emergency")}</em> : null}
      </span>
      <span aria-hidden="true">▸</span>
    </a>
  );
}

function UnknownRow({ id, about }: { id: string; about: About }) {
  const { t } = useTranslation(["field", "domain"]);
  return (
    <a className="f-row" href={hrefOf({ screen: "detention", id })}>
      <b>
        {t(`domain:detention.kind.${about.kind}`)} {about.subject?.label ?? t("detention.noName")}
      </b>
      <span className="f-second">{t("detention.onlyHere")}</span>
      <span aria-hidden="true">▸</span>
    </a>
  );
}
