import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { OperationDto } from "../../../operation/progress.ts";
import type { NamedStamp, TextView } from "../../../store/dto.ts";
import { useRecordMap } from "../../../store/use-records.ts";
import { formatTime } from "../../../ui/format-time.ts";
import { useLanguage } from "../../../ui/use-language.ts";
import { useNow } from "../../../ui/use-now.tsx";
import { wordsOf } from "../../../ui/words-of.ts";
import { type Names, useNames } from "../desk/names.tsx";
import { TimeText } from "../record/FactList.tsx";
import { Subject } from "../record/Subject.tsx";

type Plan = NonNullable<OperationDto["plan"]>;

/** What was reported for approval, its papers, and who decided what when. */
export function PlanFacts({ dto }: { dto: OperationDto }) {
  const { t } = useTranslation("operation");
  const { plan } = dto;
  if (!plan) return null;
  return (
    <section className="drawer-part" aria-label={t("plan.title")}>
      <h3>
        {t("plan.title")} <span className="second">{t("plan.revision", { n: plan.revision })}</span>
      </h3>
      <dl className="facts plan-facts">
        <Risk dto={dto} />
        <Line label={t("plan.musterAt")}>
          <TimeText at={plan.musterAt} />
        </Line>
        <Line label={t("plan.place")}>
          <District plan={plan} />
        </Line>
        {plan.otherCaseNos.length > 0 ? (
          <Line label={t("plan.otherCases")}>{plan.otherCaseNos.join("、")}</Line>
        ) : null}
        <Line label={t("plan.docs")}>
          <Papers docs={plan.docs} />
        </Line>
        <Assets ids={dto.assetIds} />
        <Discussion plan={plan} />
        <Decisions dto={dto} />
        <Line label={t("plan.text")}>
          <span className="plan-text">{wordsOf(plan.planDoc, t)}</span>
        </Line>
      </dl>
      {plan.subject ? <Subject key={plan.subject.id} subject={plan.subject} /> : null}
    </section>
  );
}

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Risk({ dto }: { dto: OperationDto }) {
  const { t } = useTranslation("operation");
  return (
    <>
      <Line label={t("plan.risk")}>
        <b className="chip" data-tone={dto.risk === "HIGH" ? "soon" : undefined}>
          {dto.risk ? t(`risk.${dto.risk}`) : ""}
        </b>
        {dto.isMajor ? <b className="chip">{t("plan.major")}</b> : null}
      </Line>
      {dto.requiresRemoteCommand ? (
        <Line label={t("plan.remote")}>{t("plan.remoteYes")}</Line>
      ) : null}
    </>
  );
}

function District({ plan }: { plan: Plan }) {
  const { t } = useTranslation("operation");
  const names = useNames();
  const { outsideProvince, placeCourtId } = plan;
  if (!outsideProvince) return names.court(placeCourtId);
  return t("plan.outside", {
    place: outsideProvince.place,
    no: outsideProvince.highCourtApprovalNo ?? t("plan.notGiven"),
  });
}

function Papers({ docs }: { docs: Plan["docs"] }) {
  const { t } = useTranslation("operation");
  const now = useNow(60_000);
  const language = useLanguage();
  const { searchOrderId, evictionNoticeId, evictionDeadlineAt, detentionDecisionIds = [] } = docs;
  const papers = [
    searchOrderId && t("plan.searchOrder", { no: searchOrderId }),
    evictionNoticeId && t("plan.evictionNotice", { no: evictionNoticeId }),
    evictionDeadlineAt !== undefined &&
      t("plan.evictionDeadline", { time: formatTime(evictionDeadlineAt, now, language) }),
    ...detentionDecisionIds.map((no) => t("plan.detentionDecisions", { no })),
  ].filter((paper) => typeof paper === "string" && paper !== "");
  return papers.length === 0 ? (
    t("plan.noDocs")
  ) : (
    <ul className="plain-list">
      {papers.map((paper) => (
        <li key={String(paper)}>{paper}</li>
      ))}
    </ul>
  );
}

function Assets({ ids = [] }: { ids?: readonly string[] | undefined }) {
  const { t } = useTranslation("operation");
  const assets = useRecordMap("asset");
  if (ids.length === 0) return null;
  const names = ids.map((id) => assets.get(id)?.dto.plateOrSn ?? id);
  return <Line label={t("plan.assets")}>{names.join("、")}</Line>;
}

function Discussion({ plan: { discussion } }: { plan: Plan }) {
  const { t } = useTranslation("operation");
  const names = useNames();
  if (!discussion) return null;
  const who = discussion.officerIds.map((id) => names.officer(id)).join("、");
  return (
    <Line label={t("plan.discussion")}>
      {t("plan.discussed", { no: discussion.recordNo, names: who })}
    </Line>
  );
}

const nameOf = ({ by, name }: NamedStamp, names: Names): string => names.officerOr(by, name ?? by);

function Decisions({ dto }: { dto: OperationDto }) {
  const { t } = useTranslation("operation");
  const names = useNames();
  const { rejected, filing, commandFromAbove } = dto;
  const stamp = (label: string, of: NamedStamp | undefined) =>
    of ? (
      <Line label={t(`plan.${label}`)}>
        {nameOf(of, names)} <TimeText at={of.at} />
      </Line>
    ) : null;
  return (
    <>
      {stamp("submitted", dto.submitted)}
      {rejected ? (
        <Line label={t("plan.rejected")}>
          {nameOf(rejected, names)} <TimeText at={rejected.at} />
          <q>{wordsOf(rejected.reason as TextView, t)}</q>
        </Line>
      ) : null}
      {dto.approvedBy ? (
        <Line label={t("plan.approved")}>
          {names.officer(dto.approvedBy)} {dto.approvalNo}
        </Line>
      ) : null}
      {filing ? (
        <Line label={t("plan.filing")}>
          {t("plan.filedWith", {
            court: names.court(filing.courtId),
            state: t(
              filing.acknowledgedAt === undefined ? "plan.filingWaiting" : "plan.filingDone",
            ),
          })}
        </Line>
      ) : null}
      <Notice dto={dto} />
      {commandFromAbove ? (
        <Line label={t("domain:part.chiefCommander")}>
          {t("people.fromAbove", {
            court: names.court(commandFromAbove.courtId),
            name: commandFromAbove.chief ?? "",
          })}
          <span className="second">
            {" "}
            {t("people.ownChief", { name: names.officer(commandFromAbove.ownChiefId) })}
          </span>
        </Line>
      ) : null}
      {stamp("departure", dto.departureOrdered)}
      {stamp("started", dto.started)}
    </>
  );
}

/** The host court's notice, and how the team came back where it was broken off. */
function Notice({ dto: { hostCourtId, hostNotice, withdrawal } }: { dto: OperationDto }) {
  const { t } = useTranslation("operation");
  const names = useNames();
  const answered = hostNotice?.acknowledgedAt !== undefined;
  return (
    <>
      {hostCourtId ? (
        <Line label={t("plan.host")}>
          {t("plan.filedWith", {
            court: names.court(hostCourtId),
            state: t(answered ? "plan.filingDone" : "plan.filingWaiting"),
          })}
        </Line>
      ) : null}
      {withdrawal === undefined ? null : (
        <Line label={t("plan.withdrawal")}>{wordsOf(withdrawal as TextView, t)}</Line>
      )}
    </>
  );
}
