import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { LatLng } from "../../../shared/domain/kernel/record.ts";
import { bearingDeg } from "../../../shared/geo/bearing.ts";
import { distanceM } from "../../../shared/geo/distance.ts";
import { wordsOf } from "../../ui/words-of.ts";
import { useNames } from "./names.ts";
import type { Asked } from "./requests.ts";

/** What the catalogue lets this unit see of the request; the server sends nothing else. */
export function Fields({ record, seat }: { record: Asked; seat: LatLng | undefined }) {
  const { t } = useTranslation("partner");
  const names = useNames();
  const { detail, subject, sceneCommander } = record.dto;
  const { plate, place } = record.type === "police" ? record.dto : {};
  const basis = names.basis(record);
  return (
    <>
      {detail === undefined ? null : <p className="p-detail">{wordsOf(detail, t)}</p>}
      <dl className="p-fields">
        <Field name="subject">{subject?.label}</Field>
        <Condition record={record} />
        <Field name="plate">{plate}</Field>
        <Field name="place">
          {place ? (
            <>
              {t("place", { lat: place.lat.toFixed(5), lng: place.lng.toFixed(5) })}
              {seat ? <Away from={seat} to={place} /> : null}
            </>
          ) : undefined}
        </Field>
        <Field name="sceneCommander">{sceneCommander}</Field>
        <Papers record={record} />
        <Field name="basis">{basis}</Field>
      </dl>
    </>
  );
}

type FieldName =
  | ("subject" | "condition" | "plate" | "place" | "sceneCommander" | "basis")
  | PaperName;
type PaperName = "caseNo" | "noticeNo" | "rulingNo" | "decisionNo" | "orderNo" | "filingNo";

function Field({ name, children }: { name: FieldName; children: ReactNode }) {
  const { t } = useTranslation("partner");
  if (children === undefined || children === "") return null;
  return (
    <div data-field={name}>
      <dt>{t(`field.${name}`)}</dt>
      <dd>{children}</dd>
    </div>
  );
}

const PAPERS = ["caseNo", "noticeNo", "rulingNo", "decisionNo", "orderNo", "filingNo"] as const;

/** Every push carries the numbers of its legal documents. */
function Papers({ record }: { record: Asked }) {
  const dto = record.dto as Partial<Record<PaperName, string>>;
  return PAPERS.map((name) => (
    <Field key={name} name={name}>
      {dto[name]}
    </Field>
  ));
}

function Condition({ record }: { record: Asked }) {
  const { t } = useTranslation("domain");
  const { condition } = record.dto;
  if (!condition) return null;
  const words = [
    t(`subject.sex.${condition.sex}`),
    t(`subject.ageBand.${condition.ageBand}`),
    ...condition.flags.map((flag) => t(`subject.flag.${flag}`)),
  ];
  return <Field name="condition">{words.join(" · ")}</Field>;
}

const WAYS = ["N", "NE", "E", "SE", "S", "SW", "W", "NW"] as const;
const SECTOR_DEG = 45;

/** So that nobody needs a map to know which car to send. */
function Away({ from, to }: { from: LatLng; to: LatLng }) {
  const { t } = useTranslation("partner");
  const way = WAYS[Math.round(bearingDeg(from, to) / SECTOR_DEG) % WAYS.length] ?? "N";
  const km = (distanceM(from, to) / 1_000).toFixed(1);
  return <small>{t("away", { km, way: t(`way.${way}`) })}</small>;
}
