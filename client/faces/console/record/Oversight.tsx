import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { StoredRecord, TextView } from "../../../store/dto.ts";
import { wordsOf } from "../../../ui/words-of.ts";
import { useNames } from "../desk/names.tsx";
import { TimeText } from "./FactList.tsx";
import { SeatAccount } from "./SeatAccount.tsx";

/** What belongs to a delegation, a supervision or a seat besides its facts. */
export function Oversight({ record }: { record: StoredRecord }) {
  switch (record.type) {
    case "delegation":
      return <Delegated record={record as StoredRecord<"delegation">} />;
    case "supervision":
      return <Supervised record={record as StoredRecord<"supervision">} />;
    case "observer":
      return <SeatAccount record={record as StoredRecord<"observer">} />;
    default:
      return null;
  }
}

interface Said {
  readonly key: string;
  readonly at: number;
  readonly what: string;
  readonly by?: string | undefined;
  readonly text: TextView;
}

function SaidList({ title, said }: { title: string; said: readonly Said[] }) {
  const { t } = useTranslation("console");
  const names = useNames();
  if (said.length === 0) return null;
  return (
    <Section title={title}>
      <ol className="timeline">
        {said.map(({ key, at, what, by, text }) => (
          <li key={key}>
            <TimeText at={at} />
            <span>
              {what} <span className="second">{by === undefined ? null : names.officer(by)}</span>
              <q>{wordsOf(text, t)}</q>
            </span>
          </li>
        ))}
      </ol>
    </Section>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="drawer-part" aria-label={title}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function Delegated({ record }: { record: StoredRecord<"delegation"> }) {
  const { t } = useTranslation("oversight");
  const { reports = [], directions = [] } = record.dto;
  const said = [
    ...reports.map((each) => ({ ...each, what: t(`delegation.report.${each.kind}`) })),
    ...directions.map((each) => ({ ...each, what: t(`delegation.directive.${each.directive}`) })),
  ].sort((a, b) => a.at - b.at);
  return (
    <SaidList
      title={t("delegation.report.RESULT")}
      said={said.map((each) => ({ ...each, key: `${each.what} ${each.at}` }))}
    />
  );
}

type Remark = { readonly at: number; readonly by?: string; readonly text: TextView };

const remarks = (list: readonly Remark[] = [], what = ""): Said[] =>
  list.map((each) => ({ ...each, what, key: `${each.at}` }));

function Supervised({ record }: { record: StoredRecord<"supervision"> }) {
  const { t } = useTranslation("oversight");
  const { reports, returns, measures = [], findings = [] } = record.dto;
  return (
    <>
      <Rectification record={record} />
      <SaidList title={t("supervision.reports")} said={remarks(reports)} />
      <SaidList title={t("supervision.returns")} said={remarks(returns)} />
      <SaidList
        title={t("supervision.measures")}
        said={measures.map((each) => ({
          ...each,
          what: t(`supervision.measure.${each.measure}`),
          key: `${each.measure} ${each.at}`,
        }))}
      />
      <SaidList
        title={t("supervision.findings")}
        said={findings.map((each) => ({
          ...each,
          what: t(`supervision.check.${each.check}`),
          key: `${each.check} ${each.at}`,
        }))}
      />
    </>
  );
}

type Item = NonNullable<StoredRecord<"supervision">["dto"]["items"]>[number];

/** The list whose items the supervising court alone closes (销号). */
function Rectification({ record }: { record: StoredRecord<"supervision"> }) {
  const { t } = useTranslation("oversight");
  const { items = [] } = record.dto;
  return (
    <Section title={t("supervision.itemsTitle")}>
      {items.length === 0 ? <p className="second">{t("supervision.itemsEmpty")}</p> : null}
      <ol className="rectification">
        {items.map((item) => (
          <ItemRow key={item.itemId} item={item} />
        ))}
      </ol>
    </Section>
  );
}

function ItemRow({ item }: { item: Item }) {
  const { t } = useTranslation(["oversight", "console"]);
  const names = useNames();
  return (
    <li data-item={stateOf(item)}>
      <b className="chip">{t(`supervision.item.${stateOf(item)}`)}</b> {wordsOf(item.what, t)}
      <span className="second">
        {" "}
        {names.officer(item.ownerId)} · <TimeText at={item.dueAt} />
      </span>
      <ol className="rectification-shown">
        {item.shown.map((piece) => (
          <li key={piece.no}>
            {t("supervision.evidenceNo", { n: piece.no })} <TimeText at={piece.at} />{" "}
            <span className="second">{names.officer(piece.by)}</span>
            <q>{wordsOf(piece.text, t)}</q>
            {fateOf(item, piece) ? ` ${t(`supervision.piece.${fateOf(item, piece)}`)}` : null}
          </li>
        ))}
      </ol>
      {item.returned && !item.evidence ? <q>{wordsOf(item.returned.text, t)}</q> : null}
    </li>
  );
}

/** What became of one piece; undefined while it waits. */
function fateOf({ closed }: Item, { no, returnedAt }: Item["shown"][number]) {
  if (closed?.evidenceNo === no) return "closedOn";
  return returnedAt === undefined ? undefined : "returned";
}

function stateOf({
  closed,
  evidence,
  returned,
}: Item): "closed" | "evidence" | "returned" | "open" {
  if (closed) return "closed";
  if (evidence) return "evidence";
  return returned ? "returned" : "open";
}
