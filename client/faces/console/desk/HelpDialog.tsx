import { Modal } from "antd";
import { useTranslation } from "react-i18next";
import { useDesk, useDeskState } from "./desk-context.tsx";
import { KEYS } from "./keys.ts";

/** `?`: every key and what it does. */
export function HelpDialog() {
  const { t } = useTranslation("console");
  const { store } = useDesk();
  const open = useDeskState((s) => s.help);
  return (
    <Modal
      open={open}
      title={t("help.title")}
      footer={null}
      onCancel={() => store.getState().setHelp(false)}
      width="30em"
    >
      <dl className="help-keys">
        {KEYS.map(([key, command]) => (
          <div key={key}>
            <dt>
              <kbd className="key-hint">{key}</kbd>
            </dt>
            <dd>{t(`key.${command}`)}</dd>
          </div>
        ))}
      </dl>
      <p className="second">{t("help.freeze")}</p>
    </Modal>
  );
}
