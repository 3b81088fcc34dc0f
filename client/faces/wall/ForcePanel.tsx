import { useTranslation } from "react-i18next";
import { useStores } from "../../store/stores-context.tsx";
import { useRecordMap } from "../../store/use-records.ts";
import { useNow } from "../../ui/use-now.tsx";
import { type Force, type ForceByTier, forceOf } from "./force.ts";
import { Panel } from "./Panel.tsx";

const SHOWN = ["deployed", "standby", "unreachable"] as const;

/** 力量: who is there, who is out, who can be called, who cannot be heard. */
export function ForcePanel() {
  const { t } = useTranslation("wall");
  const { positions } = useStores();
  const officers = useRecordMap("officer");
  const courts = useRecordMap("court");
  const now = useNow();
  const known = { officers: officers.values(), courts, fixAt: positions.arrays.at };
  const force = forceOf(known, now);
  return (
    <Panel title={t("force.title")}>
      {force.total.all === 0 ? (
        <p className="wall-empty">{t("force.empty")}</p>
      ) : (
        <ForceFigures force={force} />
      )}
    </Panel>
  );
}

function ForceFigures({ force }: { force: ForceByTier }) {
  const { t } = useTranslation("wall");
  const { total, tiers } = force;
  return (
    <>
      <p className="wall-lead">
        <span>{t("force.onDuty")}</span>
        <b>{total.onDuty}</b>
        <i>/{total.all}</i>
      </p>
      <div className="wall-figures">
        {SHOWN.map((name) => (
          <Figure key={name} label={t(`force.${name}`)} value={total[name]} name={name} />
        ))}
      </div>
      {tiers.length > 1 ? <TierTable tiers={tiers} /> : null}
    </>
  );
}

function Figure({ label, value, name }: { label: string; value: number; name: string }) {
  return (
    <p className="wall-figure" data-name={name} {...(value === 0 ? { "data-zero": "" } : {})}>
      <b>{value}</b>
      <span>{label}</span>
    </p>
  );
}

function TierTable({ tiers }: { tiers: ForceByTier["tiers"] }) {
  const { t } = useTranslation("wall");
  const cells: readonly (keyof Force)[] = ["onDuty", "deployed", "standby", "unreachable"];
  return (
    <table className="wall-tiers">
      <thead>
        <tr>
          <td />
          {cells.map((cell) => (
            <th key={cell} scope="col">
              {t(`force.short.${cell}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {tiers.map(({ tier, force }) => (
          <tr key={tier}>
            <th scope="row">{t(`force.tier.${tier}`)}</th>
            {cells.map((cell) => (
              <td key={cell} {...(force[cell] === 0 ? { "data-zero": "" } : {})}>
                {force[cell]}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
