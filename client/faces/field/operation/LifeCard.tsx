import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useOutbox, useOutboxState } from "../../../link/outbox-context.tsx";
import type { StoredRecord } from "../../../store/dto.ts";
import { useRecords } from "../../../store/use-records.ts";
import { useHello } from "../../../store/use-session.ts";
import { formatDuration } from "../../../ui/format-time.ts";
import { useLanguage } from "../../../ui/use-language.ts";
import { useNow } from "../../../ui/use-now.tsx";
import { useField } from "../field-services.tsx";
import { CameBack, StageOfItem } from "../parts/SendButton.tsx";
import { isAbout, madeAt } from "../sent.ts";
import { useMyOperations, useUnrecorded } from "../use-field-records.ts";
import { lifeView, mayBegin, myCheckIn } from "./life.ts";

type CheckIn = StoredRecord<"checkin">;

/** 现场平安报告: one press says that I am safe; the phone says when it is due. On every screen. */
export function LifeCard() {
  const me = useHello()?.officerId;
  const record = myCheckIn(useRecords("checkin"), me);
  const operation = useMyOperations().find(({ dto }) => me !== undefined && mayBegin(dto, me));
  if (record) return <Running record={record} />;
  return operation ? <Begin operationId={operation.id} /> : null;
}

function Begin({ operationId }: { operationId: string }) {
  const { t } = useTranslation("operation");
  const outbox = useOutbox();
  const { platform } = useField();
  const items = useOutboxState((s) => s.items).filter(
    ({ envelope }) =>
      envelope.kind === "checkin.begin" && envelope.payload.operationId === operationId,
  );
  const onItsWay = useUnrecorded(items).at(-1);
  const refused = items.at(-1);
  const begin = () =>
    void outbox.submit({
      kind: "checkin.begin",
      ref: { type: "checkin", id: platform.newId() },
      payload: { operationId },
    });
  return (
    <section className="f-card f-life" aria-label={t("field.life.title")}>
      {onItsWay ? (
        <p className="f-sent" role="status">
          <b>{t("field.life.begin")}</b>
          <StageOfItem item={onItsWay} />
        </p>
      ) : (
        <button type="button" className="f-button" onClick={begin}>
          {t("field.life.begin")}
        </button>
      )}
      {refused?.stage.kind === "refused" ? <CameBack item={refused} /> : null}
      <p className="f-note">{t("field.life.beginHow")}</p>
    </section>
  );
}

function Running({ record }: { record: CheckIn }) {
  const { t } = useTranslation("operation");
  const outbox = useOutbox();
  const { sign, signedAt } = useMySign(record.id);
  const view = lifeView(record.dto, useNow(1_000), signedAt);
  useDueVibration(view?.leftMs);
  if (!view) {
    return <p className="f-card f-life">{t("field.life.stopped")}</p>;
  }
  const press = () =>
    void outbox.submit({ kind: "checkin.sign", ref: { type: "checkin", id: record.id } });
  return (
    <section className="f-card f-life" data-look={view.look} aria-label={t("field.life.title")}>
      {view.told === "nobody" ? null : (
        <p className="f-warning" role="alert">
          {t(view.told === "parent" ? "field.life.toParent" : "field.life.toCentre")}
        </p>
      )}
      <div className="f-life-row">
        <Countdown leftMs={view.leftMs} />
        <button
          type="button"
          className="f-button"
          data-look={view.look === "running" ? "plain" : "next"}
          onClick={press}
        >
          {t("field.life.sign")}
        </button>
      </div>
      {sign ? <StageOfItem item={sign} /> : null}
    </section>
  );
}

function Countdown({ leftMs }: { leftMs: number }) {
  const { t } = useTranslation("operation");
  const language = useLanguage();
  return (
    <p className="f-life-left" role="timer">
      <span>{t(leftMs > 0 ? "field.life.title" : "field.life.due")}</span>
      <b>
        <small>{t(leftMs > 0 ? "field.life.left" : "field.life.over")}</small>{" "}
        {formatDuration(leftMs, language)}
      </b>
    </p>
  );
}

/** The newest sign of this phone that the records do not show yet, and when it was made, server ms. */
function useMySign(checkinId: string) {
  const { platform } = useField();
  const now = useNow(1_000);
  const items = useOutboxState((s) => s.items).filter(
    (item) =>
      item.envelope.kind === "checkin.sign" && isAbout(item, { type: "checkin", id: checkinId }),
  );
  const sign = useUnrecorded(items).at(-1);
  return { sign, signedAt: sign ? now - (platform.wallMs() - madeAt(sign)) : undefined };
}

const AGAIN_MS = 10_000;

/** Once when it is due, and again every ten seconds until it is signed. */
function useDueVibration(leftMs: number | undefined): void {
  const { device } = useField();
  const turn = leftMs === undefined || leftMs > 0 ? -1 : Math.floor(-leftMs / AGAIN_MS);
  useEffect(() => {
    if (turn >= 0) device.vibrate([400, 200, 400]);
  }, [turn, device]);
}
