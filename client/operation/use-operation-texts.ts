import { useTranslation } from "react-i18next";
import { operation as en } from "../i18n/en/operation.ts";
import { addTexts } from "../i18n/i18n.ts";
import { operation as zh } from "../i18n/zh/operation.ts";

/** The words of plan and muster, for a face that shows them: in place before anything of it is drawn. */
export function useOperationTexts(): void {
  const { i18n } = useTranslation();
  if (!i18n.hasResourceBundle("zh", "operation")) addTexts(i18n, "operation", { zh, en });
}
