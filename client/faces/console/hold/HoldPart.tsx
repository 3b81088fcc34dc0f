import { useTranslation } from "react-i18next";
import type { StoredRecord } from "../../../store/dto.ts";
import { useRecordMap } from "../../../store/use-records.ts";
import { RecordActs } from "../actions/RecordActs.tsx";
import { useNames } from "../desk/names.tsx";
import { useViewer } from "../desk/use-viewer.ts";
import { TimeText } from "../record/FactList.tsx";
import { holdRefusal } from "./hold-law.ts";
import { type HoldStepDto, holderName, holdersOf } from "./holders.ts";
import { NearestHelp } from "./NearestHelp.tsx";

type Matter = StoredRecord<"incident"> | StoredRecord<"police">;

const ENDED: ReadonlySet<string> = new Set(["RESOLVED", "REVIEWED", "FALSE_ALARM"]);
const VERBS = ["sign", "take", "designate", "setDeadline", "handBack"] as const;

/** Who holds it now and since when, how it came there, and what moves it. */
export function HoldPart({ record }: { record: Matter }) {
  const { t } = useTranslation("orders");
  const names = useNames();
  const { courtId } = useViewer();
  const courts = useRecordMap("court");
  const { holder, deadline, state } = record.dto;
  if (!holder || ENDED.has(state ?? "")) return null;
  const chain = holdersOf(record);
  const since = chain.findLast(({ courtId }) => courtId === holder.courtId)?.at;
  return (
    <section className="drawer-part hold" aria-label={t("hold.title")}>
      <h3>{t("hold.title")}</h3>
      <p className="hold-now">
        {t("hold.now")} <b>{names.court(holder.courtId)}</b>{" "}
        {holderName(record, names) ?? t("hold.desk")}
        {since === undefined ? null : (
          <span className="second">
            {" "}
            {t("hold.since")} <TimeText at={since} />
          </span>
        )}
      </p>
      {deadline ? (
        <p>
          {t("hold.deadline")} <TimeText at={deadline.dueAt} />{" "}
          <span className="second">{names.court(deadline.byCourtId)}</span>
        </p>
      ) : null}
      <ol className="timeline" aria-label={t("hold.chain")}>
        {chain.map((step) => (
          <Step key={`${step.at} ${step.what} ${step.courtId}`} step={step} />
        ))}
      </ol>
      <div className="action-row">
        <RecordActs
          record={record}
          kinds={verbsOf(record)}
          law={(kind) => holdRefusal(record, kind.split(".")[1] ?? "", courtId, courts)}
          quiet
          plain
        />
      </div>
      {record.type === "incident" ? <HelpPart record={record} /> : null}
    </section>
  );
}

/** Taking over a request to the police is its most likely act and stands above. */
const verbsOf = ({ type }: Matter): readonly string[] =>
  VERBS.filter((verb) => type === "incident" || verb !== "take").map((verb) => `${type}.${verb}`);

function Step({ step }: { step: HoldStepDto }) {
  const { t } = useTranslation("orders");
  const names = useNames();
  const { at, what, courtId, byName, byCourtId } = step;
  return (
    <li>
      <TimeText at={at} />
      <span>
        {t(`hold.${what}`)} <b>{names.court(courtId)}</b>
        {byName || (byCourtId && byCourtId !== courtId) ? (
          <span className="second">
            {" "}
            {[byCourtId && byCourtId !== courtId ? names.court(byCourtId) : "", byName]
              .filter(Boolean)
              .join(" ")}
          </span>
        ) : null}
      </span>
    </li>
  );
}

const HELP_VERBS = ["incident.handOver", "incident.takeOver", "incident.declineAssist"] as const;
const OVER: ReadonlySet<string> = new Set(["TAKEN_OVER", "DECLINED"]);

/** The helping court and where it stands; without one, who could help. */
function HelpPart({ record }: { record: StoredRecord<"incident"> }) {
  const { t } = useTranslation("orders");
  const names = useNames();
  const { courtId } = useViewer();
  const { assist } = record.dto;
  const running = assist !== undefined && !OVER.has(assist.state);
  return (
    <>
      <h3>{t("assist.title")}</h3>
      {assist ? (
        <p>
          {t("assist.helper")} <b>{names.court(assist.courtId)}</b>{" "}
          <span className="chip">{t(`assist.state.${assist.state}`)}</span>{" "}
          <TimeText
            at={
              assist.takenOverAt ?? assist.handedOverAt ?? assist.acknowledged?.at ?? assist.since
            }
          />
        </p>
      ) : (
        <p className="second">{t("assist.none")}</p>
      )}
      {running ? (
        <div className="action-row">
          <RecordActs record={record} kinds={HELP_VERBS} quiet plain />
        </div>
      ) : null}
      {!running || (assist.state === "NAMED" && assist.courtId !== courtId) ? (
        <NearestHelp record={record} />
      ) : null}
    </>
  );
}
