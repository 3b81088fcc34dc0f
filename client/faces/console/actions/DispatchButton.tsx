import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { StoredRecord } from "../../../store/dto.ts";
import { useDesk } from "../desk/desk-context.tsx";
import { KeyHint } from "../desk/KeyHint.tsx";

const FROM: ReadonlySet<string> = new Set(["incident", "police", "operation", "detention"]);

export const canDispatch = ({ type }: Pick<StoredRecord, "type">): boolean => FROM.has(type);

export function DispatchButton({ record }: { record: StoredRecord }) {
  const { t } = useTranslation("console");
  const { store } = useDesk();
  if (!canDispatch(record)) return null;
  const { type, id } = record;
  return (
    <Button data-action="dispatch" onClick={() => store.getState().setDispatch({ type, id })}>
      {t("dispatch.title")}
      <KeyHint k="D" />
    </Button>
  );
}
