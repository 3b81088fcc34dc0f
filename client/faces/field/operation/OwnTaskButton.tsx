import { useTranslation } from "react-i18next";
import { type OperationDto, searchesPlace } from "../../../operation/progress.ts";
import type { StoredRecord } from "../../../store/dto.ts";
import type { Person } from "../field-actor.ts";
import { hrefOf } from "../route.ts";
import { MusterCheck } from "./MusterCheck.tsx";
import type { OwnTask } from "./own-task.ts";
import { useReport } from "./use-report.ts";

interface Props {
  readonly task: OwnTask;
  readonly operation: StoredRecord<"operation">;
  readonly person: Person;
}

/** What is mine to do next, as the one large button; what needs choosing opens in its place. */
export function OwnTaskButton({ task, operation, person }: Props) {
  const { officerId } = person;
  const { id, dto } = operation;
  switch (task) {
    case "check":
      return <MusterCheck operationId={id} officerId={officerId} />;
    case "credentials":
      return <ShowCredentials id={id} dto={dto} officerId={officerId} />;
    case "safe":
      return <ReportSafe id={id} officerId={officerId} />;
    case "team":
      return <TaskLink href={hrefOf({ screen: "team", id })} words="teamTitle" />;
    case "attendees":
      return <TaskLink href={hrefOf({ screen: "attendees", id })} words="addAttendee" />;
    case "scene":
      return <TaskLink href={hrefOf({ screen: "scene", id })} words="sceneTitle" />;
    case "evidence":
      return <TaskLink href={hrefOf({ screen: "return", id })} words="attest" />;
  }
}

function TaskLink({ href, words }: { href: string; words: string }) {
  const { t } = useTranslation("operation");
  return (
    <a className="f-button" data-look="next" href={href}>
      {t(`field.${words}`)}
    </a>
  );
}

function ShowCredentials({
  id,
  dto,
  officerId,
}: {
  id: string;
  dto: OperationDto;
  officerId: string;
}) {
  const { t } = useTranslation("operation");
  const report = useReport(id);
  const orderShown = searchesPlace(dto);
  const shown = { officerId, certificate: true, uniform: true };
  return (
    <button
      type="button"
      className="f-button"
      data-look="next"
      onClick={() =>
        report("operation.showCredentials", { ...shown, ...(orderShown ? { orderShown } : {}) })
      }
    >
      {t(orderShown ? "field.credentialsOrder" : "field.credentials")}
    </button>
  );
}

function ReportSafe({ id, officerId }: { id: string; officerId: string }) {
  const { t } = useTranslation("operation");
  const report = useReport(id);
  return (
    <button
      type="button"
      className="f-button"
      data-look="next"
      onClick={() => report("operation.reportSafe", { officerId })}
    >
      {t("field.back")}
    </button>
  );
}
