import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { useRecord } from "../../../store/use-records.ts";
import { useHello } from "../../../store/use-session.ts";
import { DemoMark } from "../../../ui/DemoMark.tsx";
import { useField, usePosition } from "../field-services.tsx";
import { hrefOf } from "../route.ts";
import { shortOf } from "../use-field-records.ts";

/** Court · who, duty and sharing in words, and the switch of the position. */
export function Header() {
  const { t } = useTranslation(["field", "domain"]);
  const hello = useHello();
  const me = useRecord("officer", hello?.officerId);
  const duty = me?.dto.duty;
  return (
    <header className="f-header">
      <a className="f-who" href={hrefOf({ screen: "me" })} aria-label={t("me.title")}>
        <b>
          {hello?.courtName ?? t("common:product")}
          {me ? ` · ${shortOf(me)}` : ""}
        </b>
        <span className="f-duty" data-duty={duty ?? "unknown"}>
          <span>
            {duty ? t(`domain:duty.${duty}`) : t("duty.unknown")}
            <ShareWords />
          </span>
          <DemoMark />
        </span>
      </a>
      <ShareSwitch />
    </header>
  );
}

function ShareWords() {
  const { t } = useTranslation("field");
  const { share, fix } = usePosition((s) => s);
  const awake = useStore(useField().awake.store, (s) => s.awake);
  if (share === "offDuty" || share === "off") return null;
  const accuracy = fix?.accuracyM;
  return (
    <>
      {" · "}
      {share === "sharing" && accuracy !== undefined
        ? t("share.accuracy", { n: Math.round(accuracy) })
        : t(`share.short.${share}`)}
      {share === "sharing" && awake === "on" ? ` · ${t("awake.on")}` : ""}
    </>
  );
}

/** A switch with its state in shape and word; why it is not sharing is said on the own page. */
export function ShareSwitch() {
  const { t } = useTranslation("field");
  const { position } = useField();
  const { share, wanted } = usePosition((s) => s);
  const toggle = () => position.setWanted(!wanted);
  return (
    <button
      type="button"
      role="switch"
      className="f-share"
      data-share={share}
      aria-checked={wanted}
      disabled={share === "offDuty"}
      onClick={toggle}
    >
      <span>{t("share.label")}</span>
      <span className="f-share-state">
        <i aria-hidden="true" />
        {t(`share.state.${share}`)}
      </span>
    </button>
  );
}
