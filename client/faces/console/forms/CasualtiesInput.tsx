import { InputNumber } from "antd";
import { useTranslation } from "react-i18next";
import { Labelled } from "./Labelled.tsx";

interface Casualties {
  readonly dead?: number;
  readonly injured?: number;
}

export function CasualtiesInput({
  value,
  onChange,
}: {
  value?: Casualties;
  onChange?: (value: Casualties) => void;
}) {
  const { t } = useTranslation("console");
  const field = (name: "dead" | "injured") => (
    <Labelled label={t(`form.${name}`)}>
      {(id) => (
        <InputNumber
          id={id}
          min={0}
          max={10_000}
          precision={0}
          value={value?.[name] ?? 0}
          onChange={(n) => onChange?.({ ...value, [name]: Number(n ?? 0) })}
        />
      )}
    </Labelled>
  );
  return (
    <div className="field-row">
      {field("dead")}
      {field("injured")}
    </div>
  );
}
