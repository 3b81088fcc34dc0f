import { Modal } from "antd";
import { type ComponentType, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { addTexts } from "../../../i18n/i18n.ts";
import { useDesk, useDeskState } from "./desk-context.tsx";

/** What linked units were asked in a month, as a table and a file; loaded when somebody asks. */
export function UnitMonthDialog() {
  const { t } = useTranslation("console");
  const { store } = useDesk();
  const open = useDeskState((s) => s.unitMonth);
  const [Shown, failed] = useUnitMonth(open);
  return (
    <Modal
      open={open}
      title={t("run.unitMonth")}
      footer={null}
      destroyOnHidden
      onCancel={() => store.getState().setUnitMonth(false)}
      width="64em"
    >
      {Shown ? (
        <Shown />
      ) : (
        <p role="status">{t(failed ? "common:error.title" : "common:list.loading")}</p>
      )}
    </Modal>
  );
}

function useUnitMonth(open: boolean): readonly [ComponentType | undefined, boolean] {
  const { i18n } = useTranslation();
  const [part, setPart] = useState<{ readonly Shown?: ComponentType; readonly failed: boolean }>({
    failed: false,
  });
  useEffect(() => {
    if (!open || part.Shown) return;
    Promise.all([
      import("../../../ui/unit-month/UnitMonth.tsx"),
      import("../../../i18n/zh/partner.ts"),
      import("../../../i18n/en/partner.ts"),
    ]).then(
      ([{ UnitMonth }, zh, en]) => {
        addTexts(i18n, "partner", { zh: zh.partner, en: en.partner });
        setPart({ Shown: UnitMonth, failed: false });
      },
      () => setPart({ failed: true }),
    );
  }, [open, part.Shown, i18n]);
  return [part.Shown, part.failed];
}
