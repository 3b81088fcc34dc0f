import { useTranslation } from "react-i18next";
import { liaisonSpec, policeSpec } from "../../../shared/domain/unit/catalogue.ts";
import { useBilingual } from "../../ui/use-language.ts";
import type { Asked } from "./requests.ts";
import type { StepName } from "./steps.ts";

const specOf = ({ dto, type }: Asked) => {
  if (type === "police") return dto.kind && policeSpec(dto.kind);
  return dto.unitType && dto.service && liaisonSpec(dto.unitType, dto.service);
};

/** Words for a request, as the catalogue of services has them. */
export function useNames() {
  const { t } = useTranslation("partner");
  const say = useBilingual();
  return {
    title: (record: Asked): string => {
      const spec = specOf(record);
      return spec ? say(spec.name) : t(`domain:type.${record.type}`);
    },
    basis: (record: Asked): string | undefined => {
      const spec = specOf(record);
      return spec && say(spec.basis);
    },
    state: ({ type, dto }: Asked): string => t(`domain:${type}.state.${dto.state}`),
    step: (record: Asked, name: StepName): string => {
      const kind = record.type === "police" ? record.dto.kind : undefined;
      return t([`stepFor.${kind}.${name}`, `step.${name}`]);
    },
  };
}
