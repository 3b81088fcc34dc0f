import { useTranslation } from "react-i18next";
import { useRecords } from "../../../store/use-records.ts";
import { formatSeconds } from "../../../ui/format-time.ts";
import { usePosition } from "../field-services.tsx";
import { smsLink } from "./sms-link.ts";

/** Nobody has taken it by name: the telephone still works where data does not. */
export function PhoneCalls() {
  const { t } = useTranslation("field");
  const numbers = useRecords("unit").flatMap(({ dto }) =>
    dto.dutyPhone && dto.name ? [{ name: dto.name, phone: dto.dutyPhone }] : [],
  );
  return (
    <section className="f-calls" aria-label={t("sos.calls")}>
      <p>{t("sos.calls")}</p>
      <EmergencyNumbers />
      {numbers.map(({ name, phone }) => (
        <a key={phone} className="f-call" data-plain href={`tel:${phone}`}>
          {name} {phone}
        </a>
      ))}
      <LastFix />
    </section>
  );
}

/** 110 by voice, 12110 by short message with the last position in it. */
export function EmergencyNumbers() {
  const { t } = useTranslation("field");
  const fix = usePosition((s) => s.fix);
  const where = fix && {
    lat: fix.lat.toFixed(5),
    lng: fix.lng.toFixed(5),
    n: Math.round(fix.accuracyM ?? 0),
    time: formatSeconds(fix.deviceAt),
  };
  const body = [t("sos.smsBody"), ...(where ? [t("sos.smsFix", where)] : [])].join(" ");
  return (
    <>
      <a className="f-call" href="tel:110">
        {t("sos.call110")}
      </a>
      <a className="f-call" data-plain href={smsLink("12110", body)}>
        {t("sos.sms")}
      </a>
    </>
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
