import { useTranslation } from "react-i18next";
import { useRecords } from "../../../store/use-records.ts";
import { usePosition } from "../field-services.tsx";

/** Nobody has taken it by name: the telephone still works where data does not. */
export function PhoneCalls() {
  const { t } = useTranslation("field");
  const numbers = useRecords("unit").flatMap(({ dto }) =>
    dto.dutyPhone && dto.name ? [{ name: dto.name, phone: dto.dutyPhone }] : [],
  );
  return (
    <section className="f-calls" aria-label={t("sos.calls")}>
      <p>{t("sos.calls")}</p>
      <a className="f-call" href="tel:110">
        {t("sos.call110")}
      </a>
      {numbers.map(({ name, phone }) => (
        <a key={phone} className="f-call" data-plain href={`tel:${phone}`}>
          {name} {phone}
        </a>
      ))}
      <LastFix />
    </section>
  );
}

/** To read out on the telephone. */
function LastFix() {
  const { t } = useTranslation("field");
  const fix = usePosition((s) => s.fix);
  if (!fix) return <p className="f-note">{t("sos.noFix")}</p>;
  return (
    <p className="f-note">
      {t("sos.readOut", {
        lat: fix.lat.toFixed(5),
        lng: fix.lng.toFixed(5),
        n: Math.round(fix.accuracyM ?? 0),
      })}
    </p>
  );
}
