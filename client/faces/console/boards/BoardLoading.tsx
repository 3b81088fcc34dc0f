import { Skeleton } from "antd";
import { useTranslation } from "react-i18next";

/** Before the first snapshot: not "empty". */
export function BoardLoading() {
  const { t } = useTranslation("common");
  return (
    <div role="status" aria-label={t("list.loading")}>
      <Skeleton active={false} paragraph={{ rows: 8 }} title={false} />
    </div>
  );
}
