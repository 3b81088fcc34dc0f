import { useTranslation } from "react-i18next";
import { isMyStep, stopsAt } from "../../../operation/my-step.ts";
import { checkRows, goingIds, isBack, stagesOf } from "../../../operation/progress.ts";
import type { StoredRecord } from "../../../store/dto.ts";
import { formatTime } from "../../../ui/format-time.ts";
import { useLanguage } from "../../../ui/use-language.ts";
import { useNow } from "../../../ui/use-now.tsx";
import type { Person } from "../field-actor.ts";
import { NextSteps } from "../home/NextStepButton.tsx";
import { RefusalNote } from "../parts/RefusalNote.tsx";
import { StageOfItem } from "../parts/SendButton.tsx";
import { hrefOf } from "../route.ts";
import { OwnTaskButton } from "./OwnTaskButton.tsx";
import { ownTask } from "./own-task.ts";
import { useOnItsWay, useWaiting } from "./use-report.ts";

interface Props {
  readonly operation: StoredRecord<"operation">;
  readonly person: Person;
}

/** Mine first, as the one large button; the operation's own step beside it; then the whole way. */
export function PlanSteps({ operation, person }: Props) {
  const task = ownTask(operation.dto, person.officerId, useOnItsWay(operation.id));
  return (
    <>
      {task ? <OwnTaskButton task={task} operation={operation} person={person} /> : null}
      <LastReport operationId={operation.id} />
      <NextSteps operation={operation} person={person} {...(task ? { look: "plain" } : {})} />
      <Stops operation={operation} person={person} />
      <Links operation={operation} person={person} />
      <StageList operation={operation} />
    </>
  );
}

/** Whoever commands reads what the next step still waits for, also where it is another's to take. */
function Stops({ operation: { dto }, person }: Props) {
  const { officerId } = person;
  const now = useNow(1_000);
  const commands = dto.sceneCommanderId === officerId || dto.chiefCommanderId === officerId;
  // Beside a button of his own the refusal stands already.
  const others = (dto.next ?? []).filter((step) => !isMyStep(step, dto, person));
  if (!commands) return null;
  return others
    .flatMap((step) => stopsAt(step, now))
    .map((stop) => <RefusalNote key={`${stop.code} ${stop.ruleId ?? ""}`} refusal={stop} />);
}

/** Reports of the muster and the scene, with the stage each has truly reached. */
const SAID: ReadonlySet<string> = new Set([
  "operation.checkMember",
  "operation.showCredentials",
  "operation.recordAttendee",
  "operation.recordScene",
  "operation.reportSafe",
  "operation.attestEvidence",
]);

function LastReport({ operationId }: { operationId: string }) {
  const { t } = useTranslation(["operation", "action"]);
  const last = useWaiting(operationId).findLast(({ envelope }) => SAID.has(envelope.kind));
  if (!last) return null;
  return (
    <div className="f-sent" role="status">
      <b>{t(`action:${last.envelope.kind}`)}</b>
      <StageOfItem item={last} />
    </div>
  );
}

function StageList({ operation }: { operation: StoredRecord<"operation"> }) {
  const { t } = useTranslation("operation");
  const now = useNow(60_000);
  const language = useLanguage();
  const stages = stagesOf(operation.dto).filter(({ look }) => look !== "none");
  return (
    <section className="f-card" aria-label={t("field.plan")}>
      <h2 className="f-h2">{t("field.plan")}</h2>
      <ol className="f-stages">
        {stages.map(({ name, look, at }) => (
          <li key={name} data-look={look} aria-current={look === "now" ? "step" : undefined}>
            <b>{t(`stage.${name}`)}</b>
            <span className="f-second">
              {at === undefined ? t(`look.${look}`) : formatTime(at, now, language)}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Team, attendees, scene, return: from muster on, for whoever goes. */
function Links({ operation, person }: Props) {
  const { t } = useTranslation("operation");
  const { id, dto } = operation;
  const going = goingIds(dto);
  const rows = checkRows(dto);
  if (!rows.some(({ officerId }) => officerId === person.officerId)) return null;
  const ready = rows.filter(({ settled }) => settled).length;
  const back = going.filter((officerId) => isBack(dto, officerId)).length;
  const { attendees = [], scene = [] } = dto.facts ?? {};
  const links = [
    ["team", t("field.team", { n: ready, m: rows.length })],
    ["attendees", t("field.attendees", { n: attendees.length })],
    ["scene", t("field.scene", { n: scene.length })],
    ["return", t("field.backCount", { n: back, m: going.length })],
  ] as const;
  return (
    <nav className="f-actions f-op-links" aria-label={t("field.plan")}>
      {links.map(([screen, words]) => (
        <a key={screen} href={hrefOf({ screen, id })}>
          {words}
        </a>
      ))}
    </nav>
  );
}
