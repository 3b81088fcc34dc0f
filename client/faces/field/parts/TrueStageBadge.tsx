import { useTranslation } from "react-i18next";
import { Icon } from "../../../ui/icons.tsx";
import { StageBadge } from "../../../ui/StageBadge.tsx";
import type { TrueStage } from "../stage.ts";

/** The common stages, and the two that only a phone has. */
export function TrueStageBadge({ stage }: { stage: TrueStage }) {
  const { t } = useTranslation("field");
  if (stage.kind !== "saving" && stage.kind !== "unsaved") return <StageBadge stage={stage} />;
  return (
    <span className="stage" data-stage={stage.kind}>
      <Icon name={stage.kind === "saving" ? "running" : "trouble"} />
      {t(`stage.${stage.kind}`)}
    </span>
  );
}
