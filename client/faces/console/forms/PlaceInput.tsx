import { Button, Input } from "antd";
import { useTranslation } from "react-i18next";
import { useRecord } from "../../../store/use-records.ts";
import { useDesk, useDeskState } from "../desk/desk-context.tsx";
import { useNames } from "../desk/names.tsx";
import { useViewer } from "../desk/use-viewer.ts";
import type { PlaceValue } from "./to-payload.ts";

interface PlaceProps {
  readonly id?: string;
  readonly value?: PlaceValue;
  readonly onChange?: (value: PlaceValue) => void;
  readonly withAddress: boolean;
}

/** A point on the map, or the seat of the own court; nobody types coordinates. */
export function PlaceInput({ id, value, onChange, withAddress }: PlaceProps) {
  const { t } = useTranslation("console");
  const names = useNames();
  const { store } = useDesk();
  const { courtId } = useViewer();
  const seat = useRecord("court", courtId)?.dto.seat;
  const picking = useDeskState((s) => s.pick !== null);
  const take = (point: PlaceValue, address = value?.address) =>
    onChange?.({ lat: point.lat, lng: point.lng, ...(address ? { address } : {}) });
  return (
    <div className="place-field">
      <div className="field-row">
        <Button
          id={id}
          type={picking ? "primary" : "default"}
          onClick={() => store.getState().setPick(picking ? null : (point) => take(point))}
        >
          {t(picking ? "map.picking" : "form.pick")}
        </Button>
        {seat ? (
          <Button onClick={() => take(seat, value?.address ?? names.court(courtId))}>
            {t("form.courtSeat")}
          </Button>
        ) : null}
        <span className="second">
          {value?.lat === undefined ? t("form.noPlace") : `${value.lat}, ${value.lng}`}
        </span>
      </div>
      {withAddress ? (
        <Input
          value={value?.address}
          maxLength={120}
          placeholder={t("form.address")}
          aria-label={t("form.address")}
          onChange={(event) =>
            onChange?.({ ...(value as PlaceValue), address: event.target.value })
          }
        />
      ) : null}
    </div>
  );
}
