import { useTranslation } from "react-i18next";
import { formatSeconds } from "./format-time.ts";
import { Icon } from "./icons.tsx";

/** How far something that was done has come; each stage only once it is true. */
export type Stage =
  | { readonly kind: "phone" }
  | { readonly kind: "server"; readonly at?: number | undefined }
  /** Durable in the emergency journal, not yet in the log. */
  | { readonly kind: "journal"; readonly at?: number | undefined }
  | { readonly kind: "seen"; readonly by: string }
  | { readonly kind: "acknowledged"; readonly by: string; readonly at: number }
  | { readonly kind: "refused" };

export function StageBadge({ stage }: { stage: Stage }) {
  const { t } = useTranslation("common");
  return (
    <span className="stage" data-stage={stage.kind}>
      <Icon name={stage.kind} />
      {t(`stage.${stage.kind}`, paramsOf(stage))}
    </span>
  );
}

function paramsOf(stage: Stage): Record<string, string> {
  switch (stage.kind) {
    case "seen":
      return { by: stage.by };
    case "acknowledged":
      return { by: stage.by, time: formatSeconds(stage.at) };
    case "phone":
    case "server":
    case "journal":
    case "refused":
      return {};
  }
}
