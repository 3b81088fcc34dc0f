import { useTranslation } from "react-i18next";
import { distanceM } from "../../../../shared/geo/distance.ts";
import type { StoredRecord } from "../../../store/dto.ts";
import { usePosition } from "../field-services.tsx";
import { useNameOf } from "../use-field-records.ts";
import { distanceWords, geoLink } from "./geo-link.ts";

type Dto = StoredRecord<"operation">["dto"];

/** What, where, how far, under whom. */
export function OperationCard({ dto }: { dto: Dto }) {
  const { t } = useTranslation(["field", "domain"]);
  const nameOf = useNameOf();
  return (
    <section className="f-card" aria-label={t("operation.mine")}>
      <p className="f-op-head">
        <b className="f-code">{dto.code}</b>
        <span className="f-kind">{dto.kind ? t(`domain:operation.kind.${dto.kind}`) : ""}</span>
        <span className="f-state">{dto.state ? t(`domain:operation.state.${dto.state}`) : ""}</span>
      </p>
      <PlaceLine dto={dto} />
      <p className="f-second">
        {t("operation.chief", { name: nameOf({ officerId: dto.chiefCommanderId }) })}
        {" · "}
        {t("operation.scene", { name: nameOf({ officerId: dto.sceneCommanderId }) })}
      </p>
    </section>
  );
}

function PlaceLine({ dto }: { dto: Dto }) {
  const { t } = useTranslation("field");
  const fix = usePosition((s) => s.fix);
  const { lat, lng, address } = dto.place ?? {};
  if (lat === undefined || lng === undefined) return null;
  const place = { lat, lng };
  return (
    <p className="f-place">
      <span>
        {address}
        {fix ? <small>{distanceWords(distanceM(fix, place))}</small> : null}
      </span>
      <a className="f-nav" href={geoLink(place, address ?? dto.code ?? "")}>
        {t("operation.navigate")}
      </a>
    </p>
  );
}
