import { useTranslation } from "react-i18next";
import { type SeenNotice, seenAll } from "../../../../store/duty-dto.ts";
import { useLoaded, useRecordMap } from "../../../../store/use-records.ts";
import { useHello } from "../../../../store/use-session.ts";
import { useDesk } from "../../desk/desk-context.tsx";
import { useOwedNotices } from "../../duty/use-called.ts";
import { taskOn } from "../../forms/task.ts";
import { BoardSection } from "../BoardSection.tsx";
import { NoticeRow } from "./NoticeRow.tsx";

/** What this desk has to acknowledge, what it published and who is silent, and what it was told. */
export function NoticeBoard() {
  const { t } = useTranslation(["duty", "common"]);
  const owed = useOwedNotices();
  const { published, others } = useNotices(owed);
  if (!useLoaded()) return <p className="second">{t("common:list.loading")}</p>;
  return (
    <>
      <PublishButton />
      <BoardSection title={t("notice.owed")} rows={owed} empty={t("notice.owedEmpty")}>
        {(notice) => <NoticeRow key={notice.id} notice={notice} />}
      </BoardSection>
      <BoardSection
        title={t("notice.published")}
        rows={published}
        empty={t("notice.publishedEmpty")}
      >
        {(notice) => <NoticeRow key={notice.id} notice={notice} />}
      </BoardSection>
      <BoardSection title={t("notice.others")} rows={others} empty={t("notice.othersEmpty")}>
        {(notice) => <NoticeRow key={notice.id} notice={notice} />}
      </BoardSection>
    </>
  );
}

function useNotices(owed: readonly SeenNotice[]) {
  const records = useRecordMap("notice");
  const hello = useHello();
  const all = seenAll(records).sort((a, b) => b.publishedAt - a.publishedAt);
  const isOwn = ({ courtId }: SeenNotice) => courtId === hello?.courtId;
  const known = new Set(owed.map(({ id }) => id));
  return {
    published: all.filter(isOwn),
    others: all.filter((notice) => !isOwn(notice) && !known.has(notice.id)),
  };
}

function PublishButton() {
  const { t } = useTranslation("console");
  const { store, newId } = useDesk();
  const initial = { kind: "BROADCAST", needsAck: true };
  const write = () => store.getState().open(taskOn("notice.publish", undefined, newId, initial));
  return (
    <div className="duty-tools">
      <button type="button" className="duty-button" data-action="notice.publish" onClick={write}>
        {t("action:notice.publish")}
      </button>
    </div>
  );
}
