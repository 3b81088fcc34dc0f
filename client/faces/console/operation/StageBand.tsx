import { useTranslation } from "react-i18next";
import { type OperationDto, stagesOf } from "../../../operation/progress.ts";
import { TimeText } from "../record/FactList.tsx";

/** 计划 报批 批准 备案 集结 出发 到场 实施 结束: where a planned operation stands, in shape and word. */
export function StageBand({ dto }: { dto: OperationDto }) {
  const { t } = useTranslation("operation");
  if (!dto.plan) return null;
  return (
    <ol className="stage-band" aria-label={t("stage.title")}>
      {stagesOf(dto).map(({ name, look, at }) => (
        <li
          key={name}
          data-look={look}
          data-stage={name}
          aria-current={look === "now" ? "step" : undefined}
        >
          <b>{t(`stage.${name}`)}</b>
          <span className="visually-hidden">{t(`look.${look}`)}</span>
          <span className="second">
            {at === undefined ? null : <TimeText at={at} />}
            {look === "waiting" || look === "none" ? t(`look.${look}`) : null}
          </span>
        </li>
      ))}
    </ol>
  );
}
