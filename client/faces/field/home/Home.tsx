import { useTranslation } from "react-i18next";
import type { StoredRecord } from "../../../store/dto.ts";
import { useLoaded, useRecord, useRecords } from "../../../store/use-records.ts";
import { useHello } from "../../../store/use-session.ts";
import { DutyButton } from "../me/DutyButton.tsx";
import { PlanSteps } from "../operation/PlanSteps.tsx";
import { isIncoming } from "../receipts.ts";
import { hrefOf } from "../route.ts";
import { OpenSos } from "../sos/OpenSos.tsx";
import { useMyOperations, usePerson } from "../use-field-records.ts";
import { LibertyClocks } from "./LibertyClocks.tsx";
import { NextSteps } from "./NextStepButton.tsx";
import { OperationCard } from "./OperationCard.tsx";
import { OutboxLine } from "./OutboxLine.tsx";
import { PauseBanner } from "./PauseBanner.tsx";

export function Home() {
  const { t } = useTranslation("field");
  const loaded = useLoaded();
  return (
    <main className="f-main" aria-label={t("home")}>
      <OpenSos />
      {loaded ? <Operations /> : <Skeleton />}
      <Actions />
      <LibertyClocks />
      <OutboxLine />
    </main>
  );
}

function Operations() {
  const operations = useMyOperations();
  const [first, ...others] = operations;
  if (!first) return <NoOperation />;
  return (
    <>
      <OffDuty />
      <Current operation={first} />
      {others.map((operation) => (
        <OtherOperation key={operation.id} operation={operation} />
      ))}
    </>
  );
}

export function Current({ operation }: { operation: StoredRecord<"operation"> }) {
  const person = usePerson();
  const Steps = operation.dto.plan ? PlanSteps : NextSteps;
  return (
    <>
      <PauseBanner dto={operation.dto} />
      <OperationCard dto={operation.dto} />
      {person ? <Steps operation={operation} person={person} /> : null}
    </>
  );
}

function OtherOperation({ operation }: { operation: StoredRecord<"operation"> }) {
  const { t } = useTranslation("domain");
  const { code, kind, state } = operation.dto;
  return (
    <a className="f-row" href={hrefOf({ screen: "operation", id: operation.id })}>
      <span>
        {code} {kind ? t(`operation.kind.${kind}`) : ""}
      </span>
      <span className="f-second">{state ? t(`operation.state.${state}`) : ""}</span>
      <span aria-hidden="true">▸</span>
    </a>
  );
}

/** Empty: what would appear here, and how. */
export function NoOperation() {
  const { t } = useTranslation("field");
  return (
    <section className="f-empty">
      <b>{t("operation.none")}</b>
      <p>{t("operation.noneHow")}</p>
      <OffDuty />
    </section>
  );
}

/** Off duty nothing is tracked; going on duty is one press from here. */
function OffDuty() {
  const me = useRecord("officer", useHello()?.officerId);
  return me?.dto.duty === "OFF_DUTY" ? <DutyButton officer={me} look="next" /> : null;
}

/** Not a spinner: the shape of what comes. */
function Skeleton() {
  const { t } = useTranslation("common");
  return (
    <div className="f-skeleton" role="status" aria-label={t("list.loading")}>
      <i />
      <i />
      <i />
    </div>
  );
}

function Actions() {
  const { t } = useTranslation("field");
  const unread = useUnread();
  return (
    <nav className="f-actions" aria-label={t("actions.title")}>
      <a href={hrefOf({ screen: "requests" })}>{t("actions.police")}</a>
      <a href={hrefOf({ screen: "detentions" })}>{t("actions.detention")}</a>
      <a href={hrefOf({ screen: "newIncident" })}>{t("actions.incident")}</a>
      <a href={hrefOf({ screen: "messages" })} data-unread={unread > 0}>
        {t("actions.messages")}
        {unread > 0 ? <b>{unread}</b> : null}
      </a>
    </nav>
  );
}

function useUnread(): number {
  const me = useHello()?.officerId;
  return useRecords("message").filter((m) => isIncoming(m, me) && m.dto.state !== "READ").length;
}
