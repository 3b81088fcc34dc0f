import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { Me } from "../../link/api.ts";
import { addressOf, offeredSeats } from "./seat-address.ts";

export function SeatChoice({ me, signOut }: { me: Me; signOut: () => Promise<void> }) {
  const { t } = useTranslation("login");
  const seats = offeredSeats(me.seats);
  return (
    <section aria-labelledby="seat-title">
      <h2 id="seat-title">{t("seat")}</h2>
      <p>{t("signedInAs", { name: me.name ?? "", court: me.courtName })}</p>
      {seats.length === 0 ? <p>{t("noSeat")}</p> : null}
      <ul className="seat-list">
        {seats.map((seat) => (
          <li key={seat}>
            <a href={addressOf(seat)}>
              <span>{t(`seats.${seat}`)}</span>
              <small>{t(`seatHint.${seat}`)}</small>
            </a>
          </li>
        ))}
      </ul>
      <Button type="link" onClick={() => void signOut()}>
        {t("switchAccount")}
      </Button>
    </section>
  );
}
