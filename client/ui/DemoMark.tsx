import { useTranslation } from "react-i18next";
import { useHello } from "../store/use-session.ts";

/** 模拟数据 or 演练, whenever the deployment is not the live one. */
export function DemoMark() {
  const { t } = useTranslation("common");
  const mode = useHello()?.mode;
  if (mode === "DEMO") return <span className="demo-mark">{t("demo")}</span>;
  if (mode === "EXERCISE") return <span className="exercise-mark">{t("exercise")}</span>;
  return null;
}
