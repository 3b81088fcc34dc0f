import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { LinkQuality } from "../../../../../shared/domain/rollcall/state.ts";
import type { StoredRecord } from "../../../../store/dto.ts";
import { ActNow } from "../../duty/ActNow.tsx";

const QUALITIES: readonly LinkQuality[] = ["GOOD", "POOR", "NONE"];

/** Picture and voice as the caller found them; good unless he says otherwise. */
export function Quality({ record, target }: { record: StoredRecord<"rollcall">; target: string }) {
  const [picture, setPicture] = useState<LinkQuality>("GOOD");
  const [voice, setVoice] = useState<LinkQuality>("GOOD");
  return (
    <>
      <QualitySelect of="picture" value={picture} onChange={setPicture} />
      <QualitySelect of="voice" value={voice} onChange={setVoice} />
      <ActNow record={record} kind="rollcall.quality" payload={{ target, picture, voice }} />
    </>
  );
}

interface SelectProps {
  readonly of: "picture" | "voice";
  readonly value: LinkQuality;
  readonly onChange: (value: LinkQuality) => void;
}

function QualitySelect({ of, value, onChange }: SelectProps) {
  const { t } = useTranslation("duty");
  return (
    <select
      aria-label={t(`roll.${of}.label`)}
      value={value}
      onChange={(event) => onChange(event.target.value as LinkQuality)}
    >
      {QUALITIES.map((quality) => (
        <option key={quality} value={quality}>
          {t(`roll.${of}.${quality}`)}
        </option>
      ))}
    </select>
  );
}
